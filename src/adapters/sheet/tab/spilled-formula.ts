import type { GridValue } from "../../../ports/grid";
import { isErrorText } from "./cell";

/** Functions that fill the cells below the one they stand in, wherever they stand. */
const FILLS_DOWN = /^=\s*\{|\b(ARRAYFORMULA|MAP|BYROW|SEQUENCE|MAKEARRAY|SCAN)\s*\(/i;

/** Functions that also fill downwards, but often stand in every row as a look-up: counted in the header row only. */
const FILLS_FROM_HEADER = /\b(FILTER|QUERY|UNIQUE|SORT|SORTN|IMPORTRANGE|IMPORTDATA|FLATTEN|VSTACK|TOCOL)\s*\(/i;

/**
 * Formulas that spill into cells below them, by column and row index. A spilled cell has no formula of its own, but a
 * value written into it breaks the whole column, so it counts as a cell with that formula (rule F7). In columns that are
 * not mapped only the header and the first data row are taken for the start of a whole column. Spills to the right of their
 * own column are not seen.
 */
export function spreadFormulas(
  formulas: readonly (readonly string[])[],
  values: readonly (readonly GridValue[])[],
  where: { readonly headerRow: number; readonly mapped: ReadonlySet<number> },
): ReadonlyMap<number, readonly string[]> {
  const spread = new Map<number, string[]>();
  const width = formulas[0]?.length ?? 0;
  const { headerRow } = where;
  for (let column = 1; column <= width; column++) {
    let source = "";
    let filled: string[] | null = null;
    for (let r = headerRow - 1; r < formulas.length; r++) {
      const own = formulas[r]?.[column - 1] ?? "";
      if (own !== "") {
        const counts = r <= headerRow || where.mapped.has(column);
        if (counts && spills(own, r === headerRow - 1) && !isErrorText(values[r]?.[column - 1] ?? "")) source = own;
      } else if (source !== "") {
        filled ??= [];
        filled[r] = source;
      }
    }
    if (filled !== null) spread.set(column, filled);
  }
  return spread;
}

function spills(formula: string, inHeader: boolean): boolean {
  return FILLS_DOWN.test(formula) || (inHeader && FILLS_FROM_HEADER.test(formula));
}
