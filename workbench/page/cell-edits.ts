import type { SheetEdit } from "./sheet-edit";

/** What happened to one cell in the grid; rows and columns are 0-based. */
export interface CellChange {
  readonly sheetId: string;
  readonly col: number;
  readonly row: number;
  /** What was typed; `null`: the content stayed. */
  readonly text: string | null;
  /** `null`: the number format stayed. */
  readonly format: string | null;
}

/** Turns changed cells into as few edits as possible: formats first, because text must not be parsed before them. */
export function toCellEdits(changes: readonly CellChange[]): readonly SheetEdit[] {
  const formats = changes.filter((change) => change.format !== null);
  const texts = changes.filter((change) => change.text !== null);
  return [
    ...groupBy(formats, ({ sheetId, format }) => `${sheetId} ${format}`).flatMap(toFormatEdits),
    ...groupBy(texts, ({ sheetId, text }) => `${sheetId} ${text === "" ? "clear" : "type"}`).flatMap(toTextEdits),
  ];
}

function groupBy(
  changes: readonly CellChange[],
  keyOf: (change: CellChange) => string,
): readonly (readonly CellChange[])[] {
  const groups = new Map<string, CellChange[]>();
  for (const change of changes) {
    const key = keyOf(change);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

function toFormatEdits(group: readonly CellChange[]): readonly SheetEdit[] {
  return rectangles(group).map(({ first, rows, columns }) => ({
    kind: "set-number-format",
    sheetId: first.sheetId,
    row: first.row + 1,
    column: first.col + 1,
    rows,
    columns,
    format: first.format ?? "",
  }));
}

function toTextEdits(group: readonly CellChange[]): readonly SheetEdit[] {
  return rectangles(group).map(({ first, rows, columns, cells }): SheetEdit => {
    const place = { sheetId: first.sheetId, row: first.row + 1, column: first.col + 1 };
    if (first.text === "") return { kind: "clear", ...place, rows, columns };
    if (cells.length === 1) return { kind: "type-into", ...place, text: first.text ?? "" };
    const values = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ""));
    for (const cell of cells) {
      const line = values[cell.row - first.row];
      if (line !== undefined) line[cell.col - first.col] = cell.text ?? "";
    }
    return { kind: "paste", ...place, values };
  });
}

interface Rectangle {
  readonly first: CellChange;
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly CellChange[];
}

/** One rectangle when the cells fill it, otherwise a rectangle for each run of cells in a row. */
function rectangles(cells: readonly CellChange[]): readonly Rectangle[] {
  const sorted = [...cells].sort((left, right) => left.row - right.row || left.col - right.col);
  const whole = toRectangle(sorted);
  if (whole === null || whole.rows * whole.columns === sorted.length) return whole === null ? [] : [whole];
  const runs: CellChange[][] = [];
  for (const cell of sorted) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.row === cell.row && last.col + 1 === cell.col) run.push(cell);
    else runs.push([cell]);
  }
  return runs.map(toRectangle).filter((run) => run !== null);
}

/** The rectangle around sorted cells. */
function toRectangle(sorted: readonly CellChange[]): Rectangle | null {
  const [top] = sorted;
  const bottom = sorted.at(-1);
  if (top === undefined || bottom === undefined) return null;
  const columns = sorted.map(({ col }) => col);
  const left = columns.reduce((least, col) => Math.min(least, col));
  const right = columns.reduce((most, col) => Math.max(most, col));
  const first = { ...top, col: left };
  return { first, rows: bottom.row - top.row + 1, columns: right - left + 1, cells: sorted };
}
