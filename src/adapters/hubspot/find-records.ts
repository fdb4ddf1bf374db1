import { SyncError } from "../../domain/errors";
import type { CrmRecord, KeyRead } from "../../domain/record";
import type { Field, FieldName, ObjectType } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import { ASSUMED } from "./assumed";
import type { HubspotDesk } from "./hubspot-desk";
import { SEARCH_BODY_CHARACTERS, SEARCH_DEPTH, SEARCH_SIZE } from "./hubspot-limits";
import { toKeyForm, toSearchForms } from "./key-form";
import { ADDITIONAL_EMAILS_PROPERTY } from "./object-facts";
import { readBatches } from "./read-batch";
import { searchAll, searchFirst } from "./search-records";
import { askedProperties, type RecordShape, toRecord } from "./to-record";
import type { RecordWire } from "./wire";

/** Keys that fit into one search, as a rough guess. */
const KEYS_PER_SEARCH = 70;

/** What a look-up by key works with. */
interface KeyQuery {
  readonly type: ObjectType;
  readonly shape: RecordShape;
  readonly keyField: FieldName;
  readonly field: Field;
  /** Distinct keys in the form that compares, without blanks, each as it was asked for. */
  readonly keys: ReadonlyMap<string, CrmValue>;
  readonly properties: readonly FieldName[];
}

/** Characters of a search body that are not values: names, brackets, paging; and the list of properties comes on top. */
const SEARCH_FRAME_CHARACTERS = 300;

/**
 * Every record that holds one of the keys. Unique keys: ceil(n/100) batch reads, which are consistent; for e-mail
 * addresses that no contact has as its first, a search of the additional ones. Other keys: searches, which lag.
 */
export function findRecords(
  desk: HubspotDesk,
  type: ObjectType,
  keyField: FieldName,
  asked: { readonly keys: readonly CrmValue[]; readonly fields: readonly FieldName[] },
): readonly KeyRead[] {
  const shape = desk.shape(type, asked.fields);
  const field = shape.findField(keyField);
  // Without the property nothing would be found, and everything would look new.
  if (!field) throw unknownKey(keyField);
  const form = (key: CrmValue): string => toKeyForm(field, key);
  const keys = new Map(asked.keys.map((key) => [form(key), key] as const).filter(([key]) => key !== ""));
  const extra = keyField === "email" ? [ADDITIONAL_EMAILS_PROPERTY] : [];
  const properties = askedProperties(shape.facts, [...asked.fields, keyField, ...extra]);
  const query: KeyQuery = { type, shape, keyField, field, keys, properties };

  const wires = field.unique ? findUnique(desk, query, asked.keys) : searchKeys(desk, query, keyField);
  const byKey = groupByKey(query, wires);
  return asked.keys.map((key) => ({ key, records: byKey.get(form(key)) ?? [] }));
}

function unknownKey(keyField: FieldName): SyncError {
  return new SyncError("config", "unknown-field", `HubSpot has no property ${keyField} any more.`, {
    hint: "Choose another key in the mapping.",
  });
}

function findUnique(desk: HubspotDesk, query: KeyQuery, asked: readonly CrmValue[]): readonly RecordWire[] {
  const { type, keyField, properties, keys } = query;
  // E-mail addresses are stored in lower case; other unique values are asked for as they are written.
  const ids =
    keyField === "email" ? [...keys.keys()] : [...new Set(asked.map((key) => key.trim()))].filter((key) => key !== "");
  if (ids.length === 0) return [];
  const found = readBatches(desk, type, { properties, ids, idProperty: keyField });
  if (keyField !== "email" || !ASSUMED.searchListPropertiesWithIn) return found;
  const held = new Set(found.flatMap((wire) => keysOf(query, wire)));
  const missed = { ...query, keys: new Map([...keys].filter(([key]) => !held.has(key))) };
  return [...found, ...findAdditional(desk, missed)];
}

/**
 * Contacts that have one of the keys as an additional address. Few contacts have any, so where the keys would take several
 * searches all such contacts are listed instead, once an execution, unless that takes more.
 */
function findAdditional(desk: HubspotDesk, query: KeyQuery): readonly RecordWire[] {
  const { type, properties, keys } = query;
  const searches = Math.ceil(keys.size / KEYS_PER_SEARCH);
  if (searches <= 1) return searchKeys(desk, query, ADDITIONAL_EMAILS_PROPERTY);
  const about = JSON.stringify([type, properties]);
  if (!desk.lists.has(about)) desk.lists.set(about, listAdditional(desk, query, searches));
  return desk.lists.get(about) ?? searchKeys(desk, query, ADDITIONAL_EMAILS_PROPERTY);
}

function listAdditional(desk: HubspotDesk, query: KeyQuery, searches: number): readonly RecordWire[] | null {
  const { type, properties } = query;
  const filters = [{ propertyName: ADDITIONAL_EMAILS_PROPERTY, operator: "HAS_PROPERTY" as const }];
  const body = { filterGroups: [{ filters }], properties };
  const first = searchFirst(desk, type, body);
  if (first === null || first.total <= first.wires.length) return first?.wires ?? [];
  const fits = first.total <= SEARCH_DEPTH - SEARCH_SIZE && first.total <= SEARCH_SIZE * searches;
  return fits ? searchAll(desk, type, body) : null;
}

/** Hits of searches for the keys in one property, cut to fit into the body of a search. */
function searchKeys(desk: HubspotDesk, query: KeyQuery, propertyName: FieldName): readonly RecordWire[] {
  const { type, properties } = query;
  const room = SEARCH_BODY_CHARACTERS - SEARCH_FRAME_CHARACTERS - JSON.stringify(properties).length;
  // A list of properties that leaves no room is read by id afterwards.
  const isLong = room < SEARCH_BODY_CHARACTERS / 2;
  const own = isLong ? [query.keyField] : properties;
  const space = SEARCH_BODY_CHARACTERS - SEARCH_FRAME_CHARACTERS - JSON.stringify(own).length;
  const values = [...new Set([...query.keys.values()].flatMap((key) => toSearchForms(query.field, key)))];
  const hits = fitting(values, space).flatMap((chunk) =>
    searchAll(desk, type, {
      filterGroups: [{ filters: [{ propertyName, operator: "IN", values: chunk }] }],
      properties: own,
    }),
  );
  if (!isLong || hits.length === 0) return hits;
  return readBatches(desk, type, { properties, ids: [...new Set(hits.map((hit) => String(hit.id)))] });
}

/** Pieces of the values whose JSON has at most so many characters. A value that fits into none is no key of a record. */
function fitting(values: readonly string[], characters: number): readonly (readonly string[])[] {
  const chunks: string[][] = [];
  let left = 0;
  for (const value of values) {
    const size = JSON.stringify(value).length + 1;
    if (size > characters) continue;
    if (left < size || chunks.length === 0) {
      chunks.push([]);
      left = characters;
    }
    chunks[chunks.length - 1]?.push(value);
    left -= size;
  }
  return chunks;
}

/** Keys by which a record is found now, in the form that compares. */
function keysOf(query: KeyQuery, wire: RecordWire): readonly string[] {
  const held = [wire.properties[query.keyField]];
  if (query.keyField === "email") held.push(...String(wire.properties[ADDITIONAL_EMAILS_PROPERTY] ?? "").split(";"));
  return held.map((value) => toKeyForm(query.field, String(value ?? ""))).filter((key) => key !== "");
}

/** Records by key; a search hit whose value has changed meanwhile falls out here. */
function groupByKey(query: KeyQuery, wires: readonly RecordWire[]): ReadonlyMap<string, readonly CrmRecord[]> {
  const byKey = new Map<string, Map<string, CrmRecord>>();
  for (const wire of wires) {
    for (const key of keysOf(query, wire)) {
      const records = byKey.get(key) ?? new Map<string, CrmRecord>();
      records.set(String(wire.id), toRecord(query.shape, wire));
      byKey.set(key, records);
    }
  }
  return new Map([...byKey].map(([key, records]) => [key, [...records.values()]]));
}
