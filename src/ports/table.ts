import type { ColumnMapping } from "../domain/mapping";
import type { RecordId } from "../domain/record";
import type { Row, RowContent } from "../domain/row";
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
  /** Headers of the id and status column, in the form in which `contents` names them: their cells are nobody's data. */
  readonly ownHeaders?: readonly string[];
}

export interface CellWrite {
  readonly recordId: RecordId;
  readonly field: FieldName;
  /** Written only while the cell shows this and holds no formula; a cell that shows `value` already counts as written. */
  readonly expected: EncodedValue;
  readonly value: SheetValue;
  /** Mapped cells of the row that is meant, where copies of it carry the same id (R13). */
  readonly row?: Readonly<Record<FieldName, EncodedValue>>;
}

/** A new row. Where a row with this id stands already, its blank cells are filled and equal ones count as written. */
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

/** What a misplaced write of a chunk could destroy and the base does not know: kept in the journal (section 6.3). */
export interface ChunkBefore {
  /** Cells of mapped columns in rows with an id that do not show what the base says; a spilled value is no formula. */
  readonly cells: readonly {
    readonly recordId: RecordId;
    readonly field: FieldName;
    readonly value: EncodedValue;
    readonly formula: string | null;
    /** Row that the references of the formula are counted from. */
    readonly row?: number;
  }[];
  /** Mapped cells of the rows without an id. */
  readonly idless: readonly Readonly<Record<FieldName, EncodedValue>>[];
  /** Missing: only values that are like no other are known again. */
  readonly places?: ChunkPlaces;
}

/** Where things stood when a chunk was journaled. Only a hint: what is put back is found by id and by content. */
export interface ChunkPlaces {
  readonly headerRow: number;
  /** The header row from column 1 on. */
  readonly header: readonly EncodedValue[];
  readonly idColumn: number;
  readonly columns: Readonly<Record<FieldName, number>>;
  /** First row of appended rows. */
  readonly freeRow: number;
  /** Runs of rows with their ids, where the chunk writes and where appended rows could hit others. */
  readonly runs: readonly { readonly row: number; readonly ids: readonly RecordId[] }[];
  /** Rows of `idless`, in its order, with their formulas. */
  readonly idless: readonly { readonly row: number; readonly formulas: Readonly<Record<FieldName, string>> }[];
}

/** What the base says that a cell shows; undefined: it does not know the cell. */
export type BaseShows = (recordId: RecordId, field: FieldName) => EncodedValue | undefined;

/** A row to delete. */
export interface RowRemoval {
  readonly recordId: RecordId;
  /** All the row holds now, as `contents` gave it: a row that holds something else by now stays. */
  readonly content: RowContent;
}

export type RemovalOutcome =
  | { readonly kind: "removed"; readonly recordId: RecordId }
  | {
      readonly kind: "skipped";
      readonly recordId: RecordId;
      readonly reason: "edited-meanwhile" | "row-missing" | "row-doubled";
    };

/** A row to put back at the end of the table. */
export interface RowRestore {
  /** What its id cell gets, whatever `content` says about that cell. */
  readonly id: string;
  readonly content: RowContent;
}

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
  /** What is to be journaled before `write`, so that `repair` can mend after a cut-off (section 6.3). */
  before(chunk: TableChunk, shows: BaseShows): ChunkBefore;
  /**
   * After a cut-off write: puts back what values of the chunk replaced on rows and columns they were not meant for. Gives
   * the number of cells.
   */
  repair(chunk: TableChunk, before: ChunkBefore, shows: BaseShows): number;
  /** Everything that rows hold, mapped or not, by record id; a row that is missing or stands twice is left out. */
  contents(recordIds: readonly RecordId[]): ReadonlyMap<RecordId, RowContent>;
  /** Deletes rows bottom up after another look; a row that was deleted by mistake is put back. */
  removeRows(removals: readonly RowRemoval[]): readonly RemovalOutcome[];
  /** Appends rows with all their cells; answers which ids stand in exactly one row afterwards. */
  restoreRows(rows: readonly RowRestore[]): readonly { readonly id: string; readonly placed: boolean }[];
  /** Ids or tokens into id cells of rows found by their values; read back (section 6.2). */
  writeIds(writes: readonly IdWrite[]): readonly IdOutcome[];
  /** Replaces id cells by content; answers which `from` was found in exactly one row. */
  replaceIds(replacements: readonly IdReplacement[]): readonly { readonly from: string; readonly rows: number }[];
  /** Takes every record id out of the table: they are another account's or object's (rules R20, R22). */
  clearIds(): void;
  /** Status column: rows not named keep what they show only if `keepOthers`. */
  writeStatuses(statuses: readonly StatusWrite[], keepOthers: boolean): void;
}
