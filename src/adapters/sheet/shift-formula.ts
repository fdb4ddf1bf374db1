/** A cell reference outside of quotes: optional `$`, letters, optional `$`, row number. */
const PART = /"(?:[^"]|"")*"|'(?:[^']|'')*'|(?<![A-Za-z0-9_.$])(\$?[A-Za-z]{1,3})(\$?)(\d+)(?![A-Za-z0-9_(.])/g;

/** The formula as it reads `rows` further down: references without `$` before the row number move along. */
export function shiftFormula(formula: string, rows: number): string {
  if (formula === "" || rows === 0) return formula;
  return formula.replace(PART, (whole: string, column?: string, fixed?: string, row?: string) => {
    if (column === undefined || row === undefined || fixed === "$") return whole;
    return `${column}${Math.max(1, Number(row) + rows)}`;
  });
}
