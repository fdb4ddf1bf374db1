import { SyncError } from "../../domain/errors";
import type { Clock } from "../../ports/clock";
import type { Http } from "../../ports/http";
import { type RestAnswer, RestClient, type RestRequest } from "../rest/rest-client";
import { toHubspotError } from "./error-of-answer";
import { HubspotRatePolicy } from "./rate-policy";

export interface HubspotDeps {
  readonly http: Http;
  readonly clock: Clock;
  /** Service key, private app token or OAuth access token. */
  readonly token: string;
  /** Epoch ms after which no wait may end. */
  readonly deadlineMs: () => number;
}

/** Result of a write: an answer of HubSpot (2xx or refusal), or nobody knows. */
export type WriteAnswer = RestAnswer;

/** Characters that a header may hold; HubSpot's tokens are plain ASCII without blanks. */
const PLAIN_TOKEN = /^[\x21-\x7e]+$/;

/** Talks to HubSpot: token, limits, errors. Knows nothing of records. */
export class HubspotClient {
  private readonly rest: RestClient;

  constructor(private readonly deps: HubspotDeps) {
    const { http, clock, deadlineMs, token } = deps;
    this.rest = new RestClient({ http, clock, deadlineMs, policy: new HubspotRatePolicy(token) });
  }

  /** HubSpot's clock as its last answer showed it, epoch ms; our own before the first answer. */
  now(): number {
    return this.rest.now();
  }

  /** JSON of a GET. */
  get(url: string): unknown {
    return this.read({ method: "GET", url, body: null, effect: "read" });
  }

  /** JSON of a POST that changes nothing (search, batch read). */
  query(url: string, body: unknown): unknown {
    return this.read({ method: "POST", url, body, effect: "read" });
  }

  /** JSON of a GET (no body) or search, or null when the refusal says that there is nothing of the kind. */
  tryRead(request: { url: string; body: unknown }, isAbsence: (status: number, json: unknown) => boolean): unknown {
    const method = request.body === null ? "GET" : "POST";
    const answer = this.send({ method, url: request.url, body: request.body, effect: "read" });
    if (answer.kind === "answer" && isAbsence(answer.status, answer.json)) return null;
    return this.expectOk(answer);
  }

  /** A write; refusals of the data (400, 409) are answers, refusals of the key (401, 403) are thrown. */
  write(url: string, body: unknown): WriteAnswer {
    const answer = this.send({ method: "POST", url, body, effect: "write" });
    if (answer.kind === "answer" && (answer.status === 401 || answer.status === 403)) {
      throw this.clean(toHubspotError(answer.status, answer.json));
    }
    return answer;
  }

  private read(request: RestRequest): unknown {
    return this.expectOk(this.send(request));
  }

  private expectOk(answer: RestAnswer): unknown {
    if (answer.kind === "unknown") throw new SyncError("bug", "unexpected", "A read has no unknown outcome.");
    if (answer.status >= 200 && answer.status < 300) return answer.json;
    throw this.clean(toHubspotError(answer.status, answer.json));
  }

  private send(request: RestRequest): RestAnswer {
    if (!PLAIN_TOKEN.test(this.deps.token)) throw toHubspotError(401, null);
    try {
      return this.rest.send(request);
    } catch (thrown) {
      throw thrown instanceof SyncError ? this.clean(thrown) : thrown;
    }
  }

  /** Whatever a server or the network layer repeated to us: the token does not pass. */
  private clean(error: SyncError): SyncError {
    const { token } = this.deps;
    if (token === "" || !`${error.message}${error.hint}`.includes(token)) return error;
    const hide = (text: string): string => text.split(token).join("[key]");
    const { kind, code, retryAfterMs } = error;
    return new SyncError(kind, code, hide(error.message), { hint: hide(error.hint), retryAfterMs });
  }
}
