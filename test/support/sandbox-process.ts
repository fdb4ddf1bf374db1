import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import type { HubspotControl } from "../../workbench/crm/hubspot/sandbox-types";
import { createSyncHttp } from "./sync-http";

export interface SandboxProcessOptions {
  readonly seed?: number;
  readonly contacts?: number;
  readonly companies?: number;
  readonly searchLagMs?: number;
}

/** A sandbox in a process of its own, so that blocking calls of this one do not stop it. */
export interface SandboxProcess {
  readonly url: string;
  readonly token: string;
  /** Somebody else in the portal, and the faults. Blocking. */
  readonly control: RemoteControl;
  stop(): Promise<void>;
}

/** The control's methods as they cross HTTP: answers are JSON. */
export type RemoteControl = {
  readonly [Name in keyof HubspotControl]: HubspotControl[Name];
};

const CONTROL_KEY = "control-key-of-a-test";
const START_TIMEOUT_MS = 20_000;

/** Bundles the sandbox into a temporary folder, starts it on a free port and waits until it serves. */
export async function startHubspotSandbox(options: SandboxProcessOptions = {}): Promise<SandboxProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), "crm-sync-sandbox-"));
  const outfile = path.join(folder, "sandbox.cjs");
  const root = path.resolve(__dirname, "../..");
  await build({
    entryPoints: [path.join(root, "workbench/sandbox-main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
  const args = toArguments(options);
  const child = spawn(process.execPath, [outfile, "hubspot", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const { url, token } = await firstLine(child);
  const http = createSyncHttp();
  return {
    url,
    token,
    control: remoteControl(url, http.send),
    stop: async () => {
      await http.close();
      await end(child);
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

function toArguments(options: SandboxProcessOptions): readonly string[] {
  return [
    ...["--port", "0", "--control-key", CONTROL_KEY, "--clock-header"],
    ...["--seed", String(options.seed ?? 1), "--contacts", String(options.contacts ?? 0)],
    ...["--companies", String(options.companies ?? 0), "--search-lag", String(options.searchLagMs ?? 0)],
  ];
}

function firstLine(child: ChildProcess): Promise<{ readonly url: string; readonly token: string }> {
  return new Promise((resolve, reject) => {
    let out = "";
    let errors = "";
    const timer = setTimeout(() => reject(new Error(`the sandbox did not start: ${errors}`)), START_TIMEOUT_MS);
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (!out.includes("\n")) return;
      clearTimeout(timer);
      resolve(JSON.parse(out.slice(0, out.indexOf("\n"))) as { url: string; token: string });
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the sandbox ended with ${code}: ${errors}`));
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill();
  });
}

function remoteControl(url: string, send: ReturnType<typeof createSyncHttp>["send"]): RemoteControl {
  const call = (method: string, args: readonly unknown[]): unknown => {
    const answer = send({
      method: "POST",
      url: `${url}/__control/${method}`,
      headers: { "content-type": "application/json", "x-control-key": CONTROL_KEY },
      body: JSON.stringify({ args }),
    });
    const reply = JSON.parse(answer.body) as { ok: boolean; value?: unknown; message?: string };
    if (!reply.ok) throw new Error(`control ${method}: ${reply.message}`);
    return reply.value;
  };
  return new Proxy({} as RemoteControl, {
    get: (_, method) => (typeof method === "string" ? (...args: readonly unknown[]) => call(method, args) : undefined),
  });
}
