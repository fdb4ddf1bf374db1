import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { isJsonObject, type Json, type JsonObject, tagOf } from "../json";
import {
  DEFAULT_FETCH_TIMEOUT_SECONDS,
  MAX_FETCH_BODY_BYTES,
  MAX_FETCH_HEADER_BYTES,
  MAX_FETCH_HEADERS,
  MAX_FETCH_URL_CHARACTERS,
} from "../limits";

/** A request as UrlFetchApp would send it. */
export interface FetchRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly followRedirects: boolean;
  readonly muteHttpExceptions: boolean;
  readonly timeoutMs: number;
}

const METHODS = new Set(["get", "delete", "patch", "post", "put", "head", "options"]);

/** Reads URL and options of UrlFetchApp.fetch; throws Google's texts for what it refuses. */
export function toFetchRequest(url: string, options: JsonObject): FetchRequest {
  if (url.length > MAX_FETCH_URL_CHARACTERS) {
    throw new ServiceError(ERROR_TEXTS.urlTooLong);
  }
  const method = String(options.method ?? "get").toLowerCase();
  if (!METHODS.has(method)) {
    throw new ServiceError(ERROR_TEXTS.attributeInvalid("method"));
  }
  const payload = toPayload(options.payload ?? null);
  const headers = toHeaders(options, payload);
  if (payload !== null && payload.body.length > MAX_FETCH_BODY_BYTES) {
    throw new ServiceError(ERROR_TEXTS.fetchBodyTooLong);
  }
  // assumed: a payload without a method is posted.
  const verb = payload !== null && options.method === undefined ? "post" : method;
  return {
    url: toUrl(url),
    method: verb.toUpperCase(),
    headers,
    body: payload?.body ?? null,
    followRedirects: options.followRedirects !== false,
    muteHttpExceptions: options.muteHttpExceptions === true,
    timeoutMs: Number(options.timeoutSeconds ?? DEFAULT_FETCH_TIMEOUT_SECONDS) * 1_000,
  };
}

function toUrl(text: string): URL {
  try {
    const url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (url.protocol === "http:" || url.protocol === "https:") {
      return url;
    }
  } catch {
    // Reported below, as every other unusable address.
  }
  throw new ServiceError(ERROR_TEXTS.invalidUrl(text));
}

interface Payload {
  readonly body: Buffer;
  readonly contentType: string;
}

const FORM = "application/x-www-form-urlencoded";

/** Strings and bytes go as they are, objects as a form. */
function toPayload(payload: Json): Payload | null {
  if (payload === null) {
    return null;
  }
  if (isJsonObject(payload)) {
    if (tagOf(payload) === "Blob") {
      const contentType = typeof payload.contentType === "string" ? payload.contentType : FORM;
      return { body: Buffer.from(String(payload.latin1), "latin1"), contentType };
    }
    const form = new URLSearchParams();
    for (const [key, value] of Object.entries(payload)) {
      if (isJsonObject(value)) {
        throw new ServiceError(ERROR_TEXTS.notEmulated("multipart payload"), "Error");
      }
      form.append(key, String(value));
    }
    return { body: Buffer.from(form.toString(), "utf8"), contentType: FORM };
  }
  return { body: Buffer.from(String(payload), "utf8"), contentType: FORM };
}

function toHeaders(options: JsonObject, payload: Payload | null): Record<string, string> {
  const given = options.headers ?? {};
  if (!isJsonObject(given)) {
    throw new ServiceError(ERROR_TEXTS.attributeInvalid("headers"));
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    headers[name] = String(value);
  }
  const size = Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (Object.keys(headers).length > MAX_FETCH_HEADERS || size > MAX_FETCH_HEADER_BYTES) {
    throw new ServiceError(ERROR_TEXTS.fetchHeadersTooLong);
  }
  const named = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  const contentType = options.contentType;
  if (payload !== null && (typeof contentType === "string" || !named)) {
    headers["Content-Type"] = typeof contentType === "string" ? contentType : payload.contentType;
  }
  return headers;
}
