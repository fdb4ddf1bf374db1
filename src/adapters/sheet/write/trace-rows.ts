import { gridKey } from "../tab/cell";
import { dataRows, rowContent } from "../tab/row-content";
import { idAt, type TableBlock, valueAt } from "../tab/table-block";
import { isIdOverwritten, isWritten, type WriteScan } from "./write-scan";

/** Rows that read the same and are compared cell by cell. */
const MAX_TWINS = 20;

/**
 * Rows before by rows after. A row is known by its id; a row without one of its own by what it says: the rows that read
 * the same first, then the most equal one. New rows, and rows that two could be, are left out.
 */
export function traceRows(scan: WriteScan): ReadonlyMap<number, number> {
  const { before, after } = scan;
  const sources = new Map([[after.headerRow, before.headerRow]]);
  const taken = new Set<number>();
  const open: number[] = [];
  for (const row of dataRows(after)) {
    const id = idAt(after, row);
    if (scan.appended.has(id)) continue;
    const [known, ...more] = id === "" ? [] : (before.rowsById.get(id) ?? []);
    if (known !== undefined && more.length === 0 && after.rowsById.get(id)?.length === 1) {
      sources.set(row, known);
      taken.add(known);
    } else if (hasContent(after, row)) open.push(row);
  }
  if (open.length === 0) return sources;
  const loose = dataRows(before).filter((row) => !taken.has(row) && hasContent(before, row));
  return traceByContent(scan, { sources, open, loose });
}

function hasContent(block: TableBlock, row: number): boolean {
  return (block.values[row - 1] ?? []).some((value) => value !== "");
}

interface OpenRows {
  readonly sources: Map<number, number>;
  readonly open: readonly number[];
  readonly loose: readonly number[];
}

function traceByContent(scan: WriteScan, { sources, open, loose }: OpenRows): ReadonlyMap<number, number> {
  const free = new Set(loose);
  const twins = new Map<string, number[]>();
  for (const row of loose) {
    const key = `${idAt(scan.before, row)}\n${rowContent(scan.before, row)}`;
    twins.set(key, [...(twins.get(key) ?? []), row]);
  }
  const changed: number[] = [];
  for (const row of open) {
    const same = twins.get(`${idAt(scan.after, row)}\n${rowContent(scan.after, row)}`) ?? [];
    const source = mostAlike(scan, row, same.filter((one) => free.has(one)).slice(0, MAX_TWINS)).find(() => true);
    if (source === undefined) changed.push(row);
    else {
      sources.set(row, source);
      free.delete(source);
    }
  }
  for (const row of changed) {
    const overwritten = isIdOverwritten(scan, row);
    const id = idAt(scan.after, row);
    const candidates = [...free].filter((one) => {
      const old = idAt(scan.before, one);
      return overwritten ? scan.vanished.has(old) : old === id;
    });
    const [source, ...more] = mostAlike(scan, row, candidates);
    if (source === undefined || more.length > 0) continue;
    sources.set(row, source);
    free.delete(source);
  }
  return traceByPlace(scan, { sources, open: changed, loose: [...free] });
}

/** Rows without id of which our values left nothing: by where they would stand. */
function traceByPlace(scan: WriteScan, { sources, open, loose }: OpenRows): ReadonlyMap<number, number> {
  const lost = new Set(loose.filter((row) => idAt(scan.before, row) === ""));
  const hit = new Set(open.filter((row) => !sources.has(row) && isHit(scan, row)));
  if (lost.size === 0 || hit.size === 0) return sources;
  for (const [row, place] of movedAlong(scan)) if (lost.has(row) && hit.has(place)) sources.set(place, row);
  return sources;
}

function isHit(scan: WriteScan, row: number): boolean {
  return [...scan.columns.keys()].some((column) => {
    return valueAt(scan.after, row, column) !== "" && isWritten(scan, row, column);
  });
}

/** Where each row would stand if it moved as the known row above it did, or as the one below it. */
export function movedAlong(scan: WriteScan): readonly (readonly [row: number, place: number])[] {
  const { before, after } = scan;
  const shiftOf = (row: number): number | undefined => {
    const [now] = after.rowsById.get(scan.appendedRows.get(row) ?? idAt(before, row)) ?? [];
    return now === undefined ? undefined : now - row;
  };
  const rows = dataRows(before);
  const last = [...scan.appendedRows.keys()].reduce((low, row) => Math.max(low, row), before.values.length);
  const places: [number, number][] = [];
  let above = after.headerRow - before.headerRow;
  for (const row of rows) {
    above = shiftOf(row) ?? above;
    places.push([row, row + above]);
  }
  let below: number | undefined;
  for (let row = last; row > before.headerRow; row--) {
    below = shiftOf(row) ?? below;
    if (below !== undefined) places.push([row, row + below]);
  }
  return places;
}

/** The rows before that share most with a row after; empty when no row shares more than it differs in. */
function mostAlike(scan: WriteScan, rowAfter: number, candidates: readonly number[]): readonly number[] {
  let best = 0;
  let rows: number[] = [];
  for (const candidate of candidates) {
    const score = likeness(scan, candidate, rowAfter);
    if (score > best) [best, rows] = [score, [candidate]];
    else if (score === best && score > 0) rows.push(candidate);
  }
  return rows;
}

/** Equal cells less different ones; blanks and what holds a value of ours now don't count. */
function likeness(scan: WriteScan, rowBefore: number, rowAfter: number): number {
  let score = 0;
  for (const [column, columnBefore] of scan.columns) {
    if (scan.before.knows?.(rowBefore, columnBefore) === false) continue;
    const now = gridKey(valueAt(scan.after, rowAfter, column));
    if (now === gridKey(valueAt(scan.before, rowBefore, columnBefore))) score += now === "" ? 0 : 1;
    else if (!scan.ours.has(now) && !isWritten(scan, rowAfter, column)) score -= 1;
  }
  return score;
}
