import type { RunView } from "../../src/contract/views";
import type { DemoPerson } from "./demo-crm";
import type { DemoEdits } from "./make-edits";
import type { PersonField, PersonRow } from "./people-sheet";

/** One claim about the end state. */
export interface DemoCheck {
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
}

export type DemoChecks = Readonly<Record<string, DemoCheck>>;

export interface EndState {
  readonly edits: DemoEdits;
  readonly people: readonly PersonRow[];
  readonly records: readonly DemoPerson[];
  /** Form of a record id. */
  readonly recordId: RegExp;
  readonly preview: RunView;
  readonly synced: RunView;
  readonly second: RunView;
  readonly openConflicts: number;
  /** Contacts before the demo. */
  readonly contacts: number;
}

/** Compares sheet and CRM, as they are now, with what was done. */
export function checkEndState(state: EndState): DemoChecks {
  const { edits, people, records } = state;
  const rowById = new Map(people.map((person) => [person.id, person]));
  const recordById = new Map(records.map((record) => [record.id, record]));
  const inCrm = (id: string, field: PersonField) => recordById.get(id)?.values[field] ?? "";
  const inSheet = (id: string, field: PersonField) => rowById.get(id)?.values[field] ?? "";

  const sent = [...edits.sheet].filter(
    ([id, title]) => inCrm(id, "jobtitle") === title && inSheet(id, "jobtitle") === title,
  );
  const fetched = [...edits.crm].filter(
    ([id, phone]) => inSheet(id, "phone") === phone && inCrm(id, "phone") === phone,
  );
  const kept = [...edits.both].filter(
    ([id, both]) => inSheet(id, "lastname") === both.sheet && inCrm(id, "lastname") === both.crm,
  );
  const created = edits.added.filter((email) => {
    const found = records.filter((record) => record.values.email === email);
    const row = people.find((person) => person.values.email === email);
    return found.length === 1 && row?.id === found[0]?.id;
  });
  const emails = records.map((record) => record.values.email).filter((email) => email !== "");
  const named = people.filter(({ id }) => inSheet(id, "company") === inCrm(id, "company"));
  const ids = people.map((person) => person.id);
  return {
    "edits of the sheet are in the CRM": count(sent.length, edits.sheet.size),
    "rows added by hand are records, once": count(created.length, edits.added.length),
    "edits of somebody else are in the sheet": count(fetched.length, edits.crm.size),
    "cells changed on both sides keep both values": count(kept.length, edits.both.size),
    "companies in the sheet are those of the CRM": count(named.length, people.length),
    "open conflicts": count(state.openConflicts, edits.both.size),
    "records in the CRM": count(records.length, state.contacts + edits.added.length),
    "rows in the sheet": count(people.length, state.contacts + edits.added.length),
    "duplicate e-mails": count(emails.length - new Set(emails).size, 0),
    "duplicate or missing record IDs": count(ids.length - new Set(ids.filter((id) => state.recordId.test(id))).size, 0),
    "the preview foretold the sync": same(foretold(state.preview), done(state.synced)),
    "the second sync plans nothing": same(foretold(state.second), "0 creates, 0 updates, 0 cells"),
  };
}

function count(found: number, expected: number): DemoCheck {
  return same(String(found), String(expected));
}

function same(found: string, expected: string): DemoCheck {
  return { ok: found === expected, expected, found };
}

function foretold(run: RunView): string {
  const counts = run.plan?.counts;
  return counts ? `${counts.creates} creates, ${counts.updates} updates, ${counts.cellWrites} cells` : run.phase;
}

function done(run: RunView): string {
  return `${run.totals.created} creates, ${run.totals.updated} updates, ${run.totals.cellsWritten} cells`;
}
