import type { JsonObject } from "../json";
import { Blob, bytesToLatin1, latin1ToBytes, latin1ToText, type SignedBytes } from "./blob";
import { callService, createNamespace } from "./bridge";
import { defineReviver } from "./service-object";

class HTTPResponse {
  constructor(
    private readonly status: number,
    private readonly headers: Readonly<Record<string, string | readonly string[]>>,
    private readonly latin1: string,
  ) {}

  getResponseCode(): number {
    return this.status;
  }

  getContentText(charset?: string): string {
    const declared = /charset=([^;\s]+)/i.exec(this.contentType() ?? "")?.[1];
    return latin1ToText(this.latin1, charset ?? declared ?? "UTF-8");
  }

  getContent(): number[] {
    return latin1ToBytes(this.latin1);
  }

  getBlob(): Blob {
    return new Blob(this.latin1, this.contentType(), null);
  }

  getAs(): Blob {
    return this.getBlob();
  }

  /** One value per header; of a repeated header the last. */
  getHeaders(): Record<string, string> {
    const single: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.headers)) {
      single[name] = typeof value === "string" ? value : (value[value.length - 1] ?? "");
    }
    return single;
  }

  /** A repeated header is an array. */
  getAllHeaders(): Record<string, string | string[]> {
    const all: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(this.headers)) {
      all[name] = typeof value === "string" ? value : [...value];
    }
    return all;
  }

  toString(): string {
    return this.getContentText();
  }

  private contentType(): string | null {
    const name = Object.keys(this.headers).find((header) => header.toLowerCase() === "content-type");
    return name === undefined ? null : (this.getHeaders()[name] ?? null);
  }
}

interface FetchOptions {
  readonly payload?: unknown;
  readonly [name: string]: unknown;
}

/** Byte arrays leave the context as blobs: an array of numbers would be the slow way. */
function withBlobPayload(options: FetchOptions | undefined): FetchOptions {
  if (options === undefined || options === null) {
    return {};
  }
  return Array.isArray(options.payload)
    ? { ...options, payload: new Blob(bytesToLatin1(options.payload as SignedBytes), null, null) }
    : options;
}

/** The global `UrlFetchApp`. */
export function createUrlFetchApp(): object {
  defineReviver(
    "HTTPResponse",
    (wire: JsonObject) =>
      new HTTPResponse(
        Number(wire.status),
        wire.headers as unknown as Readonly<Record<string, string | readonly string[]>>,
        String(wire.latin1),
      ),
  );
  return createNamespace("UrlFetchApp", {
    fetch: (url: string, options?: FetchOptions) => callService("UrlFetchApp.fetch", url, withBlobPayload(options)),
    fetchAll: (requests: readonly (string | FetchOptions)[]) =>
      callService(
        "UrlFetchApp.fetchAll",
        requests.map((request) => (typeof request === "string" ? { url: request } : withBlobPayload(request))),
      ),
    getRequest: (url: string, options?: FetchOptions) =>
      callService("UrlFetchApp.getRequest", url, withBlobPayload(options)),
  });
}
