import type { BenchWorld } from "./bench-world";

/** Bytes that a run with nothing to do has to read. */
interface StoredSize {
  readonly tableBytes: number;
  readonly stateBytes: number;
}

/** Rows of the table that are measured; the others are taken to be like them. */
const SAMPLE_ROWS = 1_000;

const STATE_TAB = "_crm_sync_state";

/** Calls beside the blocks, and bytes of a block (sync-rules section 9). */
const CALLS = 8;
const CALLS_A_BLOCK = 2;
const BLOCK_BYTES = 2_000_000;

/** Measures the table and the add-on's own tab as the values that a read of them brings. */
export function measureStored({ world, tabId }: BenchWorld): StoredSize {
  const { workbook } = world.host;
  const { rows, columns } = workbook.used(tabId);
  const sample = Math.min(rows, SAMPLE_ROWS);
  const state = workbook.tabs().find(({ name }) => name === STATE_TAB);
  const used = state === undefined ? { rows: 0, columns: 0 } : workbook.used(state.id);
  return {
    tableBytes: (bytesOf(workbook.cells(tabId, 1, 1, sample, columns)) * rows) / sample,
    stateBytes: state === undefined ? 0 : bytesOf(workbook.cells(state.id, 1, 1, used.rows, used.columns)),
  };
}

function bytesOf(cells: readonly (readonly { readonly value: unknown }[])[]): number {
  return Buffer.byteLength(JSON.stringify(cells.map((line) => line.map(({ value }) => value))));
}

/** Most sheet calls of a scheduled run with nothing to do: eight, and two for every block of table or base. */
export function sheetCallLimit({ tableBytes, stateBytes }: StoredSize): number {
  const blocks = Math.ceil(tableBytes / BLOCK_BYTES) + Math.ceil(stateBytes / BLOCK_BYTES);
  return CALLS + CALLS_A_BLOCK * blocks;
}
