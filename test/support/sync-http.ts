import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { SyncError } from "../../src/domain/errors";
import type { Http, HttpRequest, HttpResponse } from "../../src/ports/http";

export interface SyncHttpOptions {
  /** Where a request really goes: maps a CRM's host to its sandbox. */
  readonly toUrl?: (url: string) => string;
  /** Headers that every request gets besides its own, asked for at each request. */
  readonly extraHeaders?: () => Readonly<Record<string, string>>;
  /** Asked for at each request; default 10 s. */
  readonly timeoutMs?: () => number;
}

/** Blocking HTTP for tests. The server must live in another process or thread than the caller. */
export interface SyncHttp extends Http {
  /** Requests as they were sent, oldest first; their addresses are those of the CRM. */
  readonly sent: readonly HttpRequest[];
  close(): Promise<void>;
}

/** Runs in the worker: fetches, hands the answer over, wakes the caller. */
const WORKER = `
const { workerData } = require("node:worker_threads");
const { port, signal } = workerData;
port.on("message", async ({ number, url, method, headers, body, timeoutMs }) => {
  let message;
  try {
    const init = { method, headers, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) };
    const answer = await fetch(url, body === null ? init : { ...init, body });
    message = { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  } catch (error) {
    message = { failure: error.name === "TimeoutError" ? "timeout" : "network" };
  }
  port.postMessage(message);
  Atomics.store(signal, 0, number);
  Atomics.notify(signal, 0);
});
`;

/** What the worker hands back. */
type Message = HttpResponse | { readonly failure: "timeout" | "network" };

/** Blocks until the worker has answered this request; the notice of the one before may come late and wake too early. */
function waitFor(signal: Int32Array, number: number, timeoutMs: number): void {
  const endMs = Date.now() + timeoutMs;
  for (let seen = Atomics.load(signal, 0); seen !== number; seen = Atomics.load(signal, 0)) {
    const leftMs = endMs - Date.now();
    if (leftMs <= 0) return;
    Atomics.wait(signal, 0, seen, leftMs);
  }
}

export function createSyncHttp(options: SyncHttpOptions = {}): SyncHttp {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(WORKER, { eval: true, workerData: { port: port2, signal }, transferList: [port2] });
  worker.unref();
  const sent: HttpRequest[] = [];
  const send = (request: HttpRequest): HttpResponse => {
    sent.push(request);
    const timeoutMs = options.timeoutMs?.() ?? 10_000;
    const url = options.toUrl?.(request.url) ?? request.url;
    const headers = { ...request.headers, ...options.extraHeaders?.() };
    port1.postMessage({ ...request, number: sent.length, url, headers, timeoutMs });
    waitFor(signal, sent.length, timeoutMs + 5_000);
    const message = receiveMessageOnPort(port1)?.message as Message | undefined;
    if (message === undefined) throw new Error("the worker of the blocking HTTP did not answer");
    if ("failure" in message) throw new SyncError("retryable", message.failure, `No answer: ${message.failure}.`);
    return message;
  };
  return {
    sent,
    send,
    sendAll: (requests) => requests.map(send),
    close: async () => {
      port1.close();
      await worker.terminate();
    },
  };
}
