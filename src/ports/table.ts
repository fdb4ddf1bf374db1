import type { ColumnMapping } from "../domain/mapping";
import type { RecordId } from "../domain/record";
import type { Row } from "../domain/row";
import type { FieldName } from "../domain/schema";
import type { EncodedValue, SheetValue } from "../domain/value";

/** Why a table cannot take part in a run (rule R18). */
export type TableProblem =
  | { readonly kind: "tab-missing" }
  | { readonly kind: "header-missing"; readonly headerRow: number }
  | { readonly kind: "id-column-missing" }
  | { readonly kind: "column-bound-twice"; readonly field: FieldName; readonly columns: readonly number[] };

export interface BoundColumn {
  readonly mapping: ColumnMapping;
  /** 1-based column where it is now. */
  readonly column: number;
  /** Header text now; differs from the mapping's after a rename. */
  readonly header: string;
}

export interface TableRead {
  readonly problem: TableProblem | null;
  readonly columns: readonly BoundColumn[];
  /** Mapped columns that are gone: their fields are suspended, never blank (rule R18). */
  readonly suspended: readonly ColumnMapping[];
  /** Rows with anything in a mapped cell or the id cell, top down. */
  readonly rows: readonly Row[];
  /** Fields whose header cell or last data row holds a formula: blank in appended rows (section 6.3). */
  readonly formulaFields: readonly FieldName[];
}

export interface CellWrite {
  readonly recordId: RecordId;
  readonly field: FieldName;
  /** Written only while the cell shows this and holds no formula. */
  readonly expected: EncodedValue;
  readonly value: SheetValue;
}

export interface RowAppend {
  readonly recordId: RecordId;
  readonly cells: Readonly<Record<FieldName, SheetValue>>;
}

/** One write into the sheet under one intent. */
export interface TableChunk {
  readonly cells: readonly CellWrite[];
  readonly appends: readonly RowAppend[];
}

export type CellOutcome =
  | {
      readonly kind: "written";
      readonly recordId: RecordId;
      readonly field: FieldName;
      readonly readBack: EncodedValue;
    }
  | {
      readonly kind: "skipped";
      readonly recordId: RecordId;
      readonly field: FieldName;
      readonly reason:
        | "edited-meanwhile"
        | "formula"
        | "row-missing"
        | "row-doubled"
        | "column-missing"
        | "misplaced"
        | "validation";
    };

/** A row without id, found again by its values. */
export interface RowMatch {
  /** Where it was when the plan was made: tried first. */
  readonly rowNumber: number;
  readonly row: Readonly<Record<FieldName, EncodedValue>>;
  /** What its id cell must hold now. */
  readonly expectedId: string;
}

export interface IdWrite extends RowMatch {
  readonly operationId: string;
  /** New content of the id cell: a record id or `pending:<token>`. */
  readonly id: string;
}

export type IdOutcome = { readonly operationId: string; readonly placed: boolean };

/** New id for the row that holds a token or another id now, wherever it is. */
export interface IdReplacement {
  readonly from: string;
  readonly to: string;
}

export interface StatusWrite {
  readonly rowNumber: number;
  readonly recordId: RecordId;
  /** Short words for the status cell; `""` clears it. */
  readonly status: string;
  readonly note: string;
}

/** The mapped tab of one mapping. Everything is found by id and metadata, never by remembered positions. */
export interface Table {
  read(): TableRead;
  /** Reads positions again, writes what still fits, reads back (sync-rules section 6.3). */
  write(chunk: TableChunk): readonly CellOutcome[];
  /** Ids or tokens into id cells of rows found by their values; read back (section 6.2). */
  writeIds(writes: readonly IdWrite[]): readonly IdOutcome[];
  /** Replaces id cells by content; answers which `from` was found in exactly one row. */
  replaceIds(replacements: readonly IdReplacement[]): readonly { readonly from: string; readonly rows: number }[];
  /** Status column: rows not named keep what they show only if `keepOthers`. */
  writeStatuses(statuses: readonly StatusWrite[], keepOthers: boolean): void;
}
