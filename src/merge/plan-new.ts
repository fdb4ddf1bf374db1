import type { AppendRowOperation, CellChange, CreateOperation, CrmChange, Finding } from "../domain/plan";
import type { CrmRecord } from "../domain/record";
import type { Row } from "../domain/row";
import { toCrmValue } from "../domain/to-crm-value";
import { toSheetValue } from "../domain/to-sheet-value";
import { encodeValue, showValue } from "../domain/value";
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
    if (!cell || cell.value.kind === "blank" || !field.creatable) continue;
    if (!pushesNow(planField, input.run)) continue;
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
    operation: { kind: "create", id, rule: "R1", title, rowNumber: row.rowNumber, changes, row: fingerprint },
    findings,
  };
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

/** A row for a record that has none (R5), without the values that no cell can hold. */
export function planAppend(
  record: CrmRecord,
  input: PlanInput,
): { operation: AppendRowOperation; findings: readonly Finding[] } {
  const title = recordTitle(input.fields, input.keyField?.name ?? null, (name) => record.values[name] ?? "");
  const place = { rowNumber: null, recordId: record.id, title };
  const cells: CellChange[] = [];
  const findings: Finding[] = [];
  for (const planField of input.fields) {
    const { field } = planField;
    if (planField.formulaColumn || !pullsNow(planField, input.run)) continue;
    const crm = record.values[field.name] ?? "";
    const to = encodeValue(toSheetValue(field, crm, input.zone));
    const message = cellLimitText(planField.header, to);
    if (message === null) cells.push({ field: field.name, from: "", to, crm, rule: "R5" });
    else findings.push({ ...place, severity: "error", rule: "F10", field: field.name, message });
  }
  const operation = {
    kind: "append-row",
    id: `a:${record.id}`,
    rule: "R5",
    title,
    recordId: record.id,
    cells,
  } as const;
  return { operation, findings };
}
