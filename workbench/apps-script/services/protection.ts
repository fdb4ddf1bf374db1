import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { Tab, TabProtection } from "../grid/tab";
import {
  alter,
  alterSelf,
  lookup,
  type MethodTable,
  type ServiceCall,
  type ServiceMethod,
} from "../host/service-method";
import { type Json, type JsonObject, TYPE_TAG } from "../json";
import { enumWire, rangeWire, rectOf, tabOf, workbookOf } from "./wire-objects";

const protectionWire = (call: ServiceCall, tab: Tab, protection: TabProtection): Json => ({
  [TYPE_TAG]: "Protection",
  file: workbookOf(call).id,
  tab: tab.id,
  id: protection.id,
});

function protect(call: ServiceCall, protection: Omit<TabProtection, "id">): Json {
  const tab = tabOf(call);
  const added = { ...protection, id: call.state.newId(12) };
  tab.protections = [...tab.protections, added];
  workbookOf(call).restructured("script");
  return protectionWire(call, tab, added);
}

const NEW_PROTECTION = { description: "", warningOnly: false, unprotected: [] } as const;

function protectionOf(call: ServiceCall): TabProtection {
  const found = tabOf(call).protections.find(({ id }) => id === call.self.id);
  if (found === undefined) {
    throw new ServiceError(ERROR_TEXTS.rangeNotFound);
  }
  return found;
}

const edit = (change: (protection: TabProtection, call: ServiceCall) => TabProtection): ServiceMethod =>
  alterSelf((call) => {
    const tab = tabOf(call);
    const old = protectionOf(call);
    tab.protections = tab.protections.map((each) => (each === old ? change(old, call) : each));
  });

/** Of one sheet or of all sheets of the file, by kind. */
function list(call: ServiceCall, tabs: readonly Tab[]): Json {
  const kind = call.args.enumName(0, "ProtectionType");
  return tabs.flatMap((tab) =>
    tab.protections.filter((each) => each.kind === kind).map((each) => protectionWire(call, tab, each)),
  );
}

/** Protections as far as an add-on sets them: they are kept and listed; nobody is locked out of the emulated file. */
export const protectionMethods: MethodTable = {
  "Sheet.protect": alter((call) => protect(call, { ...NEW_PROTECTION, kind: "SHEET", rect: null })),
  "Range.protect": alter((call) => protect(call, { ...NEW_PROTECTION, kind: "RANGE", rect: rectOf(call.self) })),
  "Sheet.getProtections": lookup((call) => list(call, [tabOf(call)])),
  "Spreadsheet.getProtections": lookup((call) => list(call, workbookOf(call).tabs)),
  "Protection.setWarningOnly": edit((protection, call) => ({ ...protection, warningOnly: call.args.boolean(0) })),
  "Protection.isWarningOnly": lookup((call) => protectionOf(call).warningOnly),
  "Protection.setDescription": edit((protection, call) => ({ ...protection, description: call.args.string(0) })),
  "Protection.getDescription": lookup((call) => protectionOf(call).description),
  "Protection.getProtectionType": lookup((call) => enumWire("ProtectionType", protectionOf(call).kind)),
  "Protection.setRange": edit((protection, call) => ({ ...protection, rect: rectOf(call.args.tagged(0, "Range")) })),
  "Protection.getRange": lookup((call) => {
    const tab = tabOf(call);
    const whole = { row: 1, column: 1, rows: tab.rowCount, columns: tab.columnCount };
    return rangeWire(workbookOf(call), tab, protectionOf(call).rect ?? whole);
  }),
  "Protection.setUnprotectedRanges": edit((protection, call) => ({
    ...protection,
    unprotected: call.args.array(0).map((wire) => rectOf(wire as JsonObject)),
  })),
  "Protection.getUnprotectedRanges": lookup((call) =>
    protectionOf(call).unprotected.map((rect) => rangeWire(workbookOf(call), tabOf(call), rect)),
  ),
  "Protection.canEdit": lookup(() => true),
  "Protection.removeEditors": edit((protection) => protection),
  "Protection.addEditor": edit((protection) => protection),
  "Protection.getEditors": lookup(() => []),
  "Protection.remove": alter((call) => {
    const tab = tabOf(call);
    const old = protectionOf(call);
    tab.protections = tab.protections.filter((each) => each !== old);
    return null;
  }),
};
