import { tableProblemError } from "../../src/engine/read/table-problem";
import { requireAccount } from "../../src/engine/require-account";
import type { TableProblem } from "../../src/ports/table";
import { catchSyncError } from "../support/catch-error";
import { MAPPING } from "./engine-world";

const account = (id: string) => ({ crm: "hubspot" as const, id, name: "Acme (eu1)", timeZone: null, uiHost: "x" });

describe("the account of a run (R20)", () => {
  it("has to be the mapping's, by its id", () => {
    expect(() => requireAccount(MAPPING, account("145"))).not.toThrow();
    const error = catchSyncError(() => requireAccount(MAPPING, account("1450")));
    expect(error).toMatchObject({
      kind: "config",
      code: "other-account",
      message: '"People" belongs to another account than Acme (eu1).',
    });
    expect(error.hint).toMatch(/Reconnect.*open the mapping and save it/);
  });
});

describe("a tab that cannot be synced (R18)", () => {
  it.each<[TableProblem | { readonly kind: "id-column-emptied" }, RegExp, RegExp]>([
    [{ kind: "tab-missing" }, /^The tab of "People" was deleted\.$/, /Undo.*remove the mapping/],
    [{ kind: "header-missing", headerRow: 3 }, /^Row 3 holds none of the mapped headers\.$/, /right header row/],
    [{ kind: "id-column-missing" }, /^The record ID column is missing\.$/, /Undo.*save it/],
    [{ kind: "id-column-emptied" }, /^More than half of the record IDs are gone/, /Undo.*by their key/],
    [
      { kind: "column-bound-twice", field: "email", columns: [2, 28] },
      /^Several columns \(B, AB\) stand for "Email"\.$/,
      /Delete all but one/,
    ],
    [
      { kind: "column-bound-twice", field: "record id", columns: [2, 3] },
      /^Several columns \(B, C\) stand for "the record id column of CRM Sync"\.$/,
      /Delete all but one/,
    ],
  ])("is named with the way out: %j", (problem, message, hint) => {
    const error = tableProblemError(problem, MAPPING);
    expect(error).toMatchObject({ kind: "config", code: problem.kind });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});
