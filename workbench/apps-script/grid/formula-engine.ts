import type { StoredValue } from "../host-api";
import { cellName } from "./a1-notation";
import { formulaOf, patchSlot, type Slot, storedValue } from "./cell";
import { type Evaluator, loadEvaluator } from "./evaluator";
import type { Workbook } from "./workbook";

/** Beyond so many changed cells it is quicker to start a new calculation. */
const MAX_INCREMENTAL_CELLS = 20_000;

const evaluators = new WeakMap<Workbook, Evaluator>();

/** Brings the values of formula cells up to date. A workbook without formulas costs nothing. */
export function calculate(workbook: Workbook): void {
  if (!workbook.hasFormulas) {
    return;
  }
  const { backlog } = workbook;
  if (!backlog.structure && backlog.cells.length === 0) {
    return;
  }
  const changed = backlog.cells.reduce((sum, { rect }) => sum + rect.rows * rect.columns, 0);
  const known = evaluators.get(workbook);
  const evaluator =
    known === undefined || backlog.structure || changed > MAX_INCREMENTAL_CELLS
      ? startEvaluator(workbook)
      : updateEvaluator(workbook, known);
  evaluators.set(workbook, evaluator);
  backlog.structure = false;
  backlog.cells.length = 0;
  storeResults(workbook, evaluator);
}

/** Content of a cell as the evaluator reads it: texts that look like something else are quoted. */
function contentOf(slot: Slot): string {
  return formulaOf(slot) ?? textOf(storedValue(slot));
}

function textOf(value: StoredValue): string {
  switch (typeof value) {
    case "string":
      return value === "" ? "" : `'${value}`;
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "number":
      return String(value);
    default:
      return "";
  }
}

function startEvaluator(workbook: Workbook): Evaluator {
  return loadEvaluator().start(
    workbook.tabs.map((tab) => {
      const cells: Record<string, string> = {};
      tab.forEachSlot((row, column, slot) => {
        const content = contentOf(slot);
        if (content !== "") {
          cells[cellName(row, column)] = content;
        }
      });
      return { id: String(tab.id), name: tab.name, rows: tab.rowCount, columns: tab.columnCount, cells };
    }),
  );
}

function updateEvaluator(workbook: Workbook, evaluator: Evaluator): Evaluator {
  for (const { tabId, rect } of workbook.backlog.cells) {
    const tab = workbook.findTab(tabId);
    for (let row = rect.row; tab !== undefined && row < rect.row + rect.rows; row++) {
      for (let column = rect.column; column < rect.column + rect.columns; column++) {
        evaluator.update(String(tabId), row, column, contentOf(tab.slot(row, column)));
      }
    }
  }
  return evaluator;
}

function storeResults(workbook: Workbook, evaluator: Evaluator): void {
  for (const tab of workbook.tabs) {
    tab.forEachSlot((row, column, slot) => {
      if (formulaOf(slot) === null) {
        return;
      }
      const result = evaluator.result(String(tab.id), row, column);
      const format = typeof slot === "object" ? (slot.format ?? result.format) : undefined;
      tab.setSlot(row, column, patchSlot(slot, { value: result.value, format }));
    });
  }
}
