import { createHost } from "../../../../workbench/apps-script/create-host";
import type { ExecutionResult, Host, HostOptions, RunOptions } from "../../../../workbench/apps-script/host-api";

const SCOPE = "https://www.googleapis.com/auth/";

/** Monday, 2026-03-02 10:00 UTC. */
export const START_MS = Date.UTC(2026, 2, 2, 10);

export const TEST_SCOPES = [
  `${SCOPE}spreadsheets.currentonly`,
  `${SCOPE}script.container.ui`,
  `${SCOPE}script.external_request`,
  `${SCOPE}script.scriptapp`,
  `${SCOPE}script.send_mail`,
  `${SCOPE}userinfo.email`,
];

const open: Host[] = [];

/** A host with a virtual clock, bound to its spreadsheet unless the test says otherwise. Closed after the test. */
export function startHost(code: string, options: Partial<HostOptions> = {}): Host {
  const host = createHost({
    code,
    html: {},
    manifest: { timeZone: "Etc/UTC", oauthScopes: TEST_SCOPES },
    hosts: {},
    clock: "virtual",
    startMs: START_MS,
    mode: "bound",
    ...options,
  });
  open.push(host);
  return host;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

/** Runs the body of a function once in a fresh host and gives what it returned; fails when it threw. */
export async function evaluate(body: string, options: Partial<HostOptions> = {}): Promise<unknown> {
  const host = startHost(`function main() { ${body} }`, options);
  return valueFrom(await host.run("main"));
}

/** Runs the body of a function and gives the message of the error it threw; fails when it threw none. */
export async function errorOf(body: string, options: Partial<HostOptions> = {}, run: RunOptions = {}): Promise<string> {
  const host = startHost(`function main() { ${body} }`, options);
  const result = await host.run("main", [], run);
  if (result.outcome !== "failed" || result.error === null) {
    throw new Error(`expected a failure, got ${result.outcome} ${JSON.stringify(result.value)}`);
  }
  return result.error;
}

export function valueFrom(result: ExecutionResult): unknown {
  if (result.outcome !== "completed") {
    throw new Error(`${result.outcome}: ${result.error} ${result.log.join("\n")}`);
  }
  return result.value;
}
