import type { RecordId } from "./record";
import type { RowContent } from "./row";
import type { FieldName } from "./schema";
import type { CrmValue, EncodedValue } from "./value";

interface EffectBase {
  readonly recordId: RecordId;
  /** What people call the record. */
  readonly title: string;
}

/** A field that was written in the CRM. */
export interface FieldEffect extends EffectBase {
  readonly kind: "field";
  readonly field: FieldName;
  readonly before: CrmValue;
  /** What the CRM answered. */
  readonly after: CrmValue;
  /** What the cell showed. */
  readonly sheet: EncodedValue;
  /** `before` was somebody's change: the loser of a conflict (F5). */
  readonly loser: boolean;
}

/** A cell that was written in the sheet. */
export interface CellEffect extends EffectBase {
  readonly kind: "cell";
  readonly field: FieldName;
  readonly before: EncodedValue;
  /** What was read back. */
  readonly after: EncodedValue;
  /** The CRM value behind `after`. */
  readonly crm: CrmValue;
  /** `before` was typed by somebody: the loser of a conflict or of a one-way column (F2, F5). */
  readonly loser: boolean;
}

/** Something a run did, with what undo needs to take it back. Entries of the undo log. */
export type Effect =
  | FieldEffect
  | CellEffect
  /** `values`: mapped values as the CRM answered; `row`: mapped cells of the row. */
  | (EffectBase & {
      readonly kind: "created";
      readonly values: Readonly<Record<FieldName, CrmValue>>;
      readonly row: Readonly<Record<FieldName, EncodedValue>>;
    })
  /** `cells`: mapped cells as they were read back. */
  | (EffectBase & { readonly kind: "appended"; readonly cells: Readonly<Record<FieldName, EncodedValue>> })
  | (EffectBase & { readonly kind: "archived" })
  | (EffectBase & { readonly kind: "removed-row"; readonly content: RowContent })
  | (EffectBase & { readonly kind: "unlinked" })
  /** `before`: content of the id cell before; `""`: blank. */
  | (EffectBase & { readonly kind: "linked"; readonly before: string });

/** An effect as the undo log keeps it. */
export interface LoggedEffect {
  /** Stable: number of the intent and place under it, as in "12:0". */
  readonly id: string;
  readonly effect: Effect;
}
