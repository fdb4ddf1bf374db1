import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { MetadataEntry, MetadataPlace } from "../grid/metadata-entry";
import type { Workbook } from "../grid/workbook";
import {
  alter,
  alterSelf,
  inspect,
  lookup,
  type MethodTable,
  SELF,
  type ServiceCall,
  type ServiceMethod,
} from "../host/service-method";
import { isJsonObject, type Json, type JsonObject, TYPE_TAG, tagOf } from "../json";
import { enumWire, rangeWire, sheetWire, spreadsheetWire, tabOf, targetOf, workbookOf } from "./wire-objects";

const entryWire = (workbook: Workbook, entry: MetadataEntry): Json => ({
  [TYPE_TAG]: "DeveloperMetadata",
  file: workbook.id,
  id: entry.id,
});

/** Place that a Spreadsheet, Sheet or whole-row/whole-column Range stands for; throws for other ranges. */
function placeOf(call: ServiceCall, wire: JsonObject = call.self): MetadataPlace {
  switch (tagOf(wire)) {
    case "Spreadsheet":
      return { kind: "SPREADSHEET" };
    case "Sheet":
      return { kind: "SHEET", tabId: tabOf(call, wire).id };
    default: {
      const { tab, rect } = targetOf(call, wire);
      if (rect.rows === 1 && rect.columns === tab.columnCount) {
        return { kind: "ROW", tabId: tab.id, position: rect.row };
      }
      if (rect.columns === 1 && rect.rows === tab.rowCount) {
        return { kind: "COLUMN", tabId: tab.id, position: rect.column };
      }
      throw new ServiceError(ERROR_TEXTS.metadataPlace);
    }
  }
}

/** addDeveloperMetadata(key), (key, visibility), (key, value), (key, value, visibility). */
function add(call: ServiceCall): void {
  const second = call.args.at(1);
  const visibilityAt = isJsonObject(second) ? 1 : 2;
  const visibility = call.args.has(visibilityAt)
    ? call.args.enumName(visibilityAt, "DeveloperMetadataVisibility")
    : "DOCUMENT";
  workbookOf(call).addMetadata({
    key: call.args.string(0),
    value: visibilityAt === 1 ? null : call.args.optionalString(1),
    visibility: visibility === "PROJECT" ? "PROJECT" : "DOCUMENT",
    place: placeOf(call),
  });
}

const isSamePlace = (one: MetadataPlace, other: MetadataPlace): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether a place lies on the object: for a range, the rows or columns it wholly contains. */
function liesWithin(call: ServiceCall, place: MetadataPlace): boolean {
  switch (tagOf(call.self)) {
    case "Spreadsheet":
      return true;
    case "Sheet":
      return place.kind !== "SPREADSHEET" && place.tabId === tabOf(call).id;
    default: {
      const { tab, rect } = targetOf(call);
      if (place.kind === "COLUMN") {
        return place.tabId === tab.id && place.position >= rect.column && place.position < rect.column + rect.columns;
      }
      return (
        place.kind === "ROW" &&
        place.tabId === tab.id &&
        place.position >= rect.row &&
        place.position < rect.row + rect.rows
      );
    }
  }
}

const find = inspect((call) => {
  const workbook = workbookOf(call);
  const conditions = (call.self.conditions ?? {}) as JsonObject;
  const within = isJsonObject(conditions.scope) ? conditions.scope : {};
  const scoped: ServiceCall = { ...call, self: within };
  const location = conditions.location;
  return workbook.metadata
    .filter((entry) => conditions.key === undefined || entry.key === conditions.key)
    .filter((entry) => conditions.value === undefined || entry.value === conditions.value)
    .filter((entry) => conditions.id === undefined || entry.id === conditions.id)
    .filter((entry) => conditions.visibility === undefined || entry.visibility === conditions.visibility)
    .filter((entry) => location === undefined || entry.place.kind === location)
    .filter((entry) => liesWithin(scoped, entry.place))
    .map((entry) => entryWire(workbook, entry));
});

/** A finder with one more condition: finders are values, the object on the wire holds the conditions. */
const condition = (name: string, valueFor: (call: ServiceCall) => Json): ServiceMethod =>
  lookup((call) => {
    const conditions = { ...(call.self.conditions as JsonObject), [name]: valueFor(call) };
    return { ...call.self, conditions };
  });

function entryOf(call: ServiceCall): MetadataEntry {
  const entry = workbookOf(call).metadata.find(({ id }) => id === call.self.id);
  if (entry === undefined) {
    throw new ServiceError(ERROR_TEXTS.metadataGone);
  }
  return entry;
}

const change = (edit: (entry: MetadataEntry, call: ServiceCall) => MetadataEntry): ServiceMethod =>
  alterSelf((call) => workbookOf(call).changeMetadata(entryOf(call).id, (entry) => edit(entry, call)));

const moveTo = change((entry, call) => ({ ...entry, place: placeOf(call, call.args.object(0)) }));

function locationRange(call: ServiceCall): Json {
  const workbook = workbookOf(call);
  const { place } = entryOf(call);
  if (place.kind !== "ROW" && place.kind !== "COLUMN") {
    return null;
  }
  const tab = workbook.tab(place.tabId);
  const rect =
    place.kind === "ROW"
      ? { row: place.position, column: 1, rows: 1, columns: tab.columnCount }
      : { row: 1, column: place.position, rows: tab.rowCount, columns: 1 };
  return rangeWire(workbook, tab, rect);
}

const ofPlace: MethodTable = Object.fromEntries(
  ["Spreadsheet", "Sheet", "Range"].flatMap((type) => [
    [`${type}.addDeveloperMetadata`, alterSelf(add)],
    [
      `${type}.getDeveloperMetadata`,
      inspect((call) => {
        const workbook = workbookOf(call);
        const place = placeOf(call);
        return workbook.metadata
          .filter((entry) => isSamePlace(entry.place, place))
          .map((entry) => entryWire(workbook, entry));
      }),
    ],
    [
      `${type}.createDeveloperMetadataFinder`,
      lookup((call) => ({
        [TYPE_TAG]: "DeveloperMetadataFinder",
        file: workbookOf(call).id,
        conditions: { scope: call.self },
      })),
    ],
  ]),
);

/** Developer metadata: adding, finding, moving and removing. */
export const developerMetadataMethods: MethodTable = {
  ...ofPlace,
  "DeveloperMetadataFinder.find": find,
  "DeveloperMetadataFinder.withKey": condition("key", (call) => call.args.string(0)),
  "DeveloperMetadataFinder.withValue": condition("value", (call) => call.args.string(0)),
  "DeveloperMetadataFinder.withId": condition("id", (call) => call.args.integer(0)),
  "DeveloperMetadataFinder.withVisibility": condition("visibility", (call) =>
    call.args.enumName(0, "DeveloperMetadataVisibility"),
  ),
  "DeveloperMetadataFinder.withLocationType": condition("location", (call) =>
    call.args.enumName(0, "DeveloperMetadataLocationType"),
  ),
  "DeveloperMetadataFinder.onIntersectingLocations": lookup(() => SELF),
  "DeveloperMetadata.getId": lookup((call) => entryOf(call).id),
  "DeveloperMetadata.getKey": lookup((call) => entryOf(call).key),
  "DeveloperMetadata.getValue": lookup((call) => entryOf(call).value),
  "DeveloperMetadata.getVisibility": lookup((call) =>
    enumWire("DeveloperMetadataVisibility", entryOf(call).visibility),
  ),
  "DeveloperMetadata.setKey": change((entry, call) => ({ ...entry, key: call.args.string(0) })),
  "DeveloperMetadata.setValue": change((entry, call) => ({ ...entry, value: call.args.string(0) })),
  "DeveloperMetadata.setVisibility": change((entry, call) => ({
    ...entry,
    visibility: call.args.enumName(0, "DeveloperMetadataVisibility") === "PROJECT" ? "PROJECT" : "DOCUMENT",
  })),
  "DeveloperMetadata.moveToColumn": moveTo,
  "DeveloperMetadata.moveToRow": moveTo,
  "DeveloperMetadata.moveToSheet": moveTo,
  "DeveloperMetadata.moveToSpreadsheet": change((entry) => ({ ...entry, place: { kind: "SPREADSHEET" } })),
  "DeveloperMetadata.remove": alter((call) => {
    workbookOf(call).changeMetadata(entryOf(call).id, () => null);
    return null;
  }),
  "DeveloperMetadata.getLocation": lookup((call) => {
    entryOf(call);
    return { ...call.self, [TYPE_TAG]: "DeveloperMetadataLocation" };
  }),
  "DeveloperMetadataLocation.getLocationType": lookup((call) =>
    enumWire("DeveloperMetadataLocationType", entryOf(call).place.kind),
  ),
  "DeveloperMetadataLocation.getColumn": lookup((call) =>
    entryOf(call).place.kind === "COLUMN" ? locationRange(call) : null,
  ),
  "DeveloperMetadataLocation.getRow": lookup((call) =>
    entryOf(call).place.kind === "ROW" ? locationRange(call) : null,
  ),
  "DeveloperMetadataLocation.getSheet": lookup((call) => {
    const { place } = entryOf(call);
    return place.kind === "SHEET" ? sheetWire(workbookOf(call), workbookOf(call).tab(place.tabId)) : null;
  }),
  "DeveloperMetadataLocation.getSpreadsheet": lookup((call) =>
    entryOf(call).place.kind === "SPREADSHEET" ? spreadsheetWire(workbookOf(call)) : null,
  ),
};
