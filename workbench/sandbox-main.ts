import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { createSandbox } from "./crm/hubspot/create-sandbox";

/** What a started sandbox tells its caller on the first line. */
interface Started {
  readonly url: string;
  readonly token: string;
}

/** What the command line sets. */
interface StartOptions {
  readonly port: number;
  readonly seed: number;
  readonly contacts: number;
  readonly companies: number;
  readonly searchLagMs: number;
  readonly acceptClockHeader: boolean;
  readonly controlKey: string;
}

/** A CRM is one line here. */
const starters: Readonly<Record<string, (options: StartOptions) => Promise<Started>>> = {
  hubspot: createSandbox,
};

function toCount(text: string | undefined, fallback: number, name: string): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} must be a whole number, not "${text}"`);
  return Number(text);
}

/** Starts the sandbox that the arguments name and prints `{url, token, controlKey}` as one line of JSON. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: "string" },
      seed: { type: "string" },
      contacts: { type: "string" },
      companies: { type: "string" },
      "search-lag": { type: "string" },
      "control-key": { type: "string" },
      "clock-header": { type: "boolean" },
    },
  });
  const [name = "hubspot"] = positionals;
  const start = starters[name];
  if (start === undefined)
    throw new RangeError(`no such sandbox: ${name} (there is: ${Object.keys(starters).join(", ")})`);
  const controlKey = values["control-key"] ?? randomBytes(12).toString("hex");
  const { url, token } = await start({
    port: toCount(values.port, 0, "port"),
    seed: toCount(values.seed, 1, "seed"),
    contacts: toCount(values.contacts, 50, "contacts"),
    companies: toCount(values.companies, 20, "companies"),
    searchLagMs: toCount(values["search-lag"], 3_000, "search-lag"),
    acceptClockHeader: values["clock-header"] ?? false,
    controlKey,
  });
  process.stdout.write(`${JSON.stringify({ url, token, controlKey })}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
