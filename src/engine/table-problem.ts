import { SyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import type { TableProblem } from "../ports/table";

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
        `Two columns (${problem.columns.join(" and ")}) stand for the field "${problem.field}".`,
        "Rename or delete one of the two headers, then sync again.",
      );
    case "id-column-emptied":
      return stop(
        "id-column-emptied",
        "More than half of the record IDs are gone from the sheet, but the rows still stand.",
        "Undo the change, or open the mapping and save it to link the rows by their key.",
      );
  }
}
