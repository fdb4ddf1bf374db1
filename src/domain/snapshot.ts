import type { RecordId } from "./record";
import type { FieldName } from "./schema";
import type { CrmValue, EncodedValue } from "./value";

/** What both sides showed for one field after the last run. */
export interface Shadow {
  /** OA: what the sheet showed. */
  readonly sheet: EncodedValue;
  /** OB: what the CRM stored. */
  readonly crm: CrmValue;
  /** An undo left the two sides different on purpose: nobody takes the cell for an outdated label of the CRM's value (F1). */
  readonly apart?: true;
}

/** Shadows of one linked pair. A field without entry has no base (rule F6). */
export type PairShadows = Readonly<Record<FieldName, Shadow>>;

/** The base: shadows by record id. */
export type Snapshot = ReadonlyMap<RecordId, PairShadows>;

/** Changes to a base: null forgets the pair. A pair is replaced field by field. */
export type SnapshotDelta = ReadonlyMap<RecordId, PairShadows | null>;
