import { SyncError } from "../../domain/errors";
import type { Clock } from "../../ports/clock";
import type { Http, HttpRequest, HttpResponse } from "../../ports/http";
import { type Backoff, backoffMs } from "./backoff";
import { classifyStatus } from "./classify-status";
import { parseJson } from "./parse-json";
import { ServerClock } from "./server-clock";

/** A request with a JSON body. */
export interface RestRequest {
  readonly method: HttpRequest["method"];
  readonly url: string;
  /** Sent as JSON; null: no body. */
  readonly body: unknown;
  /** A write is never repeated when nobody knows whether it happened. */
  readonly effect: "read" | "write";
}

/** What came of a request. `json` of a refusal is null when its body is no JSON. */
export type RestAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly json: unknown; readonly response: HttpResponse }
  /** Writes only: sent, but its fate is not known. */
  | { readonly kind: "unknown"; readonly message: string };

/** How long a limit asks to wait, or that waiting is no use; `error` is thrown when the wait does not fit. */
export interface LimitAdvice {
  readonly waitMs: number | null;
  readonly error: SyncError;
}

/** What differs between CRMs. */
export interface RestPolicy {
  headers(): Readonly<Record<string, string>>;
  /** Wait before this request, ms. */
  paceMs(request: RestRequest, nowMs: number): number;
  /** A request is about to leave. */
  onSend(request: RestRequest, nowMs: number): void;
  /** An answer came: learn its limits. */
  onAnswer(request: RestRequest, response: HttpResponse, nowMs: number): void;
  /** What to do about a status of the class "limited"; `attempt` is 1 after the first try. */
  adviseLimit(response: HttpResponse, attempt: number, nowMs: number): LimitAdvice;
}

export interface RestDeps {
  readonly http: Http;
  readonly clock: Clock;
  /** Epoch ms after which no wait may end. */
  readonly deadlineMs: () => number;
  readonly policy: RestPolicy;
}

/** Tries after the first that a fault of the server gets, reads only. */
const FAULT_RETRIES = 3;
/** Tries after the first that a limit gets. */
const LIMIT_RETRIES = 8;
const FAULT_BACKOFF: Backoff = { baseMs: 500, capMs: 8_000 };

/** Sends JSON, waits out limits and faults inside the deadline, and says what is unknown about writes. */
export class RestClient {
  private readonly serverClock = new ServerClock();

  constructor(private readonly deps: RestDeps) {}

  /** The server's clock as its last answer showed it, epoch ms; our own before the first answer. */
  now(): number {
    return this.serverClock.at(this.deps.clock.now());
  }

  /**
   * Answers of the classes ok, refused and unauthorised come back as they are.
   *
   * @throws SyncError retryable: a limit or fault outlasted the deadline or the retries
   */
  send(request: RestRequest): RestAnswer {
    let limits = 0;
    for (let attempt = 1; ; attempt += 1) {
      const tried = this.attempt(request);
      if (tried.kind === "delivered") return tried.answer;
      if (tried.kind === "limited") {
        limits += 1;
        const advice = this.deps.policy.adviseLimit(tried.response, limits, this.deps.clock.now());
        if (advice.waitMs === null || limits > LIMIT_RETRIES) throw advice.error;
        this.wait(advice.waitMs, advice.error);
      } else if (request.effect === "write") {
        return { kind: "unknown", message: tried.error.message };
      } else {
        if (attempt - limits > FAULT_RETRIES) throw tried.error;
        this.wait(backoffMs(attempt - limits, FAULT_BACKOFF), tried.error);
      }
    }
  }

  private attempt(request: RestRequest): Attempt {
    const { http, clock, policy } = this.deps;
    const paceMs = policy.paceMs(request, clock.now());
    if (paceMs > 0)
      this.wait(paceMs, new SyncError("retryable", "rate-limited", "The CRM's request limit is used up."));
    policy.onSend(request, clock.now());
    let response: HttpResponse;
    try {
      response = http.send({
        method: request.method,
        url: request.url,
        headers: { accept: "application/json", "content-type": "application/json", ...policy.headers() },
        body: request.body === null ? null : JSON.stringify(request.body),
      });
    } catch (thrown) {
      if (thrown instanceof SyncError && thrown.kind === "retryable") return { kind: "fault", error: thrown };
      throw thrown;
    }
    this.serverClock.learn(response, clock.now());
    policy.onAnswer(request, response, clock.now());
    return judge(response);
  }

  /** Sleeps, or throws at once with the wait as `retryAfterMs` when it would end after the deadline. */
  private wait(ms: number, error: SyncError): void {
    const { clock, deadlineMs } = this.deps;
    if (clock.now() + ms > deadlineMs()) {
      throw new SyncError("retryable", error.code, error.message, { hint: error.hint, retryAfterMs: ms });
    }
    clock.sleep(ms);
  }
}

type Attempt =
  | { readonly kind: "delivered"; readonly answer: RestAnswer }
  | { readonly kind: "limited"; readonly response: HttpResponse }
  | { readonly kind: "fault"; readonly error: SyncError };

function judge(response: HttpResponse): Attempt {
  const { status } = response;
  const kind = classifyStatus(status);
  if (kind === "limited") return { kind: "limited", response };
  if (kind === "server-fault") {
    const message = `The CRM's server answered with status ${status}.`;
    return { kind: "fault", error: new SyncError("retryable", "server-fault", message, { hint: "Try again later." }) };
  }
  const parsed = parseJson(response.body);
  if (parsed.kind === "json")
    return { kind: "delivered", answer: { kind: "answer", status, json: parsed.json, response } };
  if (kind !== "ok") return { kind: "delivered", answer: { kind: "answer", status, json: null, response } };
  return { kind: "fault", error: badAnswer() };
}

/** An answer that says ok but cannot be read: a proxy's page, a cut connection. */
export function badAnswer(): SyncError {
  const hint = "Try again later. A firewall or proxy may be changing the answers.";
  return new SyncError("retryable", "bad-answer", "The CRM's answer could not be read.", { hint });
}
