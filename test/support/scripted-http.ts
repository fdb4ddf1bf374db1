import { SyncError } from "../../src/domain/errors";
import type { Http, HttpRequest, HttpResponse } from "../../src/ports/http";

/** What the network gives for one request. */
export type ScriptedAnswer = Partial<HttpResponse> & {
  /** Body as a value; sent as JSON. */
  readonly json?: unknown;
  /** No answer: the error that the network layer throws. */
  readonly failure?: "timeout" | "network";
};

/** HTTP that answers from a script and remembers the requests. */
export interface ScriptedHttp extends Http {
  readonly sent: readonly HttpRequest[];
  /** JSON bodies of the requests; null where there was none. */
  readonly bodies: readonly unknown[];
}

/** Answers in order; a function answers all the rest. Throws when the script is at its end. */
export function createScriptedHttp(
  script: readonly ScriptedAnswer[] | ((request: HttpRequest, index: number) => ScriptedAnswer),
): ScriptedHttp {
  const sent: HttpRequest[] = [];
  const bodies: unknown[] = [];
  const send = (request: HttpRequest): HttpResponse => {
    sent.push(request);
    bodies.push(request.body === null ? null : (JSON.parse(request.body) as unknown));
    const index = sent.length - 1;
    const answer = typeof script === "function" ? script(request, index) : script[index];
    if (!answer) throw new Error(`the script has no answer for request ${index + 1}: ${request.method} ${request.url}`);
    if (answer.failure) throw new SyncError("retryable", answer.failure, `No answer: ${answer.failure}.`);
    const body = answer.body ?? (answer.json === undefined ? "" : JSON.stringify(answer.json));
    return { status: answer.status ?? 200, headers: answer.headers ?? {}, body };
  };
  return { sent, bodies, send, sendAll: (requests) => requests.map(send) };
}
