import type { Mapping } from "../../domain/mapping";
import type { Row } from "../../domain/row";
import type { FieldName } from "../../domain/schema";
import type { Cell } from "../../domain/value";
import type { Grid } from "../../ports/grid";
import type { Table, TableRead } from "../../ports/table";
import { toCell, toCellText } from "./cell";
import { tagKey } from "./column-tag";
import type { MappedTab } from "./mapped-tab";
import { formulaFields } from "./plan-chunk";
import { idAt, isUsable, readTableBlock, type TableBlock, valueAt } from "./table-block";
import { writeChunk } from "./write-chunk";
import { replaceIds, writeIds } from "./write-ids";
import { writeStatuses } from "./write-statuses";

/** The mapped tab of a mapping on a grid. Everything is found again at each call: no position is remembered. */
export function createTable(grid: Grid, mapping: Mapping): Table {
  const place: MappedTab = { grid, mapping, seen: null };
  return {
    read: () => readTable(place),
    write: (chunk) => writeChunk(place, chunk),
    writeIds: (writes) => writeIds(place, writes),
    replaceIds: (replacements) => replaceIds(place, replacements),
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
  return { problem: null, columns, suspended, rows, formulaFields: formulaFields(block, lastRow) };
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
