import type { Direction, Mapping } from "../../domain/mapping";
import type { Finding } from "../../domain/plan";
import { type Field, findField, type ObjectSchema } from "../../domain/schema";
import type { PlanField } from "../../merge/plan-field";
import type { TableRead } from "../../ports/table";

/** Mapped columns with their fields; a column or field that is gone is suspended and named (R18). */
export function planFields(
  mapping: Mapping,
  schema: ObjectSchema,
  table: TableRead,
): { fields: PlanField[]; findings: Finding[] } {
  const findings: Finding[] = table.suspended.map((column) =>
    mappingNote(
      column.field,
      `The column "${column.header}" is missing from the sheet. Its field is left out; nothing is cleared. Put the column back or edit the mapping.`,
    ),
  );
  const fields: PlanField[] = [];
  for (const bound of table.columns) {
    const field = findField(schema, bound.mapping.field);
    if (!field) {
      findings.push(
        mappingNote(
          bound.mapping.field,
          `The CRM no longer has the field "${bound.mapping.field}". Its column is left out; edit the mapping.`,
        ),
      );
      continue;
    }
    fields.push({
      field,
      header: bound.header,
      direction: columnDirection(mapping.direction, bound.mapping.direction, field),
      blank: bound.mapping.blank,
      formulaColumn: table.formulaFields.includes(field.name),
    });
  }
  return { fields, findings };
}

/** A column is never wider than its mapping; a field that cannot be changed only pulls. */
function columnDirection(mapping: Direction, column: Direction, field: Field): Direction {
  if (!field.updatable) return "pull";
  return mapping === "both" ? column : mapping;
}

function mappingNote(field: string, message: string): Finding {
  return { severity: "note", rule: "R18", rowNumber: null, recordId: null, field, title: "Mapping", message };
}
