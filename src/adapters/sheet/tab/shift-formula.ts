/** A cell or a range, each part with or without `$`. */
const CELLS = String.raw`\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?`;

/**
 * A text, a reference to another tab, or (with groups) a cell reference: optional `$`, letters, optional `$`, row number.
 * Cells of other tabs do not move with the rows of this one.
 */
const PART = new RegExp(
  [
    `"(?:[^"]|"")*"`,
    `'(?:[^']|'')*'(?:!${CELLS})?`,
    String.raw`[^\s!'"(),;:+\-*/^&=<>{}%$#]+!${CELLS}`,
    String.raw`(?<![A-Za-z0-9_.$])(\$?[A-Za-z]{1,3})(\$?)(\d+)(?![A-Za-z0-9_(.])`,
  ].join("|"),
  "g",
);

/** The formula as it reads `rows` further down: references without `$` before the row number move along. */
export function shiftFormula(formula: string, rows: number): string {
  if (formula === "" || rows === 0) return formula;
  return formula.replace(PART, (whole: string, column?: string, fixed?: string, row?: string) => {
    if (column === undefined || row === undefined || fixed === "$") return whole;
    return `${column}${Math.max(1, Number(row) + rows)}`;
  });
}

/** Are the formulas the same but for the rows that their references without `$` name? So they are after rows moved. */
export function isSameFormula(one: string, other: string): boolean {
  return one === other || withoutRows(one) === withoutRows(other);
}

function withoutRows(formula: string): string {
  return formula.replace(PART, (whole: string, column?: string, fixed?: string) =>
    column === undefined || fixed === "$" ? whole : `${column}#`,
  );
}
