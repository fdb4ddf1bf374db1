import type { Ledger } from "./sync-ledger";
import type { ShownCell } from "./sync-trial-world";
import { entityOfMark, entityOfText, MARK_HEADER, TRIAL_COLUMNS, TRIAL_FIELDS, type TrialField } from "./sync-values";

/** Headers of the add-on's own columns. */
const ID_HEADER = "CRM record ID";
const STATUS_HEADER = "CRM sync status";

/** A row of the mapped tab. */
export interface SheetRow {
  readonly rowNumber: number;
  readonly id: string;
  readonly status: string;
  /** Text of the unmapped column. */
  readonly mark: string;
  readonly cells: Readonly<Record<TrialField, string>>;
  readonly formulas: Readonly<Record<TrialField, string>>;
}

/** Where things stand in the mapped tab: columns by what they hold, 0 where they are missing. */
export interface SheetPlaces {
  readonly fields: Readonly<Record<TrialField, number>>;
  readonly mark: number;
  readonly id: number;
  readonly status: number;
}

/** Headers that the user gave to columns since the start, by field. */
export type Renames = ReadonlyMap<TrialField, string>;

/** Finds the columns by their headers. */
export function findPlaces(cells: readonly (readonly ShownCell[])[], renames: Renames): SheetPlaces {
  const headers = (cells[0] ?? []).map((cell) => cell.text);
  const columnOf = (header: string) => headers.indexOf(header) + 1;
  const fields = Object.fromEntries(
    TRIAL_COLUMNS.map(({ header, field }) => [field, columnOf(renames.get(field) ?? header)]),
  ) as Record<TrialField, number>;
  return { fields, mark: columnOf(MARK_HEADER), id: columnOf(ID_HEADER), status: columnOf(STATUS_HEADER) };
}

/** Rows below the header that hold anything, top down. */
export function readRows(cells: readonly (readonly ShownCell[])[], places: SheetPlaces): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  for (let at = 1; at < cells.length; at++) {
    const line = cells[at] ?? [];
    const textAt = (column: number) => line[column - 1]?.text ?? "";
    const byField = (pick: (column: number) => string) =>
      Object.fromEntries(TRIAL_FIELDS.map((field) => [field, pick(places.fields[field])])) as Record<
        TrialField,
        string
      >;
    const row: SheetRow = {
      rowNumber: at + 1,
      id: textAt(places.id),
      status: textAt(places.status),
      mark: textAt(places.mark),
      cells: byField(textAt),
      formulas: byField((column) => line[column - 1]?.formula ?? ""),
    };
    const filled = row.id !== "" || row.mark !== "" || TRIAL_FIELDS.some((field) => row.cells[field] !== "");
    if (filled || TRIAL_FIELDS.some((field) => row.formulas[field] !== "")) rows.push(row);
  }
  return rows;
}

/** Entity that a row stands for: the user's own word for it, else its record, else its values. */
export function entityOfRow(row: SheetRow, ledger: Ledger): number | null {
  const marked = entityOfMark(row.mark);
  const linked = row.id === "" ? null : ledger.entityOfRecord(row.id.replace(/^unlinked:/, ""));
  if (marked !== null && !ledger.entity(marked).typedOver) return marked;
  if (linked !== null) return linked;
  for (const field of TRIAL_FIELDS) {
    const entity = entityOfText(row.cells[field]);
    if (entity !== null && ledger.entities.has(entity)) return entity;
  }
  return null;
}
