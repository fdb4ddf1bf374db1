import { createHubspot } from "../../src/adapters/hubspot/create-hubspot";
import { API_HOST, type ApiVersion } from "../../src/adapters/hubspot/endpoints";
import type { Crm } from "../../src/ports/crm";
import { createManualClock, type ManualClock } from "./manual-clock";
import { type SandboxProcess, type SandboxProcessOptions, startHubspotSandbox } from "./sandbox-process";
import { createSyncHttp, type SyncHttp } from "./sync-http";

/** The adapter on its sandbox. The sandbox lives in the adapter's time. */
export interface HubspotOnSandbox {
  readonly sandbox: SandboxProcess;
  readonly http: SyncHttp;
  clock(): ManualClock;
  /** An empty portal, a day later than the last one: its limits and its index are forgotten. */
  open(options?: OpenOptions): Crm;
  pass(ms: number): void;
  stop(): Promise<void>;
}

export interface OpenOptions {
  readonly version?: ApiVersion;
  /** Default: a key with all scopes. */
  readonly token?: string;
  readonly contacts?: number;
  readonly companies?: number;
}

const DAY_MS = 86_400_000;
const RUN_MS = 240_000;

export async function startHubspotOnSandbox(
  options: SandboxProcessOptions & { readonly timeoutMs?: () => number } = {},
): Promise<HubspotOnSandbox> {
  const sandbox = await startHubspotSandbox(options);
  let clock = createManualClock();
  const http = createSyncHttp({
    toUrl: (url) => url.replace(API_HOST, sandbox.url),
    extraHeaders: () => ({ "x-workbench-now": String(clock.now()) }),
    timeoutMs: options.timeoutMs ?? (() => 10_000),
  });
  return {
    sandbox,
    http,
    clock: () => clock,
    open: ({ version, token, contacts, companies } = {}) => {
      clock = createManualClock(clock.now() + DAY_MS);
      sandbox.control.setClock(clock.now());
      sandbox.control.resetTo(1, contacts ?? 0, companies ?? 0);
      sandbox.control.clearFaults();
      sandbox.control.clearRequests();
      const deadlineMs = clock.now() + RUN_MS;
      return createHubspot({ http, clock, token: token ?? sandbox.token, deadlineMs: () => deadlineMs }, version);
    },
    pass: (ms) => {
      clock.advance(ms);
      sandbox.control.setClock(clock.now());
    },
    stop: async () => {
      await http.close();
      await sandbox.stop();
    },
  };
}
