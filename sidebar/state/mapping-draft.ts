import type {
  BlankPolicy,
  ColumnDraft,
  Direction,
  FieldView,
  MappingDraft,
  MappingIssue,
} from "../../src/contract/views";

type Fields = readonly FieldView[];

/** Directions one column may take: never wider than the mapping's, and a read-only field is only read. */
export function allowedDirections(mapping: Direction, field: FieldView | null): readonly Direction[] {
  if (field?.readOnly) return ["pull"];
  return mapping === "both" ? ["both", "pull", "push"] : [mapping];
}

/**
 * Binds a column to a field, or to none; the choice is the user's now, so it is no suggestion any more. The direction
 * starts anew at the mapping's: the one before was that of another field, which perhaps could only be read.
 */
export function assignField(draft: MappingDraft, column: number, name: string | null, fields: Fields): MappingDraft {
  const field = fields.find((candidate) => candidate.name === name) ?? null;
  return changeColumn(draft, column, (old) => ({
    ...old,
    field: field?.name ?? null,
    direction: fitDirection(draft.direction, allowedDirections(draft.direction, field)),
    suggestion: "none",
  }));
}

/** Sets one column's direction. */
export function setColumnDirection(draft: MappingDraft, column: number, direction: Direction): MappingDraft {
  return changeColumn(draft, column, (old) => ({ ...old, direction }));
}

/** Sets what a blank cell of one column means. */
export function setColumnBlank(draft: MappingDraft, column: number, blank: BlankPolicy): MappingDraft {
  return changeColumn(draft, column, (old) => ({ ...old, blank }));
}

/** Sets the mapping's direction. Columns that went the mapping's old way follow it; narrower ones stay if they may. */
export function setMappingDirection(draft: MappingDraft, direction: Direction, fields: Fields): MappingDraft {
  const columns = draft.columns.map((column): ColumnDraft => {
    const field = fields.find(({ name }) => name === column.field) ?? null;
    const wanted = column.direction === draft.direction ? direction : column.direction;
    return { ...column, direction: fitDirection(wanted, allowedDirections(direction, field)) };
  });
  return { ...draft, direction, columns };
}

/** Takes one suggestion over, or with no column all of them. */
export function acceptSuggestions(draft: MappingDraft, column?: number): MappingDraft {
  const columns = draft.columns.map((old): ColumnDraft => {
    return column === undefined || old.column === column ? { ...old, suggestion: "none" } : old;
  });
  return { ...draft, columns };
}

/** Columns whose field was suggested and not yet accepted; with a level only those. */
export function openSuggestions(draft: MappingDraft, level?: "likely"): readonly ColumnDraft[] {
  return draft.columns.filter(({ field, suggestion }) => {
    return field !== null && suggestion !== "none" && (level === undefined || suggestion === level);
  });
}

/** Columns that take part in the sync. */
export function mappedColumns(draft: MappingDraft): readonly ColumnDraft[] {
  return draft.columns.filter(({ field }) => field !== null);
}

/** Which columns the editor lists. */
export type ColumnChoice = "all" | "open" | "suggested" | "issues";

/** Whether a column is listed under that choice. */
export function isListed(choice: ColumnChoice, column: ColumnDraft, issues: readonly MappingIssue[]): boolean {
  switch (choice) {
    case "all":
      return true;
    case "open":
      return column.field === null;
    case "suggested":
      return column.field !== null && column.suggestion === "likely";
    case "issues":
      return issues.some((issue) => issue.column === column.column);
  }
}

/** Letter of a 1-based column: 1 "A", 28 "AB". */
export function columnLetter(column: number): string {
  let rest = column;
  let letters = "";
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

function changeColumn(draft: MappingDraft, column: number, change: (old: ColumnDraft) => ColumnDraft): MappingDraft {
  return { ...draft, columns: draft.columns.map((old) => (old.column === column ? change(old) : old)) };
}

function fitDirection(wanted: Direction, allowed: readonly Direction[]): Direction {
  return allowed.includes(wanted) ? wanted : (allowed[0] ?? wanted);
}
