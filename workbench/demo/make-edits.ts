import type { CrmSandbox } from "../server/crm-sandbox";
import type { World } from "../server/world";
import type { DemoCrm } from "./demo-crm";
import { PEOPLE_COLUMNS, readPeople } from "./people-sheet";

/** Who changed what, by record id or e-mail; the values say where they come from. */
export interface DemoEdits {
  /** Job titles typed into the sheet. */
  readonly sheet: ReadonlyMap<string, string>;
  /** E-mails of rows that were added. */
  readonly added: readonly string[];
  /** Phone numbers that somebody else changed in the CRM. */
  readonly crm: ReadonlyMap<string, string>;
  /** Last names that both sides changed. */
  readonly both: ReadonlyMap<string, { readonly sheet: string; readonly crm: string }>;
}

const SHEET_EDITS = 120;
const ADDED_ROWS = 30;
const CRM_EDITS = 40;
const BOTH_EDITS = 5;

/** Edits by hand and by somebody else, on records that do not overlap but for the ones changed on both sides. */
export function makeEdits(
  { host }: World,
  tabId: number,
  { crm: { objectType, fields }, sandbox }: { readonly crm: DemoCrm; readonly sandbox: CrmSandbox },
): DemoEdits {
  const people = readPeople(host, tabId);
  const every = Math.max(1, Math.floor(people.length / (SHEET_EDITS + CRM_EDITS + BOTH_EDITS)));
  const chosen = people.filter((_person, at) => at % every === 0);
  const sheet = new Map<string, string>();
  for (const [at, person] of chosen.slice(0, SHEET_EDITS).entries()) {
    const title = `Title typed by hand ${at + 1}`;
    host.user.typeInto(tabId, person.row, PEOPLE_COLUMNS.jobtitle, title);
    sheet.set(person.id, title);
  }
  const crm = new Map<string, string>();
  for (const [at, person] of chosen.slice(SHEET_EDITS, SHEET_EDITS + CRM_EDITS).entries()) {
    const phone = `+49 30 0${String(at + 1).padStart(4, "0")}`;
    sandbox.update(objectType, person.id, { [fields.phone]: phone });
    crm.set(person.id, phone);
  }
  const both = new Map<string, { sheet: string; crm: string }>();
  for (const [at, person] of chosen.slice(SHEET_EDITS + CRM_EDITS, SHEET_EDITS + CRM_EDITS + BOTH_EDITS).entries()) {
    const values = { sheet: `Sheetname${at + 1}`, crm: `Crmname${at + 1}` };
    host.user.typeInto(tabId, person.row, PEOPLE_COLUMNS.lastname, values.sheet);
    sandbox.update(objectType, person.id, { [fields.lastname]: values.crm });
    both.set(person.id, values);
  }
  const added = Array.from({ length: ADDED_ROWS }, (_, at) => `new.person.${at + 1}@added.example.org`);
  const rows = added.map((email, at) => [`New${at + 1}`, "Person", email, `0044 20 ${1000 + at}`, "Added by hand", ""]);
  host.user.paste(tabId, people.length + 2, 1, rows);
  return { sheet, added, crm, both };
}
