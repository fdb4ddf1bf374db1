import { SyncError } from "../../domain/errors";
import type { Http, HttpRequest, HttpResponse } from "../../ports/http";
import { FETCH_TIMEOUT_SECONDS } from "./assumed";

type Options = GoogleAppsScript.URL_Fetch.URLFetchRequestOptions;
type Response = GoogleAppsScript.URL_Fetch.HTTPResponse;

/** Google's table of quotas allows 2 KB. */
const MAX_URL_CHARACTERS = 2_000;

const TRY_LATER = "Try again later.";

/**
 * HTTP by UrlFetchApp. Every status is an answer. Throws `retryable` `timeout` or `network`, `fatal` `fetch-quota` when
 * the user's requests of the day are used up, and `bug` for an address that is too long.
 */
export function createHttp(): Http {
  return {
    send(request) {
      const options = toOptions(request);
      return toResponse(guard(() => UrlFetchApp.fetch(request.url, options)));
    },
    sendAll(requests) {
      if (requests.length === 0) return [];
      const all = requests.map((request) => ({ ...toOptions(request), url: request.url }));
      return guard(() => UrlFetchApp.fetchAll(all)).map(toResponse);
    },
  };
}

function toOptions(request: HttpRequest): Options {
  if (request.url.length > MAX_URL_CHARACTERS) {
    throw new SyncError("bug", "url-too-long", `The address of a request has ${request.url.length} characters.`);
  }
  const headers: Record<string, string> = {};
  let contentType: string | null = null;
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.toLowerCase() === "content-type") contentType = value;
    else headers[name] = value;
  }
  // The service's own limit (360 s) is the life of a whole execution: a request that hangs must end before.
  const options: Options & { timeoutSeconds: number } = {
    method: request.method.toLowerCase() as NonNullable<Options["method"]>,
    headers,
    muteHttpExceptions: true,
    followRedirects: false,
    timeoutSeconds: FETCH_TIMEOUT_SECONDS,
  };
  if (request.body !== null) options.payload = request.body;
  if (contentType !== null) options.contentType = contentType;
  return options;
}

function toResponse(response: Response): HttpResponse {
  const headers: Record<string, string> = {};
  const all = response.getAllHeaders() as Record<string, string | readonly string[]>;
  for (const [name, value] of Object.entries(all)) {
    headers[name.toLowerCase()] = typeof value === "string" ? value : value.join(", ");
  }
  return { status: response.getResponseCode(), headers, body: response.getContentText() };
}

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toHttpError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Texts of the service are not documented as stable: what is not known counts as a fault of the network. */
function toHttpError(message: string): SyncError {
  if (/invoked too many times/i.test(message)) {
    if (/short time/i.test(message)) {
      return new SyncError("retryable", "network", "Too many requests in a short time.", {
        hint: TRY_LATER,
        retryAfterMs: 1_000,
      });
    }
    return new SyncError("fatal", "fetch-quota", "Google's daily number of web requests is used up.", {
      hint: "Go on tomorrow.",
    });
  }
  if (/time(d)?\s?-?out|deadline exceeded/i.test(message)) {
    return new SyncError("retryable", "timeout", `No answer within ${FETCH_TIMEOUT_SECONDS} seconds.`, {
      hint: TRY_LATER,
    });
  }
  return new SyncError("retryable", "network", `The CRM could not be reached: ${withoutAddress(message)}`, {
    hint: TRY_LATER,
  });
}

/** An address may hold record keys. */
function withoutAddress(message: string): string {
  return message.replace(/(https?:\/\/[^/\s?]+)[^\s]*/g, "$1").slice(0, 200);
}
