import { canonicalKey } from "../domain/canonical-key";
import type { RecordId } from "../domain/record";
import { isPending, isUnlinked, type Row } from "../domain/row";
import type { Field } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import { toCrmValue } from "../domain/to-crm-value";
import { type CrmValue, isEncodedAs } from "../domain/value";
import type { Zone } from "../domain/zone";
import { needsRead, rowsById } from "./base-records";
import type { PlanField } from "./plan-field";
import type { RowKey } from "./row-key";

/** What a plan still has to ask the CRM before rows can be matched. */
export interface PlanReads {
  /** Linked ids that were not seen: absence from a list is no proof, so they are read by id. */
  readonly ids: readonly RecordId[];
  /** Keys of rows without id, and keys that were edited in linked rows (R15), in wire form, by canonical key. */
  readonly keys: ReadonlyMap<RowKey, CrmValue>;
}

/** How the CRM was read, and the key of the mapping. */
export interface ReadQuestion {
  readonly field: Field | null;
  readonly zone: Zone;
  /**
   * The reading brought what changed and not everything: linked ids are read only where what the base remembers is not
   * enough (`needsRead`), and pairs whose row is gone.
   */
  readonly linkedFromBase?: boolean;
  /** Mapped fields; without them every id is read. */
  readonly fields?: readonly PlanField[];
}

/** Ids to verify and keys to look up. */
export function planReads(
  rows: readonly Row[],
  snapshot: Snapshot,
  known: ReadonlySet<RecordId>,
  question: ReadQuestion,
): PlanReads {
  const ids = new Set<RecordId>();
  const linked = rowsById(rows);
  for (const [id, same] of linked) {
    if (isPending(id) || known.has(id)) continue;
    const { fields } = question;
    const spared = question.linkedFromBase && fields && !needsRead(same, snapshot.get(id), fields);
    if (!spared) ids.add(id);
  }
  for (const id of snapshot.keys()) if (!known.has(id) && !linked.has(id)) ids.add(id);
  return { ids: [...ids], keys: wantedKeys(rows, snapshot, question) };
}

function wantedKeys(
  rows: readonly Row[],
  snapshot: Snapshot,
  { field, zone }: ReadQuestion,
): ReadonlyMap<RowKey, CrmValue> {
  const keys = new Map<RowKey, CrmValue>();
  if (!field) return keys;
  for (const row of rows) {
    const cell = row.cells[field.name];
    if (!cell) continue;
    // Tokens and ids of unlinked rows are none that the base knows.
    const shadow = row.recordId === "" ? null : snapshot.get(row.recordId)?.[field.name];
    if (shadow === undefined || (shadow && isEncodedAs(cell.value, shadow.sheet))) continue;
    const wire = toCrmValue(field, cell.value, zone);
    if (wire.kind !== "value") continue;
    const key = canonicalKey(field, wire.value, zone);
    if (key !== "") keys.set(key, wire.value);
  }
  return keys;
}

/** Did the id column lose more than half of its ids while the rows still stand (rule R18)? */
export function idColumnEmptied(rows: readonly Row[], snapshot: Snapshot, fields: readonly PlanField[]): boolean {
  if (snapshot.size < MIN_PAIRS) return false;
  const withId = rows.filter((row) => row.recordId !== "" && !isUnlinked(row.recordId)).length;
  const filledWithout = rows.filter(
    (row) =>
      row.recordId === "" && fields.some(({ field }) => (row.cells[field.name]?.value.kind ?? "blank") !== "blank"),
  ).length;
  return withId < snapshot.size / 2 && filledWithout > snapshot.size / 2;
}

/** Below this a few deleted ids are an ordinary edit, which R24 settles row by row. */
const MIN_PAIRS = 4;
