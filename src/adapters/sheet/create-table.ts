import type { Mapping } from "../../domain/mapping";
import type { Row } from "../../domain/row";
import type { FieldName } from "../../domain/schema";
import type { Cell } from "../../domain/value";
import type { Grid } from "../../ports/grid";
import type { Table, TableRead } from "../../ports/table";
import { clearIds } from "./ids/clear-ids";
import { replaceIds, writeIds } from "./ids/write-ids";
import { readBefore } from "./repair/chunk-before";
import { repairChunk } from "./repair/repair-chunk";
import { removeRows } from "./rows/remove-rows";
import { restoreRows } from "./rows/restore-rows";
import { headerNames, readContents } from "./rows/row-contents";
import { toCell, toCellText } from "./tab/cell";
import { tagKey } from "./tab/column-tag";
import type { MappedTab } from "./tab/mapped-tab";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "./tab/table-block";
import { formulaFields } from "./write/plan-chunk";
import { writeChunk } from "./write/write-chunk";
import { writeStatuses } from "./write-statuses";

/** The mapped tab of a mapping on a grid. Everything is found again at each call: no position is remembered. */
export function createTable(grid: Grid, mapping: Mapping): Table {
  const place: MappedTab = { grid, mapping, seen: null };
  return {
    read: () => readTable(place),
    write: (chunk) => writeChunk(place, chunk),
    before: (chunk, shows) => readBefore(place, chunk, shows),
    repair: (chunk, before, shows) => repairChunk(place, { chunk, before, shows }),
    contents: (recordIds) => readContents(place, recordIds),
    removeRows: (removals) => removeRows(place, removals),
    restoreRows: (rows) => restoreRows(place, rows),
    writeIds: (writes) => writeIds(place, writes),
    replaceIds: (replacements) => replaceIds(place, replacements),
    clearIds: () => clearIds(place),
    writeStatuses: (statuses, keepOthers) => writeStatuses(place, { statuses, keepOthers }),
  };
}

function readTable(place: MappedTab): TableRead {
  const block = readTableBlock(place);
  const { problem, columns, suspended, untagged } = block.binding;
  if (!isUsable(block)) return { problem, columns, suspended, rows: [], formulaFields: [] };
  if (untagged.length > 0) place.seen = null;
  for (const { column, value } of untagged) block.tab.tagColumn(column, tagKey(place.mapping.id), value);
  const rows = toRows(block);
  const lastRow = rows[rows.length - 1]?.rowNumber ?? block.headerRow;
  const fields = formulaFields(block, lastRow);
  return { problem: null, columns, suspended, rows, formulaFields: fields, ownHeaders: ownHeaders(block) };
}

function ownHeaders(block: TableBlock): readonly string[] {
  const { idColumn, statusColumn } = block.binding;
  return headerNames(block).filter((_name, c) => c + 1 === idColumn || c + 1 === statusColumn);
}

function toRows(block: TableBlock): readonly Row[] {
  const rows: Row[] = [];
  const { columns, statusColumn } = block.binding;
  for (let rowNumber = block.headerRow + 1; rowNumber <= block.values.length; rowNumber++) {
    const recordId = idAt(block, rowNumber);
    const cells: Record<FieldName, Cell> = {};
    let filled = recordId !== "";
    for (const { mapping, column } of columns) {
      const cell = toCell(valueAt(block, rowNumber, column), block.formulaAt(rowNumber, column));
      if (cell.value.kind !== "blank") filled = true;
      cells[mapping.field] = cell;
    }
    if (!filled) continue;
    const status = statusColumn === 0 ? "" : toCellText(valueAt(block, rowNumber, statusColumn));
    rows.push({ rowNumber, recordId, cells, status });
  }
  return rows;
}
