import type { FieldValue, SRow } from "../org";
import type { SField } from "../sobject-def";
import { Decimal } from "./json-text";
import { rowValue } from "./row-value";

/** A JSON object of an answer, in the order of its keys. */
export type JsonObject = Record<string, unknown>;

/** `{type, url}` that stands first in every row. */
function attributesOf(row: SRow, version: string): JsonObject {
  return { type: row.object, url: `/services/data/v${version}/sobjects/${row.object}/${row.id}` };
}

/** A row with these fields, in their order. */
export function toRowJson(row: SRow, fields: readonly SField[], version: string): JsonObject {
  const json: JsonObject = { attributes: attributesOf(row, version) };
  for (const field of fields) json[field.name] = toFieldJson(row, field);
  return json;
}

/** A value as answers show it: times end in `+0000`, numbers with decimals keep a `.0`. */
function toFieldJson(row: SRow, field: SField): unknown {
  const value = rowValue(row, field);
  if (typeof value !== "object" || value === null) return toJsonValue(field, value);
  return { ...value, latitude: toDecimal(value.latitude), longitude: toDecimal(value.longitude) };
}

function toJsonValue(field: SField, value: FieldValue): unknown {
  switch (field.type) {
    case "datetime":
      return typeof value === "string" ? value.replace(/Z$/, "+0000") : value;
    case "double":
    case "currency":
    case "percent":
      return toDecimal(value);
    default:
      return value;
  }
}

function toDecimal(value: FieldValue): unknown {
  return typeof value === "number" ? new Decimal(value) : value;
}
