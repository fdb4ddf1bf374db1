/** A JSON value: all that crosses between an execution and the host. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** Key that marks an object on the wire as a service object, date, enum or other special value. */
export const TYPE_TAG = "$type";

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The tag of a special value on the wire, or null for plain data. */
export function tagOf(value: unknown): string | null {
  if (!isJsonObject(value)) {
    return null;
  }
  const tag = value[TYPE_TAG];
  return typeof tag === "string" ? tag : null;
}
