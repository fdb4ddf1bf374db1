import { type Json, TYPE_TAG } from "../json";
import { currentBridge, serviceError } from "./bridge";
import type { Encodable } from "./service-object";

/** Bytes as Apps Script shows them: -128..127. */
export type SignedBytes = readonly number[];

const CHUNK = 8_192;

/** Signed (or unsigned) bytes to a latin1 string, the form in which bytes leave the context. */
export function bytesToLatin1(bytes: SignedBytes): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.slice(start, start + CHUNK).map((byte) => byte & 0xff));
  }
  return text;
}

/** A latin1 string as signed bytes. */
export function latin1ToBytes(text: string): number[] {
  const bytes = new Array<number>(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = text.charCodeAt(index);
    bytes[index] = byte > 127 ? byte - 256 : byte;
  }
  return bytes;
}

export const utf8ToLatin1 = (text: string): string => currentBridge().compute("encode", text, "utf8");

export const latin1ToText = (latin1: string, charset: string): string =>
  currentBridge().compute("decode", latin1, charset);

/** The bytes behind a string or a byte array. */
export const toLatin1 = (data: string | SignedBytes): string =>
  typeof data === "string" ? utf8ToLatin1(data) : bytesToLatin1(data);

/** A blob of Apps Script: bytes with a content type and a name. */
export class Blob implements Encodable {
  constructor(
    private latin1: string,
    private contentType: string | null,
    private name: string | null,
  ) {}

  getBytes(): number[] {
    return latin1ToBytes(this.latin1);
  }

  setBytes(bytes: SignedBytes): this {
    this.latin1 = bytesToLatin1(bytes);
    return this;
  }

  getDataAsString(charset = "UTF-8"): string {
    return latin1ToText(this.latin1, charset);
  }

  setDataFromString(text: string, charset = "UTF-8"): this {
    this.latin1 = currentBridge().compute("encode", text, charset);
    return this;
  }

  getContentType(): string | null {
    return this.contentType;
  }

  setContentType(contentType: string | null): this {
    this.contentType = contentType;
    return this;
  }

  setContentTypeFromExtension(): this {
    throw serviceError("Error", "not emulated: Blob.setContentTypeFromExtension");
  }

  getName(): string | null {
    return this.name;
  }

  setName(name: string | null): this {
    this.name = name;
    return this;
  }

  copyBlob(): Blob {
    return new Blob(this.latin1, this.contentType, this.name);
  }

  isGoogleType(): boolean {
    return false;
  }

  toString(): string {
    return "Blob";
  }

  /** The bytes as a latin1 string, for other services of the context. */
  bytesAsLatin1(): string {
    return this.latin1;
  }

  toWire(): Json {
    return { [TYPE_TAG]: "Blob", latin1: this.latin1, contentType: this.contentType, name: this.name };
  }
}
