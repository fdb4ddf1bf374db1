import type { CrmRecord } from "../../domain/record";
import type { Field, FieldName } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import { normaliseValue } from "./normalise-value";
import { MERGED_IDS_PROPERTY, type ObjectFacts } from "./object-facts";
import type { RecordWire } from "./wire";

/** What turning an answer into records needs to know. */
export interface RecordShape {
  readonly facts: ObjectFacts;
  readonly findField: (name: FieldName) => Field | null;
  /** Fields to keep; null: all that the answer holds. */
  readonly fields: readonly FieldName[] | null;
}

/** A record of an answer with the fields that were asked for. */
export function toRecord(shape: RecordShape, wire: RecordWire): CrmRecord {
  const held = new Map(Object.entries(wire.properties));
  const values: Record<FieldName, CrmValue> = {};
  for (const name of shape.fields ?? held.keys()) {
    if (held.has(name)) values[name] = normaliseValue(shape.findField(name), held.get(name));
  }
  return { id: String(wire.id), values, modifiedMs: toModifiedMs(shape, wire), mergedIds: toMergedIds(wire) };
}

function toModifiedMs(shape: RecordShape, wire: RecordWire): number {
  const told = normaliseValue(null, wire.properties[shape.facts.modifiedProperty]) || (wire.updatedAt ?? "");
  const ms = /^\d+$/.test(told) ? Number(told) : Date.parse(told);
  return Number.isNaN(ms) ? 0 : ms;
}

/** Ids that were merged into a record of an answer. */
function toMergedIds(wire: RecordWire): readonly string[] {
  return normaliseValue(null, wire.properties[MERGED_IDS_PROPERTY])
    .split(";")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}

/** Records of an answer by each id that was merged into them. */
export function byMergedId(wires: readonly RecordWire[]): ReadonlyMap<string, RecordWire> {
  return new Map(wires.flatMap((wire) => toMergedIds(wire).map((id) => [id, wire] as const)));
}

/** Properties to ask for: the caller's, the modified date and the merged ids, each once. */
export function askedProperties(facts: ObjectFacts, fields: readonly FieldName[]): readonly FieldName[] {
  return [...new Set([...fields, facts.modifiedProperty, MERGED_IDS_PROPERTY])];
}
