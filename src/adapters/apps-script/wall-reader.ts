import type { GridValue } from "../../ports/grid";

/** Turns what a range gives into grid values; dates become wall-clock text in the spreadsheet's zone. */
export interface WallReader {
  toGridValues(values: unknown[][]): GridValue[][];
}

/** Text for what a cell holds besides values (an image): an error value, so that nobody takes it for content. */
const NO_VALUE = "#VALUE!";

/** A reader for a zone; each instant is formatted once, as one call of the service costs more than a look-up. */
export function createWallReader(timeZone: string): WallReader {
  const known = new Map<number, GridValue>();
  const toWall = (date: Date): GridValue => {
    const ms = date.getTime();
    const seen = known.get(ms);
    if (seen !== undefined) return seen;
    const text = Utilities.formatDate(date, timeZone, "yyyy-MM-dd'T'HH:mm:ss");
    const value = { wall: text.endsWith("T00:00:00") ? text.slice(0, 10) : text };
    known.set(ms, value);
    return value;
  };
  return {
    toGridValues(values) {
      const out: GridValue[][] = [];
      for (const line of values) {
        const cells: GridValue[] = [];
        for (const value of line) {
          if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") cells.push(value);
          else if (value instanceof Date) cells.push(toWall(value));
          else cells.push(value === null || value === undefined ? "" : NO_VALUE);
        }
        out.push(cells);
      }
      return out;
    },
  };
}
