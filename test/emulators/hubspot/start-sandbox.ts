import { createSandbox } from "../../../workbench/crm/hubspot/create-sandbox";
import type { HubspotSandbox, HubspotSandboxOptions } from "../../../workbench/crm/hubspot/sandbox-types";

/** Moment the clocks of these tests start at. */
export const startMs = Date.UTC(2026, 10, 2, 9, 30, 0, 250);

/** JSON of an answer, as loose as tests need it. */
export interface Json {
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are taken apart in tests
  readonly [key: string]: any;
}

/** An answer of the sandbox. */
export interface SandboxAnswer {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  readonly headers: Headers;
}

/** A sandbox and the means to call it. */
export interface StartedSandbox extends HubspotSandbox {
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<SandboxAnswer>;
  /** POST below /crm/v3/objects/. */
  post(path: string, body: unknown): Promise<SandboxAnswer>;
  /** Moves the stopped clock on. */
  wait(ms: number): void;
}

const running: HubspotSandbox[] = [];

/** Starts an empty portal (unless the options say otherwise) with a stopped clock and without search lag. */
export async function startSandbox(options: HubspotSandboxOptions = {}): Promise<StartedSandbox> {
  const sandbox = await createSandbox({
    contacts: 0,
    companies: 0,
    searchLagMs: 0,
    enrichment: false,
    now: () => startMs,
    ...options,
  });
  running.push(sandbox);
  sandbox.control.setClock(startMs);
  const call: StartedSandbox["call"] = async (method, path, body, token = sandbox.token) => {
    const response = await fetch(sandbox.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, text, body: isJson ? JSON.parse(text) : {}, headers: response.headers };
  };
  return {
    ...sandbox,
    call,
    post: (path, body) => call("POST", `/crm/v3/objects/${path}`, body),
    wait: (ms) => sandbox.control.setClock(sandbox.control.now() + ms),
  };
}

/** Stops all sandboxes that tests of this file started. */
export async function closeSandboxes(): Promise<void> {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}
