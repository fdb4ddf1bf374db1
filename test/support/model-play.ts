import type { PeopleStep } from "./model-steps";
import type { Actors } from "./sync-actors";
import type { Trial } from "./sync-trial";
import type { TrialRecord } from "./sync-trial-world";
import { TRIAL_FIELDS, type TrialField } from "./sync-values";
import type { SheetRow } from "./sync-view";

/** Does what a step says, as far as there is anything to do it to. */
export function playStep(trial: Trial, step: PeopleStep): void {
  const { actors } = trial;
  switch (step.do) {
    case "type":
    case "clear":
    case "formula":
    case "copy-value":
      playCell(actors, step);
      break;
    case "insert-row":
    case "delete-row":
    case "copy-row":
    case "empty-id":
      playRow(actors, step);
      break;
    case "add-row":
      actors.addRow(step.keyless ? ["firstname", "city"] : TRIAL_FIELDS);
      break;
    case "sort": {
      const column = actors.places().fields[fieldAt(step.field)];
      if (column > 0) actors.inSheet(() => actors.world.hand.sortRows(2, column, step.ascending));
      break;
    }
    case "move-row":
    case "move-column":
      playMove(actors, step);
      break;
    case "rename-header":
      if (actors.places().fields[fieldAt(step.field)] > 0)
        actors.renameHeader(fieldAt(step.field), `Column ${actors.ledger.nextStep()}`);
      break;
    default:
      playCrm(actors, step);
  }
}

type CellStep = Extract<PeopleStep, { do: "type" | "clear" | "formula" | "copy-value" }>;
type RowStep = Extract<PeopleStep, { do: "insert-row" | "delete-row" | "copy-row" | "empty-id" }>;
type MoveStep = Extract<PeopleStep, { do: "move-row" | "move-column" }>;
type CrmStep = Extract<PeopleStep, { do: "crm-edit" | "crm-clear" | "crm-create" | "crm-archive" | "crm-merge" }>;

function playCell(actors: Actors, step: CellStep): void {
  const row = pick(actors.rows(), step.row);
  const field = fieldAt(step.field);
  if (row === null || actors.places().fields[field] === 0) return;
  const entity = actors.entityOf(row);
  if (entity === null) return;
  const record = actors.recordOf(entity);
  if (step.do === "type") actors.type(row, field);
  else if (step.do === "clear") actors.typeText(row, field, "");
  else if (step.do === "formula") actors.typeFormula(row, field);
  else if (record !== null) actors.typeText(row, field, record.values[field] ?? "");
}

function playRow(actors: Actors, step: RowStep): void {
  const row = pick(actors.rows(), step.row);
  if (row === null) return;
  const { hand } = actors.world;
  switch (step.do) {
    case "insert-row":
      actors.inSheet(() => hand.insertRows(row.rowNumber, 1));
      break;
    case "delete-row":
      actors.deleteRow(row);
      break;
    case "copy-row":
      actors.odd(row, "its row was copied");
      actors.inSheet(() => hand.copyRows(row.rowNumber, 1, actors.lastRow() + 1));
      break;
    case "empty-id":
      actors.odd(row, "its id was emptied");
      actors.inSheet(() => hand.type(row.rowNumber, actors.places().id, ""));
  }
}

function playMove(actors: Actors, step: MoveStep): void {
  const { hand } = actors.world;
  if (step.do === "move-row") {
    const from = pick(actors.rows(), step.from);
    const before = pick(actors.rows(), step.before);
    if (from === null || before === null || from.rowNumber === before.rowNumber) return;
    actors.inSheet(() => hand.moveRows(from.rowNumber, 1, before.rowNumber));
    return;
  }
  const { fields, mark, id, status } = actors.places();
  const columns = [...Object.values(fields), mark, id, status].filter((column) => column > 0).sort((a, b) => a - b);
  const from = pick(columns, step.from);
  const before = pick(columns, step.before);
  if (from === null || before === null || from === before) return;
  actors.inSheet(() => hand.moveColumn(from, before));
}

function playCrm(actors: Actors, step: CrmStep): void {
  if (step.do === "crm-create") {
    actors.createRecord();
    return;
  }
  const records = actors.world.portal.records();
  const record = pick(records, step.record);
  if (record === null) return;
  switch (step.do) {
    case "crm-edit":
      actors.editRecord(record, fieldAt(step.field));
      break;
    case "crm-clear":
      actors.setRecord(record, fieldAt(step.field), "");
      break;
    case "crm-archive":
      actors.archiveRecord(record);
      break;
    case "crm-merge": {
      const other = pick(records, step.other);
      if (other !== null && other.id !== record.id) actors.mergeRecords(record, other);
    }
  }
}

function pick<T extends SheetRow | TrialRecord | number>(items: readonly T[], number: number): T | null {
  return items.length === 0 ? null : (items[number % items.length] ?? null);
}

function fieldAt(number: number): TrialField {
  return TRIAL_FIELDS[number % TRIAL_FIELDS.length] ?? "city";
}
