import { createHmac } from "node:crypto";
import { validationError } from "./api-error";
import { assumed } from "./assumptions";

/** Paging cursor for the record that comes next: signed, so that callers cannot make one up from an id. */
export function toCursor(key: string, id: string): string {
  return `${Buffer.from(id).toString("base64url")}${sign(key, id)}`;
}

/** The id in a cursor. Throws 400 for a text this sandbox did not hand out. */
export function parseCursor(key: string, cursor: string): string {
  const id = Buffer.from(cursor.slice(0, -signatureLength), "base64url").toString();
  if (!/^\d+$/.test(id) || sign(key, id) !== cursor.slice(-signatureLength)) {
    throw validationError(assumed.listCursorMessage);
  }
  return id;
}

const signatureLength = 8;

function sign(key: string, id: string): string {
  return createHmac("sha256", key).update(id).digest("base64url").slice(0, signatureLength);
}
