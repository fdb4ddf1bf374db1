import { createWorld } from "../server/world";
import { DEMO_CRMS, type DemoCrm } from "./demo-crm";
import { formatSteps } from "./demo-step";
import { type DemoReport, runDemo } from "./run-demo";

/** `npm run demo` and `npm run -s demo -- [--crm hubspot] [--json] [--contacts N] [--seed N]`. Exits 0 only if the end state is right. */
async function main(): Promise<void> {
  const json = process.argv.includes("--json");
  const contacts = numberOption("--contacts", 2_000);
  const say = (text: string) => {
    if (!json) process.stdout.write(text);
  };
  const crm = crmOption();
  const world = await createWorld({
    crms: [crm.name],
    contacts,
    companies: 60,
    seed: numberOption("--seed", 1),
    virtual: true,
    startMs: Date.UTC(2026, 10, 2, 9),
  });
  try {
    say(
      `CRM Sync demo: ${contacts} contacts in a ${crm.label} sandbox, the built add-on in an emulated Apps Script.\n\n`,
    );
    const report = await runDemo(world, contacts, (step, run) => {
      if (run === null) say(`> ${step}\n`);
      else say(`    ${run.doing}${run.total > 0 ? ` ${run.done} of ${run.total}` : ""}\n`);
    });
    if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else say(formatReport(report));
    process.exitCode = report.ok ? 0 : 1;
  } finally {
    await world.close();
  }
}

function crmOption(): DemoCrm {
  const at = process.argv.indexOf("--crm");
  const name = at < 0 ? "hubspot" : process.argv[at + 1];
  const crm = Object.values(DEMO_CRMS).find((one) => one.name === name);
  if (crm !== undefined) return crm;
  throw new Error(`--crm needs one of ${Object.keys(DEMO_CRMS).join(", ")}.`);
}

function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  const given = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isInteger(given) && given >= 0) return given;
  throw new Error(`${name} needs a whole number.`);
}

function formatReport(report: DemoReport): string {
  const checks = Object.entries(report.checks).map(([name, check]) => {
    const mark = check.ok ? "ok  " : "FAIL";
    return `${mark} ${name}: ${check.found}${check.ok ? "" : ` (expected ${check.expected})`}`;
  });
  const verdict = report.ok ? "Everything is where it belongs." : "The end state is wrong.";
  return `\n${formatSteps(report.steps)}\n\n${checks.join("\n")}\n\n${verdict}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
