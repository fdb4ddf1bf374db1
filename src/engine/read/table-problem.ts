import { columnLetter } from "../../domain/column-letter";
import { SyncError } from "../../domain/errors";
import type { Mapping } from "../../domain/mapping";
import type { FieldName } from "../../domain/schema";
import type { TableProblem } from "../../ports/table";

/** What is wrong with a table as the error that stops a run, with the way out (rule R18). */
export function tableProblemError(
  problem: TableProblem | { readonly kind: "id-column-emptied" },
  mapping: Mapping,
): SyncError {
  const stop = (code: string, message: string, hint: string) => new SyncError("config", code, message, { hint });
  switch (problem.kind) {
    case "tab-missing":
      return stop(
        "tab-missing",
        `The tab of "${mapping.name}" was deleted.`,
        "Bring the tab back (Edit > Undo or version history), or remove the mapping.",
      );
    case "header-missing":
      return stop(
        "header-missing",
        `Row ${problem.headerRow} holds none of the mapped headers.`,
        "Put the header row back, or choose the right header row in the mapping.",
      );
    case "id-column-missing":
      return stop(
        "id-column-missing",
        "The record ID column is missing.",
        "Undo its deletion, or open the mapping and save it: the column is made again and rows are linked by their key.",
      );
    case "column-bound-twice":
      return stop(
        "column-bound-twice",
        `Several columns (${problem.columns.map(columnLetter).join(", ")}) stand for "${headerOf(problem.field, mapping)}".`,
        "Delete all but one of them or rename their headers, then open the mapping and save it.",
      );
    case "id-column-emptied":
      return stop(
        "id-column-emptied",
        "More than half of the record IDs are gone from the sheet, but the rows still stand.",
        "Undo the change, or open the mapping and save it to link the rows by their key.",
      );
  }
}

/** What people call a mapped field; the add-on's own columns have no field. */
function headerOf(field: FieldName, mapping: Mapping): string {
  return mapping.columns.find((column) => column.field === field)?.header ?? `the ${field} column of CRM Sync`;
}
