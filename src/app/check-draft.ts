import type { ColumnDraft, MappingDraft, MappingIssue } from "../contract/views";
import { columnLetter } from "../domain/column-letter";
import { type Field, findField, type ObjectSchema } from "../domain/schema";
import type { SetupColumn } from "../ports/sheet-setup";
import { checkSettings } from "./check-settings";

/** Columns that one mapping may have: beyond it a sync reads more than the sidebar can show. */
const MAX_COLUMNS = 200;

/** Everything to say about a draft before it is saved: problems keep it from being saved, warnings don't. */
export function checkDraft(
  draft: MappingDraft,
  schema: ObjectSchema,
  columns: readonly SetupColumn[],
): readonly MappingIssue[] {
  const mapped = draft.columns.filter((column) => column.field !== null);
  return [
    ...checkWhole(draft, mapped),
    ...checkTwice(mapped, schema),
    ...mapped.flatMap((column) => checkColumn(column, draft, schema, columns)),
    ...checkHeaders(columns, mapped),
    ...checkKey(draft, mapped, schema),
    ...checkRequired(draft, mapped, schema),
    ...checkSettings(draft),
  ];
}

function problem(column: number, message: string): MappingIssue {
  return { level: "problem", column, message };
}

function warning(column: number, message: string): MappingIssue {
  return { level: "warning", column, message };
}

function checkWhole(draft: MappingDraft, mapped: readonly ColumnDraft[]): MappingIssue[] {
  const issues: MappingIssue[] = [];
  if (draft.columns.length === 0) {
    issues.push(problem(0, "This tab has no header row. Write column headers in a row, then choose that row."));
  } else if (mapped.length === 0) {
    issues.push(problem(0, "No column is mapped yet. Choose a field for at least one column."));
  }
  if (mapped.length > MAX_COLUMNS)
    issues.push(problem(0, `${mapped.length} columns are mapped; at most ${MAX_COLUMNS} can be.`));
  return issues;
}

function checkTwice(mapped: readonly ColumnDraft[], schema: ObjectSchema): MappingIssue[] {
  const byField = new Map<string, ColumnDraft[]>();
  for (const column of mapped) {
    const field = column.field ?? "";
    byField.set(field, [...(byField.get(field) ?? []), column]);
  }
  return [...byField]
    .filter(([, columns]) => columns.length > 1)
    .flatMap(([field, columns]) => {
      const label = findField(schema, field)?.label ?? field;
      return columns.map(({ column }) =>
        problem(column, `Several columns are mapped to "${label}". Keep one of them.`),
      );
    });
}

function checkColumn(
  column: ColumnDraft,
  draft: MappingDraft,
  schema: ObjectSchema,
  columns: readonly SetupColumn[],
): MappingIssue[] {
  const field = findField(schema, column.field ?? "");
  if (!field) return [problem(column.column, `The CRM has no field "${column.field}". Choose another one.`)];
  const shown = columns.find((candidate) => candidate.column === column.column);
  if (shown?.role !== "data" || shown.header.trim() !== column.header.trim()) return [movedProblem(column, shown)];
  const issues: MappingIssue[] = [];
  if (column.header.trim() === "")
    issues.push(problem(column.column, "This column has no header. Write one, so that it can be found again."));
  const pushes = draft.direction !== "pull" && column.direction !== "pull";
  if (!field.updatable && pushes)
    issues.push(warning(column.column, `"${field.label}" is read-only in the CRM; it is only pulled.`));
  const mismatch = typeMismatch(field, shown.samples);
  if (pushes && field.updatable && mismatch !== null) issues.push(warning(column.column, mismatch));
  return issues;
}

/** Somebody changed the sheet while the mapping was open: the field would get another column's values. */
function movedProblem({ column, header }: ColumnDraft, shown: SetupColumn | undefined): MappingIssue {
  const now = shown ? `"${shown.header}"` : "empty";
  return problem(
    column,
    `Column ${columnLetter(column)} was "${header}" when the mapping was opened and is ${now} now. Open the mapping again.`,
  );
}

/** A sample that clearly cannot become the field's type. */
function typeMismatch(field: Field, samples: readonly string[]): string | null {
  const bad = samples.find((sample) => !fits(field, sample));
  return bad === undefined ? null : `"${bad}" does not look like ${TYPE_WORDS[field.type] ?? "a value of this field"}.`;
}

const TYPE_WORDS: Readonly<Partial<Record<Field["type"], string>>> = {
  number: "a number",
  currency: "an amount",
  email: "an e-mail address",
  choice: "one of the field's options",
};

function fits(field: Field, sample: string): boolean {
  switch (field.type) {
    case "number":
    case "currency":
      return /\d/.test(sample);
    case "email":
      return sample.includes("@");
    case "choice": {
      const typed = sample.trim().toLowerCase();
      const known = (option: { value: string; label: string }) =>
        option.value.toLowerCase() === typed || option.label.toLowerCase() === typed;
      return field.options.length === 0 || field.options.some(known);
    }
    default:
      return true;
  }
}

/** Two columns with one header can only be told apart by their marks; a copy of the tab would lose them. */
function checkHeaders(columns: readonly SetupColumn[], mapped: readonly ColumnDraft[]): MappingIssue[] {
  return mapped
    .filter((column) => {
      const same = (other: SetupColumn) => other.header.trim().toLowerCase() === column.header.trim().toLowerCase();
      return column.header.trim() !== "" && columns.filter(same).length > 1;
    })
    .map((column) => warning(column.column, `Several columns are called "${column.header}". Give each its own name.`));
}

function checkKey(draft: MappingDraft, mapped: readonly ColumnDraft[], schema: ObjectSchema): MappingIssue[] {
  if (draft.keyField === null) {
    return [
      warning(
        0,
        "No key field is chosen: rows that are already in the CRM cannot be recognised and would be created again.",
      ),
    ];
  }
  const key = findField(schema, draft.keyField);
  if (!key) return [problem(0, `The CRM has no field "${draft.keyField}". Choose another key.`)];
  if (!mapped.some((column) => column.field === draft.keyField)) {
    return [problem(0, `The key field "${key.label}" is not mapped. Map a column to it, or choose another key.`)];
  }
  if (key.unique) return [];
  return [
    warning(
      0,
      `"${key.label}" is not unique in the CRM. Rows whose key leads to several records are left for you to decide.`,
    ),
  ];
}

function checkRequired(draft: MappingDraft, mapped: readonly ColumnDraft[], schema: ObjectSchema): MappingIssue[] {
  if (draft.direction === "pull") return [];
  const given = new Set(mapped.map((column) => column.field));
  return schema.requiredForCreate
    .filter((oneOf) => !oneOf.some((name) => given.has(name)))
    .map((oneOf) => {
      const names = oneOf.map((name) => `"${findField(schema, name)?.label ?? name}"`).join(" or ");
      return warning(
        0,
        `New rows can't be created in the CRM: a new ${schema.label.toLowerCase()} needs ${names}, which is not mapped.`,
      );
    });
}
