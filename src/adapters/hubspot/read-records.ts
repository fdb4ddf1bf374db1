import type { RecordRead } from "../../domain/record";
import type { FieldName, ObjectType } from "../../domain/schema";
import { findSurvivors } from "./find-survivors";
import type { HubspotDesk } from "./hubspot-desk";
import { readLive } from "./read-batch";
import { askedProperties, byMergedId, toRecord } from "./to-record";

/** Ids of HubSpot are numbers; anything else would fail a whole batch. */
const RECORD_ID = /^[1-9]\d{0,18}$/;

/**
 * One answer per id. A merged record is found where the answer holds its survivor, or by a look-up of its own. Calls for n ids, of which m are not found: ceil(n/100), and for the m: ceil(m/100) reads of the
 * recycle bin, at most 5 single reads or one search a hundred for those that are not there either (they may have been
 * merged), and one read a hundred to confirm what a search found.
 */
export function readRecords(
  desk: HubspotDesk,
  type: ObjectType,
  fields: readonly FieldName[],
  ids: readonly string[],
): readonly RecordRead[] {
  const asked = [...new Set(ids)];
  const possible = asked.filter((id) => RECORD_ID.test(id));
  const shape = desk.shape(type, fields);
  const properties = askedProperties(shape.facts, fields);
  const live = readLive(desk, type, { properties, ids: possible });
  const merged = byMergedId([...live.values()]);
  const missing = possible.filter((id) => !live.has(id) && !merged.has(id));
  const survivors = findSurvivors(desk, type, { properties, ids: missing });
  return asked.map((askedId): RecordRead => {
    const found = live.get(askedId);
    if (found) return { kind: "found", askedId, record: toRecord(shape, found) };
    const survivor = merged.get(askedId) ?? survivors.get(askedId);
    if (!survivor) return { kind: "gone", askedId };
    const record = toRecord(shape, survivor);
    return record.id === askedId ? { kind: "found", askedId, record } : { kind: "merged", askedId, record };
  });
}
