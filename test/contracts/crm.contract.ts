import { describeCrmReads } from "./crm-reads.contract";
import { describeCrmSchema } from "./crm-schema.contract";
import type { CrmUnderTest } from "./crm-under-test";
import { describeCrmWindows } from "./crm-window.contract";
import { describeCrmWrites } from "./crm-writes.contract";

/** What every CRM must do, whatever stands behind it. `open` gives an empty one for each test. */
export function describeCrm(name: string, open: () => CrmUnderTest): void {
  describe(name, () => {
    describeCrmSchema(open);
    describeCrmReads(open);
    describeCrmWindows(open);
    describeCrmWrites(open);
  });
}
