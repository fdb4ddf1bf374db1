import { columnLetters, columnNumber } from "./a1-notation";
import { type GridChange, movedSpan } from "./grid-rect";

export interface FormulaShift {
  /** Whether the formula stands on the changed tab, so that plain references mean it. */
  readonly onChangedTab: boolean;
  readonly changedTab: string;
  readonly change: GridChange;
}

const TOKEN =
  /("(?:[^"]|"")*")|(?:((?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!))?(\$?)([A-Za-z]{1,3})(\$?)(\d+)(?::(\$?)([A-Za-z]{1,3})(\$?)(\d+))?(?![\w(])/g;

const tabNameOf = (prefix: string): string => prefix.slice(0, -1).replace(/^'|'$/g, "").replace(/''/g, "'");

type Reference = readonly [string, string, string, number];

/** The formula after rows or columns moved: references follow their cells, those to deleted cells become #REF!. */
export function shiftFormula(formula: string, shift: FormulaShift): string {
  return formula.replace(TOKEN, (match, text: string | undefined, prefix: string | undefined, ...parts: string[]) => {
    if (text !== undefined) {
      return match;
    }
    const affected = prefix === undefined ? shift.onChangedTab : tabNameOf(prefix) === shift.changedTab;
    if (!affected) {
      return match;
    }
    const [dollar1 = "", column1 = "", dollar2 = "", row1 = "", dollar3 = "", column2, dollar4 = "", row2] = parts;
    const start: Reference = [dollar1, column1, dollar2, Number(row1)];
    const end: Reference | null = column2 === undefined ? null : [dollar3, column2, dollar4, Number(row2)];
    return shiftReference(prefix ?? "", start, end, shift.change);
  });
}

function shiftReference(prefix: string, start: Reference, end: Reference | null, change: GridChange): string {
  const last = end ?? start;
  const isRow = change.axis === "row";
  const from = isRow ? start[3] : columnNumber(start[1]);
  const to = isRow ? last[3] : columnNumber(last[1]);
  const span = movedSpan(Math.min(from, to), Math.abs(to - from) + 1, change);
  if (span === null) {
    return "#REF!";
  }
  const moved = (reference: Reference, position: number): string => {
    const column = isRow ? reference[1] : columnLetters(position);
    return `${reference[0]}${column}${reference[2]}${isRow ? position : reference[3]}`;
  };
  const first = prefix + moved(start, span.start);
  return end === null ? first : `${first}:${moved(end, span.start + span.count - 1)}`;
}

/** The formula as a copy carries it: relative references move by the distance of the copy. */
export function translateFormula(formula: string, rowsDown: number, columnsRight: number): string {
  return formula.replace(TOKEN, (match, text: string | undefined, prefix: string | undefined, ...parts: string[]) => {
    if (text !== undefined) {
      return match;
    }
    const move = (dollarColumn = "", column = "", dollarRow = "", row = ""): string => {
      const newColumn = dollarColumn === "" ? columnNumber(column) + columnsRight : columnNumber(column);
      const newRow = dollarRow === "" ? Number(row) + rowsDown : Number(row);
      return newColumn < 1 || newRow < 1 ? "#REF!" : `${dollarColumn}${columnLetters(newColumn)}${dollarRow}${newRow}`;
    };
    const [a, b, c, d, e, f, g, h] = parts;
    const first = (prefix ?? "") + move(a, b, c, d);
    return f === undefined ? first : `${first}:${move(e, f, g, h)}`;
  });
}
