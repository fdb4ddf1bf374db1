import { buildSync } from "esbuild";
import { createHost } from "../../../workbench/apps-script/create-host";
import type { Host, HostOptions, RunOptions } from "../../../workbench/apps-script/host-api";

const MANIFEST = {
  timeZone: "America/New_York",
  oauthScopes: [
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/script.container.ui",
    "https://www.googleapis.com/auth/script.external_request",
    "https://www.googleapis.com/auth/script.scriptapp",
    "https://www.googleapis.com/auth/script.send_mail",
    "https://www.googleapis.com/auth/userinfo.email",
  ],
};

/** Bundles test functions with the adapters under test, as the add-on itself is bundled. */
function bundle(imports: string, functions: string): string {
  const result = buildSync({
    stdin: { contents: `${imports}\n${functions}`, resolveDir: `${process.cwd()}/src/adapters`, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2019",
    charset: "ascii",
    globalName: "adapters",
  });
  const names = [...functions.matchAll(/export function (\w+)/g)].map(([, name]) => name);
  const globals = names.map((name) => `function ${name}() { return adapters.${name}.apply(null, arguments); }`);
  return `${result.outputFiles[0]?.text ?? ""}\n${globals.join("\n")}`;
}

const open: Host[] = [];

/** An emulator whose script is `functions`, TypeScript with `export function` for what is called. */
export function adapterHost(imports: string, functions: string, options: Partial<HostOptions> = {}): Host {
  const host = createHost({
    code: bundle(imports, functions),
    html: { Sidebar: "<p>Sidebar</p>" },
    manifest: MANIFEST,
    hosts: {},
    clock: "virtual",
    startMs: Date.UTC(2026, 0, 15, 12),
    ...options,
  });
  open.push(host);
  return host;
}

/** Value of a function, or its error thrown. */
export async function call(
  host: Host,
  name: string,
  args: readonly unknown[] = [],
  options: RunOptions = {},
): Promise<unknown> {
  const result = await host.run(name, args, options);
  if (result.outcome !== "completed") throw new Error(`${result.outcome}: ${result.error}`);
  return result.value;
}

/** Ends all emulators of a test file. */
export async function closeHosts(): Promise<void> {
  for (const host of open.splice(0)) await host.close();
}
