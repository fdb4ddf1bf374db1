import type { GridTab, GridValue } from "../../ports/grid";
import { MAX_PART_CHARACTERS, SLOT_COLUMNS } from "./state-slot";
import { readValueBlock } from "./tab/read-block";

/** Characters of one read or write: about 2 MB. */
const MAX_BLOCK_CHARACTERS = 1_800_000;

/** All rows of the state tab, in as few reads as their size allows. */
export function readBlocks(tab: GridTab, rows: number): readonly (readonly GridValue[])[] {
  const rowsOfBlock = Math.floor(MAX_BLOCK_CHARACTERS / MAX_PART_CHARACTERS);
  // Most rows are short: only a tab with many rows can be larger than one block.
  if (rows <= rowsOfBlock * 5) return readValueBlock(tab, { row: 1, column: 1, rows, columns: SLOT_COLUMNS });
  const all: GridValue[][] = [];
  for (let done = 0; done < rows; done += rowsOfBlock * 5) {
    const count = Math.min(rowsOfBlock * 5, rows - done);
    all.push(...tab.readValues({ row: done + 1, column: 1, rows: count, columns: SLOT_COLUMNS }));
  }
  return all;
}

/** Rows cut into writes of about 2 MB. */
export function inBlocks(rows: readonly (readonly string[])[]): readonly (readonly (readonly string[])[])[] {
  const blocks: (readonly string[])[][] = [];
  let room = 0;
  for (const row of rows) {
    const characters = row.reduce((sum, cell) => sum + cell.length, 0);
    const last = blocks[blocks.length - 1];
    if (last === undefined || characters > room) {
      blocks.push([row]);
      room = MAX_BLOCK_CHARACTERS - characters;
    } else {
      last.push(row);
      room -= characters;
    }
  }
  return blocks;
}

/** Row numbers as stretches of neighbours, top down. */
export function toStretches(rows: readonly number[]): readonly { readonly row: number; readonly count: number }[] {
  const stretches: { row: number; count: number }[] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last.row + last.count === row) last.count++;
    else stretches.push({ row, count: 1 });
  }
  return stretches;
}
