import type { CreateOperation, UpdateOperation, WriteCellsOperation } from "../../src/domain/plan";
import type { RecordId } from "../../src/domain/record";
import type { EngineTrial } from "./engine-trial";

type Changes = Readonly<Record<string, readonly [from: string, to: string]>>;

const encoded = (text: string) => (text === "" ? "" : `t${text}`);

/** The create of a row of a trial as it stands. */
export function createOf(trial: EngineTrial, row: number): CreateOperation {
  const cells = trial.rows()[row - 2] ?? [];
  const shown = trial.kind.fields.map((field, at) => ({ field, to: cells[at] ?? "" }));
  const sent = shown.filter(({ to }) => to !== "");
  const { key } = trial.kind;
  const keyed = sent.find(({ field }) => field === key?.field);
  return {
    kind: "create",
    id: `c:${row}`,
    rule: "R1",
    title: cells[0] ?? "",
    rowNumber: row,
    row: Object.fromEntries(shown.map(({ field, to }) => [field, encoded(to)])),
    changes: sent.map(({ field, to }) => ({ field, from: "", to, sheet: encoded(to), rule: "R1" })),
    key: key && keyed ? { field: key.field, value: keyed.to, unique: key.unique } : null,
  };
}

/** An update of a record: each field from and to. */
export function updateOf(trial: EngineTrial, recordId: RecordId, changes: Changes): UpdateOperation {
  return {
    kind: "update",
    id: `u:${recordId}`,
    rule: "F2",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: trial.ids().indexOf(recordId) + 2,
    changes: Object.entries(changes).map(([field, [from, to]]) => ({
      field,
      from,
      to,
      sheet: encoded(to),
      rule: "F2",
    })),
  };
}

/** A write into cells of a row: each field from and to, the CRM holds the latter. */
export function writeOf(trial: EngineTrial, recordId: RecordId, cells: Changes): WriteCellsOperation {
  return {
    kind: "write-cells",
    id: `w:${recordId}`,
    rule: "F3",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: trial.ids().indexOf(recordId) + 2,
    cells: Object.entries(cells).map(([field, [from, to]]) => {
      return { field, from: encoded(from), to: encoded(to), crm: to, rule: "F3" };
    }),
  };
}
