import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "sandbox-command-"));
const outfile = join(folder, "sandbox.mjs");
const children: ChildProcess[] = [];

beforeAll(async () => {
  const entry = join(__dirname, "../../../workbench/sandbox-main.ts");
  await build({ entryPoints: [entry], bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" });
});
afterAll(() => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true });
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (stream === null) throw new Error("no output");
  for await (const line of createInterface({ input: stream })) return line;
  return "";
}

describe("the sandbox as a command", () => {
  it("says where it is and how to get in, then serves", async () => {
    const child = start(["hubspot", "--seed", "4", "--contacts", "12"]);
    const { url, token, controlKey } = JSON.parse(await firstLine(child.stdout));
    const list = await fetch(`${url}/crm/v3/objects/contacts?limit=100`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await list.json()).results).toHaveLength(12);
    const control = await fetch(`${url}/__control/all`, {
      method: "POST",
      headers: { "x-control-key": controlKey },
      body: JSON.stringify({ args: ["contacts"] }),
    });
    expect((await control.json()).value).toHaveLength(12);
  });

  it.each([
    [["nocrm"], "no such sandbox: nocrm"],
    [["hubspot", "--seed", "x"], '--seed must be a whole number, not "x"'],
  ])("refuses %j with a reason", async (args, reason) => {
    expect(await firstLine(start(args).stderr)).toContain(reason);
  });
});
