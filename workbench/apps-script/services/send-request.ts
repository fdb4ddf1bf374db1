import http from "node:http";
import https from "node:https";
import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { MAX_FETCH_REDIRECTS } from "../limits";
import type { FetchRequest } from "./fetch-request";

export interface FetchAnswer {
  readonly status: number;
  /** As sent; a repeated header is a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** Where requests really go. */
export interface FetchRoute {
  /** Real host -> origin of its sandbox; a name may start with "*." */
  readonly hosts: Readonly<Record<string, string>>;
  /** Virtual clock, sent to the sandbox; null in live mode. */
  readonly clockMs: number | null;
  /** Real time after which a request is given up, ms. */
  readonly patienceMs: number;
}

/** Kept connections are for requests that may go out twice: see `sendOnce`. */
const keptConnections = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: 64 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: 64 }),
} as const;

const REPEATABLE: readonly string[] = ["GET", "HEAD"];

/** A request is given up after so many quiet turns of the event loop: a turn that took long counts once. */
const PATIENCE_TURNS = 20;

/** No answer came in time. On a virtual clock the caller adds the time that the real service would have waited. */
export class FetchTimeout extends ServiceError {}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Sends a request to the sandbox of its host and follows redirects between mapped hosts. */
export async function sendRequest(request: FetchRequest, route: FetchRoute): Promise<FetchAnswer> {
  let current = request;
  for (let hops = 0; hops <= MAX_FETCH_REDIRECTS; hops++) {
    const answer = await sendOnce(current, route);
    const location = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === "location")?.[1];
    if (!request.followRedirects || !REDIRECTS.includes(answer.status) || typeof location !== "string") {
      return answer;
    }
    current = redirected(current, answer.status, new URL(location, current.url));
  }
  throw new ServiceError(ERROR_TEXTS.addressUnavailable(request.url.href));
}

function redirected(request: FetchRequest, status: number, url: URL): FetchRequest {
  const keepsMethod = status === 307 || status === 308 || request.method === "GET" || request.method === "HEAD";
  const base = keepsMethod ? request : { ...request, method: "GET", body: null };
  if (url.host === request.url.host) {
    return { ...base, url };
  }
  const headers = Object.fromEntries(
    Object.entries(base.headers).filter(([name]) => name.toLowerCase() !== "authorization"),
  );
  return { ...base, url, headers };
}

/** Origin of the sandbox that stands for a host; undefined: the host cannot be reached. */
function sandboxOrigin(hosts: Readonly<Record<string, string>>, host: string): string | undefined {
  const exact = hosts[host];
  if (exact !== undefined) {
    return exact;
  }
  const wildcard = Object.keys(hosts).find((name) => name.startsWith("*.") && host.endsWith(name.slice(1)));
  return wildcard === undefined ? undefined : hosts[wildcard];
}

function sendOnce(request: FetchRequest, route: FetchRoute): Promise<FetchAnswer> {
  const origin = sandboxOrigin(route.hosts, request.url.host);
  if (origin === undefined || request.url.protocol !== "https:") {
    return Promise.reject(new ServiceError(ERROR_TEXTS.dnsError(request.url.href)));
  }
  const target = new URL(request.url.pathname + request.url.search, origin);
  const client = target.protocol === "https:" ? https : http;
  const headers: Record<string, string> = {
    "User-Agent": "Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com)",
    "Accept-Encoding": "identity",
    ...request.headers,
    "X-Forwarded-Host": request.url.host,
    ...(route.clockMs === null ? {} : { "X-Workbench-Now": String(Math.floor(route.clockMs)) }),
    ...(request.body === null ? {} : { "Content-Length": String(request.body.length) }),
  };
  // A kept connection may break just when it is used, and nobody knows how much of the request arrived. So only what may
  // go out twice uses one; everything else gets a connection of its own and goes out once.
  const repeatable = REPEATABLE.includes(request.method);
  return new Promise((resolve, reject) => {
    const agent = repeatable && keptConnections[target.protocol === "https:" ? "https:" : "http:"];
    const outgoing = client.request(target, { method: request.method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        patience.renew();
      });
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: collectHeaders(incoming.rawHeaders),
          body: Buffer.concat(chunks),
        }),
      );
      incoming.on("error", () => reject(unavailable(request)));
    });
    const patience = giveUpAfter(
      route.patienceMs,
      outgoing,
      new FetchTimeout(ERROR_TEXTS.fetchTimeout(request.url.href)),
    );
    outgoing.on("error", (fault) => {
      if (repeatable && outgoing.reusedSocket && (fault as NodeJS.ErrnoException).code === "ECONNRESET") {
        sendOnce(request, route).then(resolve, reject);
      } else {
        reject(fault instanceof ServiceError ? fault : unavailable(request));
      }
    });
    outgoing.end(request.body ?? undefined);
  });
}

/**
 * Ends a request that heard nothing for so long. Counted in turns of the event loop, because a sandbox in this process and a
 * busy machine hold up the answer and the timer alike.
 */
function giveUpAfter(
  patienceMs: number,
  outgoing: http.ClientRequest,
  reason: FetchTimeout,
): { readonly renew: () => void } {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
    if (turns >= PATIENCE_TURNS) {
      outgoing.destroy(reason);
    }
  }, patienceMs / PATIENCE_TURNS);
  outgoing.on("close", () => clearInterval(timer));
  return {
    renew: () => {
      turns = 0;
    },
  };
}

const unavailable = (request: FetchRequest): ServiceError =>
  new ServiceError(ERROR_TEXTS.addressUnavailable(request.url.href));

function collectHeaders(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const old = headers[name];
    headers[name] = old === undefined ? value : [...(Array.isArray(old) ? old : [old]), value];
  }
  return headers;
}
