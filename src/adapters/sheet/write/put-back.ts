import type { GridTab } from "../../../ports/grid";
import type { Repair } from "./find-misplaced";
import { groupCells } from "./write-ranges";

/** Writes back what stood in cells before: values in rectangles, formulas one by one. */
export function putBack(tab: GridTab, repairs: readonly Repair[]): void {
  const values = repairs.filter((one) => one.formula === "");
  tab.writeBlocks(groupCells(values));
  for (const one of repairs) if (one.formula !== "") tab.writeFormula(one.row, one.column, one.formula);
}
