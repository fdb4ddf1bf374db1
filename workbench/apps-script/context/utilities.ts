import { Blob, latin1ToBytes, type SignedBytes, toLatin1 } from "./blob";
import { callService, createNamespace, currentBridge, serviceError } from "./bridge";
import { type EnumValue, enumObject } from "./enum-value";
import { formatDate } from "./format-date";
import { formatString } from "./format-string";
import { parseCsv } from "./parse-csv";

const compute = (op: string, first: string, second = ""): string => currentBridge().compute(op, first, second);

function newBlob(data: string | SignedBytes, contentType?: string, name?: string): Blob {
  const type = contentType ?? (typeof data === "string" ? "text/plain" : null);
  return new Blob(toLatin1(data), type, name ?? null);
}

function blobBytes(source: unknown): string {
  if (source instanceof Blob) {
    return source.bytesAsLatin1();
  }
  if (typeof (source as { getBlob?: () => Blob } | null)?.getBlob === "function") {
    return (source as { getBlob: () => Blob }).getBlob().bytesAsLatin1();
  }
  throw serviceError("Exception", "Invalid argument: blob");
}

function gzip(blob: unknown, name?: string): Blob {
  const zipped = compute("gzip", blobBytes(blob));
  return new Blob(zipped, "application/x-gzip", name ?? "archive.gz");
}

function ungzip(blob: unknown): Blob {
  const plain = compute("ungzip", blobBytes(blob));
  if (plain.startsWith("!")) {
    throw serviceError("Exception", "Could not decompress gzip.");
  }
  return new Blob(plain.slice(1), null, null);
}

function base64Decode(text: string): number[] {
  const decoded = compute("base64-decode", String(text));
  if (decoded.startsWith("!")) {
    throw serviceError("Exception", "Could not decode string.");
  }
  return latin1ToBytes(decoded.slice(1));
}

const toWebSafe = (text: string): string => text.replace(/\+/g, "-").replace(/\//g, "_");

const digest = (algorithm: EnumValue, value: string | SignedBytes): number[] =>
  latin1ToBytes(compute("digest", toLatin1(value), algorithm.name()));

function hmac(algorithm: EnumValue, value: string | SignedBytes, key: string | SignedBytes): number[] {
  const keyed = `${algorithm.name()}:${toLatin1(key)}`;
  return latin1ToBytes(compute("hmac", toLatin1(value), keyed));
}

const encode64 = (data: string | SignedBytes): string => compute("base64-encode", toLatin1(data));

/** The global `Utilities`. */
export function createUtilities(): object {
  return createNamespace("Utilities", {
    Charset: enumObject("Charset"),
    DigestAlgorithm: enumObject("DigestAlgorithm"),
    MacAlgorithm: enumObject("MacAlgorithm"),
    sleep: (ms: number) => {
      callService("Utilities.sleep", ms);
    },
    getUuid: () => callService("Utilities.getUuid"),
    formatDate: (date: Date, timeZone: string, pattern: string) =>
      formatDate(date, timeZone, pattern, (ms) => Number(compute("offset", String(ms), timeZone))),
    formatString,
    parseCsv,
    newBlob,
    gzip,
    ungzip,
    base64Encode: encode64,
    base64EncodeWebSafe: (data: string | SignedBytes) => toWebSafe(encode64(data)),
    base64Decode,
    base64DecodeWebSafe: base64Decode,
    computeDigest: digest,
    computeHmacSha256Signature: (value: string | SignedBytes, key: string | SignedBytes) =>
      hmac(enumObject("MacAlgorithm").HMAC_SHA_256 as EnumValue, value, key),
    computeHmacSignature: hmac,
    jsonParse: (text: string) => JSON.parse(text) as unknown,
    jsonStringify: (value: unknown) => JSON.stringify(value),
  });
}
