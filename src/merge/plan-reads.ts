import type { RecordId } from "../domain/record";
import { isPending, type Row } from "../domain/row";
import type { Field } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import { toCrmValue } from "../domain/to-crm-value";
import type { CrmValue } from "../domain/value";
import type { Zone } from "../domain/zone";
import type { PlanField } from "./plan-field";
import { type RowKey, readRowKey } from "./row-key";

/** What a plan still has to ask the CRM before rows can be matched. */
export interface PlanReads {
  /** Linked ids that were not seen: absence from a list is no proof, so they are read by id. */
  readonly ids: readonly RecordId[];
  /** Keys of rows without id, in wire form, by canonical key. */
  readonly keys: ReadonlyMap<RowKey, CrmValue>;
}

/** Ids to verify and keys to look up. */
export function planReads(
  rows: readonly Row[],
  snapshot: Snapshot,
  known: ReadonlySet<RecordId>,
  key: { readonly field: Field | null; readonly zone: Zone },
): PlanReads {
  const ids = new Set<RecordId>();
  const keys = new Map<RowKey, CrmValue>();
  for (const row of rows) {
    if (row.recordId !== "") {
      if (!isPending(row.recordId) && !known.has(row.recordId)) ids.add(row.recordId);
      continue;
    }
    const cell = key.field ? row.cells[key.field.name] : undefined;
    if (!key.field || !cell) continue;
    const read = readRowKey(key.field, cell, key.zone);
    const wire = toCrmValue(key.field, cell.value, key.zone);
    if (read.kind === "key" && read.key !== "" && wire.kind === "value") keys.set(read.key, wire.value);
  }
  for (const id of snapshot.keys()) if (!known.has(id)) ids.add(id);
  return { ids: [...ids], keys };
}

/** Did the id column lose more than half of its ids while the rows still stand (rule R18)? */
export function idColumnEmptied(rows: readonly Row[], snapshot: Snapshot, fields: readonly PlanField[]): boolean {
  if (snapshot.size < MIN_PAIRS) return false;
  const withId = rows.filter((row) => row.recordId !== "").length;
  const filledWithout = rows.filter(
    (row) =>
      row.recordId === "" && fields.some(({ field }) => (row.cells[field.name]?.value.kind ?? "blank") !== "blank"),
  ).length;
  return withId < snapshot.size / 2 && filledWithout > snapshot.size / 2;
}

/** Below this a few deleted ids are an ordinary edit, which R24 settles row by row. */
const MIN_PAIRS = 4;
