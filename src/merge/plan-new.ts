import type { AppendRowOperation, CellChange, CreateOperation, CrmChange, Finding } from "../domain/plan";
import type { CrmRecord } from "../domain/record";
import type { Row } from "../domain/row";
import type { Field, FieldName } from "../domain/schema";
import { toCrmValue } from "../domain/to-crm-value";
import { toSheetValue } from "../domain/to-sheet-value";
import { type CrmValue, encodeValue, showValue } from "../domain/value";
import { cellLimitText } from "./cell-limit";
import { pullsNow, pushesNow } from "./plan-field";
import { type PlanInput, recordTitle } from "./plan-input";
import { rowFingerprint } from "./row-values";

/** A create for a new row (R1), or why it cannot be one (R21, F8, F10). Creates keep no blanks: they are not sent (F9). */
export function planCreate(row: Row, input: PlanInput): { operation: CreateOperation | null; findings: Finding[] } {
  const title = recordTitle(input.fields, input.keyField?.name ?? null, (name) => {
    const cell = row.cells[name];
    return cell ? showValue(cell.value) : "";
  });
  const place = { rowNumber: row.rowNumber, recordId: null, title };
  const changes: CrmChange[] = [];
  const findings: Finding[] = [];
  for (const planField of input.fields) {
    const { field } = planField;
    const cell = row.cells[field.name];
    if (!cell || !field.creatable || !pushesNow(planField, input.run)) continue;
    const read = toCrmValue(field, cell.value, input.zone);
    if (read.kind === "value") {
      if (read.value !== "")
        changes.push({ field: field.name, from: "", to: read.value, sheet: encodeValue(cell.value), rule: "R1" });
    } else {
      const rule = cell.value.kind === "unreadable" ? "F8" : "F10";
      findings.push({
        ...place,
        severity: "error",
        rule,
        field: field.name,
        message: `"${planField.header}" was not sent: ${read.reason}.`,
      });
    }
  }
  const missing = missingText(changes, input);
  if (missing !== null) {
    findings.push({ ...place, severity: "error", rule: "R21", field: null, message: missing });
    return { operation: null, findings };
  }
  const id = `c:${row.rowNumber}`;
  const fingerprint = rowFingerprint(row, input.fields);
  return {
    operation: {
      kind: "create",
      id,
      rule: "R1",
      title,
      rowNumber: row.rowNumber,
      changes,
      row: fingerprint,
      key: sentKey(changes, input.keyField),
    },
    findings,
  };
}

/** The key as it is sent: it finds the record again should its create be cut off. */
function sentKey(changes: readonly CrmChange[], keyField: Field | null): NonNullable<CreateOperation["key"]> | null {
  const sent = changes.find((change) => change.field === keyField?.name);
  return sent && keyField ? { field: sent.field, value: sent.to, unique: keyField.unique } : null;
}

/** R21: names the fields that a create needs and the row does not give. */
function missingText(changes: readonly CrmChange[], input: PlanInput): string | null {
  const given = new Set(changes.map((change) => change.field));
  const label = (name: string) => input.schema.fields.find((field) => field.name === name)?.label ?? name;
  for (const oneOf of input.schema.requiredForCreate) {
    if (oneOf.some((name) => given.has(name))) continue;
    const names = oneOf.map((name) => `"${label(name)}"`).join(" or ");
    return `A new ${input.schema.label.toLowerCase()} needs ${names}. Fill it in, or map a column to it.`;
  }
  return null;
}

/**
 * A row for a record that has none (R5, or R8 and R9 again), without the values that no cell can hold. Formula columns stay
 * blank, and `blanks` tells the base so: else the next run would fill them (F6).
 */
export function planAppend(
  record: CrmRecord,
  input: PlanInput,
  rule = "R5",
): { operation: AppendRowOperation; findings: readonly Finding[] } {
  const title = recordTitle(input.fields, input.keyField?.name ?? null, (name) => record.values[name] ?? "");
  const place = { rowNumber: null, recordId: record.id, title };
  const cells: CellChange[] = [];
  const findings: Finding[] = [];
  const blanks: Record<FieldName, CrmValue> = {};
  for (const planField of input.fields) {
    const { field } = planField;
    if (!pullsNow(planField, input.run)) continue;
    const crm = record.values[field.name] ?? "";
    if (planField.formulaColumn) {
      blanks[field.name] = crm;
      continue;
    }
    const to = encodeValue(toSheetValue(field, crm, input.zone));
    const message = cellLimitText(planField.header, to);
    if (message === null) cells.push({ field: field.name, from: "", to, crm, rule });
    else findings.push({ ...place, severity: "error", rule: "F10", field: field.name, message });
  }
  const about = { id: `a:${record.id}`, rule, title, recordId: record.id, cells };
  const operation: AppendRowOperation = { kind: "append-row", ...about };
  return { operation: Object.keys(blanks).length > 0 ? { ...operation, blanks } : operation, findings };
}
