import type { Row } from "../domain/row";
import type { FieldName } from "../domain/schema";
import type { PairShadows } from "../domain/snapshot";
import { type EncodedValue, encodeValue, isEncodedAs } from "../domain/value";
import type { PlanField } from "./plan-field";

/** Does the row show exactly what the base says it showed, in every mapped cell? */
export function equalsBase(row: Row, shadows: PairShadows, fields: readonly PlanField[]): boolean {
  return fields.every(({ field }) => {
    const cell = row.cells[field.name];
    return cell === undefined || isEncodedAs(cell.value, shadows[field.name]?.sheet ?? "");
  });
}

/** Is every mapped cell of the row blank, or holds white space only? */
export function isAllBlank(row: Row, fields: readonly PlanField[]): boolean {
  return fields.every(({ field }) => {
    const value = row.cells[field.name]?.value;
    return value === undefined || value.kind === "blank" || (value.kind === "text" && value.text.trim() === "");
  });
}

/** All mapped cells as one text, in the order of the fields. */
export function encodeRow(row: Row, fields: readonly PlanField[]): string {
  return JSON.stringify(fields.map(({ field }) => encodedCell(row, field.name)));
}

/** All mapped cells by field, to find the row again. */
export function rowFingerprint(row: Row, fields: readonly PlanField[]): Record<FieldName, EncodedValue> {
  const cells: Record<FieldName, EncodedValue> = {};
  for (const { field } of fields) cells[field.name] = encodedCell(row, field.name);
  return cells;
}

function encodedCell(row: Row, name: FieldName): EncodedValue {
  const cell = row.cells[name];
  return cell ? encodeValue(cell.value) : "";
}
