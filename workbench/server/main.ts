import { join } from "node:path";
import { parseArgs } from "node:util";
import { createWorkbench, type Workbench } from "./create-workbench";
import { findProjectRoot } from "./project-files";

const usage = `npm start -- [options]
  --port N       first port to try (4173)
  --fresh        forget the spreadsheet and the CRM data of the last start
  --virtual      a clock that only moves when told
  --seed N       seed of the sandbox's data (1)
  --contacts N   contacts to start with (50)
  --companies N  companies or accounts to start with (20)
  --bound        the script runs as a script bound to the file, not as an add-on`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4173" },
      fresh: { type: "boolean", default: false },
      virtual: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      contacts: { type: "string", default: "50" },
      companies: { type: "string", default: "20" },
      bound: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const workbench = await createWorkbench({
    port: toNumber("port", values.port),
    seed: toNumber("seed", values.seed),
    contacts: toNumber("contacts", values.contacts),
    companies: toNumber("companies", values.companies),
    virtual: values.virtual,
    fresh: values.fresh,
    persist: process.env.WORKBENCH_DIR ?? join(findProjectRoot(), ".workbench"),
    emulator: { mode: values.bound ? "bound" : "add-on" },
  });
  process.stdout.write(greeting(workbench));
  const stop = (): void => {
    workbench.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number, not "${text}".`);
  return value;
}

function greeting(workbench: Workbench): string {
  const line = (name: string, value: string): string => `  ${name.padEnd(28)}${value}`;
  const sandboxes = workbench.world.sandboxes.flatMap(({ label, url, credentials }) => [
    line(`${label} sandbox`, url),
    ...credentials.map((credential) => line(credential.label, credential.value)),
  ]);
  return [
    "",
    "CRM Sync workbench: an emulated spreadsheet and sandbox CRMs, all on this machine.",
    "",
    line("Open", workbench.pageUrl),
    ...sandboxes,
    line("API token", workbench.token),
    "",
    "In the page: Extensions > CRM Sync > Open sidebar, then connect with what stands above.",
    "Stop with Ctrl+C; the next start goes on where this one ended (--fresh forgets).",
    "",
  ].join("\n");
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
