import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { OpenEnds } from "../grid/a1-notation";
import type { MetadataEntry, MetadataPlace } from "../grid/metadata-entry";
import type { Workbook } from "../grid/workbook";
import {
  alter,
  alterSelf,
  inspect,
  lookup,
  type MethodTable,
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

/** Place that a Spreadsheet, Sheet or whole-row/whole-column Range stands for; null for other ranges. */
function placeOf(call: ServiceCall, wire: JsonObject = call.self): MetadataPlace | null {
  switch (tagOf(wire)) {
    case "Spreadsheet":
      return { kind: "SPREADSHEET" };
    case "Sheet":
      return { kind: "SHEET", tabId: tabOf(call, wire).id };
    default:
      return placeOfRange(call, wire);
  }
}

/** assumed: a range that covers a row or column is "entire", whether or not its A1 text names both ends. */
function placeOfRange(call: ServiceCall, wire: JsonObject): MetadataPlace | null {
  const { tab, rect } = targetOf(call, wire);
  if (rect.rows === 1 && rect.columns === tab.columnCount) {
    return { kind: "ROW", tabId: tab.id, position: rect.row };
  }
  return rect.columns === 1 && rect.rows === tab.rowCount
    ? { kind: "COLUMN", tabId: tab.id, position: rect.column }
    : null;
}

function requirePlace(call: ServiceCall, wire: JsonObject = call.self): MetadataPlace {
  const place = placeOf(call, wire);
  if (place === null) {
    throw new ServiceError(ERROR_TEXTS.metadataPlace);
  }
  return place;
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
    place: requirePlace(call),
  });
}

const isSamePlace = (one: MetadataPlace, other: MetadataPlace | null): boolean =>
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

/** find(): the conditions are the calls that were made on the finder, later ones replacing earlier ones. */
const find = inspect((call) => {
  const workbook = workbookOf(call);
  const calls = call.args.array(0) as unknown as readonly { readonly name: string; readonly args: readonly Json[] }[];
  const wanted = new Map(calls.map(({ name, args: [value] }) => [name, isJsonObject(value) ? value.name : value]));
  const fits = (condition: string, value: Json): boolean => !wanted.has(condition) || wanted.get(condition) === value;
  const scoped: ServiceCall = { ...call, self: call.self.scope as JsonObject };
  return workbook.metadata
    .filter(
      (entry) =>
        fits("withKey", entry.key) &&
        fits("withValue", entry.value) &&
        fits("withId", entry.id) &&
        fits("withVisibility", entry.visibility) &&
        fits("withLocationType", entry.place.kind) &&
        liesWithin(scoped, entry.place),
    )
    .map((entry) => entryWire(workbook, entry));
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

const moveTo = change((entry, call) => ({ ...entry, place: requirePlace(call, call.args.object(0)) }));

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
  const open: OpenEnds = place.kind === "ROW" ? { rows: "no", columns: "all" } : { rows: "all", columns: "no" };
  return rangeWire(workbook, tab, rect, open);
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
        scope: call.self,
      })),
    ],
  ]),
);

/** Developer metadata: adding, finding, moving and removing. */
export const developerMetadataMethods: MethodTable = {
  ...ofPlace,
  "DeveloperMetadataFinder.find": find,
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
