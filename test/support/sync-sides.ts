import type { TrialEnd } from "./sync-end";
import type { Side, TrialField } from "./sync-values";
import type { SheetRow } from "./sync-view";

/** Both sides of an entity, where each has exactly one. */
export interface Sides {
  readonly row: SheetRow | null;
  readonly crm: Readonly<Record<string, string>> | null;
  /** All rows that stand for it, also those that wait. */
  readonly rows: readonly SheetRow[];
}

/** Row and record of an entity. */
export function sidesOf(end: TrialEnd, entity: number): Sides {
  const rows = end.rows.filter((row) => end.actors.entityOf(row) === entity);
  const settled = rows.length > 1 ? rows.filter((row) => !row.id.startsWith("pending:")) : rows;
  const records = end.records.filter(({ id, values }) => end.actors.ledger.entityOfRecord(id, values) === entity);
  const [record] = records;
  return {
    row: settled.length === 1 ? (settled[0] ?? null) : null,
    crm: records.length === 1 && record ? record.values : null,
    rows,
  };
}

/** Without key, name and record a row is no row and waits for more (section 2). */
export function isNoRow({ row, crm }: Pick<Sides, "row" | "crm">): boolean {
  if (row === null || crm !== null) return false;
  return (["email", "firstname", "lastname"] as const).every((field) => row.cells[field] === "");
}

/** A blank in a column of formulas is left for a formula: new rows are not filled there (section 6.3). */
export function isFormulaColumn(end: TrialEnd, { row }: Sides, field: TrialField): boolean {
  return row?.cells[field] === "" && end.rows.some((other) => other.formulas[field] !== "");
}

/** Does a cleared cell have no opinion (F9), or a column that only moves the other way? */
export function isBlankWithoutSay({ settings }: TrialEnd, side: Side): boolean {
  return side === "sheet" ? settings.blank === "keep" || settings.direction === "pull" : settings.direction === "push";
}

/**
 * Without base a blank is filled from the other side, unless the mapping only moves the other way: then both stay as they
 * are (F6). With a base something would be planned for it, and the world would not be at rest.
 */
export function staysApart({ settings }: TrialEnd, { row, crm }: Sides, field: TrialField): boolean {
  return settings.direction === "pull" && crm !== null && (crm[field] ?? "") === "" && row?.cells[field] !== "";
}

/** Both sides of a field, for a message. */
export function showSides({ row, crm }: Sides, field: TrialField): string {
  return `sheet "${row?.cells[field] ?? "-"}", CRM "${crm?.[field] ?? "-"}"`;
}
