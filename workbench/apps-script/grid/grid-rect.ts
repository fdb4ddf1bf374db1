/** A rectangle of cells, 1-based. */
export interface GridRect {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export type Axis = "row" | "column";

/** The line in front of an insertion or the one behind it. */
export type Neighbour = "before" | "after";

/** A change of the rows or columns of a tab; positions are 1-based. */
export type GridChange =
  | {
      readonly kind: "insert";
      readonly axis: Axis;
      readonly at: number;
      readonly count: number;
      /** Neighbour whose look the new lines take. Where it would lie outside the grid, it is the other one. */
      readonly like: Neighbour;
    }
  | { readonly kind: "delete"; readonly axis: Axis; readonly at: number; readonly count: number }
  /** `before` counts in the numbering before the move. */
  | {
      readonly kind: "move";
      readonly axis: Axis;
      readonly at: number;
      readonly count: number;
      readonly before: number;
    };

/** Where a row or column stands after the change; null: deleted. */
export function movedPosition(position: number, change: GridChange): number | null {
  const { at, count } = change;
  switch (change.kind) {
    case "insert":
      return position < at ? position : position + count;
    case "delete":
      if (position < at) {
        return position;
      }
      return position < at + count ? null : position - count;
    case "move":
      return movedInMove(position, at, count, change.before);
  }
}

function movedInMove(position: number, at: number, count: number, before: number): number {
  const target = before > at ? before - count : before;
  if (position >= at && position < at + count) {
    return position - at + target;
  }
  const without = position < at ? position : position - count;
  return without < target ? without : without + count;
}

/** A span of rows or columns after the change; null: all of it deleted. An insert inside a span widens it. */
export function movedSpan(start: number, count: number, change: GridChange): { start: number; count: number } | null {
  if (change.kind === "insert") {
    const widened = change.at > start && change.at < start + count ? count + change.count : count;
    return { start: change.at <= start ? start + change.count : start, count: widened };
  }
  const positions: number[] = [];
  for (const position of change.kind === "move" ? [start, start + count - 1] : range(start, count)) {
    const moved = movedPosition(position, change);
    if (moved !== null) {
      positions.push(moved);
    }
  }
  if (positions.length === 0) {
    return null;
  }
  const first = Math.min(...edges(positions));
  return { start: first, count: Math.max(...edges(positions)) - first + 1 };
}

const range = (start: number, count: number): number[] => Array.from({ length: count }, (_, index) => start + index);

const edges = (positions: readonly number[]): readonly number[] => [
  positions[0] ?? 0,
  positions[positions.length - 1] ?? 0,
];

/** A rectangle after the change; null: deleted. */
export function movedRect(rect: GridRect, change: GridChange): GridRect | null {
  const span =
    change.axis === "row" ? movedSpan(rect.row, rect.rows, change) : movedSpan(rect.column, rect.columns, change);
  if (span === null) {
    return null;
  }
  return change.axis === "row"
    ? { ...rect, row: span.start, rows: span.count }
    : { ...rect, column: span.start, columns: span.count };
}
