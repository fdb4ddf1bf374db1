import type { FieldName, ObjectType } from "../../domain/schema";
import type { HubspotDesk } from "./hubspot-desk";
import { BATCH_SIZE } from "./hubspot-limits";
import { batchWire, parseWire, type RecordWire } from "./wire";

/** Inputs of a batch read. */
export interface BatchRead {
  readonly properties: readonly FieldName[];
  readonly ids: readonly string[];
  /** Unique property that the ids are values of; missing: record ids. */
  readonly idProperty?: FieldName;
}

/** Cuts a list into pieces of a size. */
export function toChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

/** Live records among the ids, by id; one call for 100. Results come in any order, misses are just missing. */
export function readLive(desk: HubspotDesk, type: ObjectType, read: BatchRead): ReadonlyMap<string, RecordWire> {
  return new Map(readBatches(desk, type, read).map((wire) => [String(wire.id), wire]));
}

/** All results of the batches that a read takes. */
export function readBatches(desk: HubspotDesk, type: ObjectType, read: BatchRead): readonly RecordWire[] {
  const { properties, idProperty } = read;
  return toChunks(read.ids, BATCH_SIZE).flatMap((ids) => {
    const inputs = ids.map((id) => ({ id }));
    const body = { properties, inputs, ...(idProperty === undefined ? {} : { idProperty }) };
    return parseWire(batchWire, desk.client.query(desk.endpoints.batch(type, "read"), body)).results;
  });
}
