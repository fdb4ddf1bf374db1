import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { parseA1 } from "../grid/a1-notation";
import type { GridRect } from "../grid/grid-rect";
import type { Tab } from "../grid/tab";
import type { Workbook } from "../grid/workbook";
import { inspect, lookup, type MethodTable, type ServiceCall } from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { rangeWire, tabOf, workbookOf } from "./wire-objects";

/** A rectangle given by numbers; throws Google's texts for impossible ones. */
function rectFromNumbers(call: ServiceCall): GridRect {
  const row = call.args.integer(0);
  const column = call.args.integer(1);
  const rows = call.args.optionalInteger(2) ?? 1;
  const columns = call.args.optionalInteger(3) ?? 1;
  const problem =
    row < 1
      ? ERROR_TEXTS.startingRowTooSmall
      : column < 1
        ? ERROR_TEXTS.startingColumnTooSmall
        : rows < 1
          ? ERROR_TEXTS.noRows
          : columns < 1
            ? ERROR_TEXTS.noColumns
            : null;
  if (problem !== null) {
    throw new ServiceError(problem);
  }
  return { row, column, rows, columns };
}

function requireInside(tab: Tab, rect: GridRect): GridRect {
  if (!tab.contains(rect)) {
    throw new ServiceError(ERROR_TEXTS.outsideGrid);
  }
  return rect;
}

/** A range by its A1 text; without a tab in the text it lies on the given one. */
export function rangeByName(workbook: Workbook, tab: Tab, text: string): Json {
  const named = (name: string | null): Tab | undefined => (name === null ? tab : workbook.tabNamed(name));
  const reference = parseA1(text, named);
  const target = named(reference.tab) ?? tab;
  return rangeWire(workbook, target, requireInside(target, reference.rect), reference.open);
}

/** Buffered insertions have happened before bounds are looked at: only cell writes are buffered. */
const getRange = lookup((call) => {
  const workbook = workbookOf(call);
  const tab = tabOf(call);
  return typeof call.args.at(0) === "string"
    ? rangeByName(workbook, tab, call.args.string(0))
    : rangeWire(workbook, tab, requireInside(tab, rectFromNumbers(call)));
});

/** Ranges of a sheet and its dimensions. */
export const sheetRangeMethods: MethodTable = {
  "Sheet.getRange": getRange,
  "Sheet.getRangeList": lookup((call) => ({
    [TYPE_TAG]: "RangeList",
    ranges: call.args.array(0).map((name) => rangeByName(workbookOf(call), tabOf(call), String(name))),
  })),
  "RangeList.getRanges": lookup((call) => call.self.ranges ?? []),
  "Sheet.getDataRange": inspect((call) => {
    const tab = tabOf(call);
    const rows = Math.max(1, tab.lastRow());
    return rangeWire(workbookOf(call), tab, { row: 1, column: 1, rows, columns: Math.max(1, tab.lastColumn()) });
  }),
  "Sheet.getLastRow": inspect((call) => tabOf(call).lastRow()),
  "Sheet.getLastColumn": inspect((call) => tabOf(call).lastColumn()),
  "Sheet.getMaxRows": lookup((call) => tabOf(call).rowCount),
  "Sheet.getMaxColumns": lookup((call) => tabOf(call).columnCount),
  "Sheet.getActiveRange": lookup((call) => {
    const workbook = workbookOf(call);
    const { selection } = workbook;
    return rangeWire(workbook, workbook.tab(selection.tabId), selection);
  }),
  "Sheet.getActiveCell": lookup((call) => {
    const workbook = workbookOf(call);
    const { selection } = workbook;
    return rangeWire(workbook, workbook.tab(selection.tabId), { ...selection, rows: 1, columns: 1 });
  }),
};
