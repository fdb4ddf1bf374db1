import type { StoredValue } from "../apps-script/host-api";
import type { SnapshotCell } from "../server/workbook-snapshot";
import { toGridFormula } from "./tab-name";

/** What the grid's own parser takes for something else than text. */
export interface TypedTextRules {
  isNumber(text: string): boolean;
  isDateTime(text: string): boolean;
}

/** What has to be typed into the grid's cell so that it holds exactly what the workbook holds. */
export function toCellText(cell: SnapshotCell | null, rules: TypedTextRules): string {
  if (cell === null) return "";
  return cell.f === undefined ? toLiteralText(cell.v, cell.n === "@", rules) : toGridFormula(cell.f);
}

function toLiteralText(value: StoredValue, isTextFormat: boolean, rules: TypedTextRules): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return String(value);
  return needsApostrophe(value, isTextFormat, rules) ? `'${value}` : value;
}

/** Text that would be read as a formula, a number, a date or a boolean stays text behind an apostrophe, as in Sheets. */
function needsApostrophe(text: string, isTextFormat: boolean, rules: TypedTextRules): boolean {
  if (text === "") return false;
  if (text.startsWith("=") || text.startsWith("'")) return true;
  if (isTextFormat) return false;
  return /^(?:true|false)$/i.test(text) || rules.isNumber(text) || rules.isDateTime(text);
}

/** Whether two formulas are the same but for case and blanks outside of quotes. */
export function isSameFormula(left: string, right: string): boolean {
  const bare = (formula: string): string =>
    formula.replace(/"[^"]*"|\s+|[a-z]+/g, (part) => (part.startsWith('"') ? part : part.trim().toUpperCase()));
  return bare(left) === bare(right);
}
