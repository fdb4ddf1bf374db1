import type { ExecutionRecord, Host } from "../apps-script/host-api";
import type { PortalRecord } from "../crm/hubspot/sandbox-types";
import { createWorld } from "../server/world";
import { BENCH_FIELDS } from "./bench-world";
import { lowerBound, type StepWork } from "./lower-bound";
import { NAIVE_SCRIPT } from "./naive-script";
import type { BenchRow } from "./run-bench";
import { costOf } from "./step-cost";

const START_MS = Date.UTC(2026, 10, 2, 9);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** More executions than any of its steps can need. */
const MAX_EXECUTIONS = 100;

/** What the naive script cost, and what it did beside its work. */
export interface NaiveResult {
  readonly rows: readonly BenchRow[];
  /** Contacts whose values are others after a pull and a push without any edit: the sheet read them as numbers or dates. */
  readonly damaged: number;
}

/** What a script without plan, batches and base needs for the same work: n contacts, n new rows. */
export async function runNaive(n: number): Promise<NaiveResult> {
  const world = await createWorld({
    contacts: n,
    companies: 0,
    virtual: true,
    startMs: START_MS,
    code: NAIVE_SCRIPT,
  });
  const { host, hubspot } = world;
  const tabId = host.workbook.activeTabId();
  host.user.paste(tabId, 1, 1, [[...BENCH_FIELDS, "id"]]);
  const count = async (step: string, work: StepWork, functionName: string): Promise<BenchRow> => {
    hubspot.control.clearRequests();
    const startMs = performance.now();
    const executions = await untilDone(host, functionName, hubspot.token);
    const wallSeconds = (performance.now() - startMs) / 1_000;
    const limits = { lowerBound: lowerBound(work), callLimit: Number.POSITIVE_INFINITY, sheetCallLimit: null };
    // It reads nothing by id, so none of its requests verifies.
    return { step, records: n, ...limits, ...costOf(executions, [], new Set()), wallSeconds, problem: null };
  };
  try {
    const pulled = await count("first pull", { listed: n }, "pullAll");
    expectRecords(filledRows(host, tabId), n);
    await host.advance(HOUR_MS);
    const before = hubspot.control.all("contacts");
    const idle = await count("nothing changed", {}, "pushAll");
    const damaged = countDamaged(before, hubspot.control.all("contacts"));
    addRows(host, tabId, n);
    await host.advance(HOUR_MS);
    const pushed = await count(`push of ${n.toLocaleString("en")} new rows`, { written: n }, "pushAll");
    expectRecords(hubspot.control.all("contacts").length, 2 * n);
    return { rows: [pulled, idle, pushed], damaged };
  } finally {
    await world.close();
  }
}

/** Starts the function again as often as the six minutes cut it off, when the CRM's search knows what it wrote last. */
async function untilDone(host: Host, functionName: string, token: string): Promise<readonly ExecutionRecord[]> {
  const executions: ExecutionRecord[] = [];
  while (executions.length < MAX_EXECUTIONS) {
    const result = await host.run(functionName, [token, BENCH_FIELDS]);
    executions.push(result);
    if (result.outcome === "completed") return executions;
    if (result.outcome !== "timed-out") throw new Error(`${functionName} ${result.outcome}: ${result.error ?? ""}`);
    await host.advance(MINUTE_MS);
  }
  throw new Error(`${functionName} did not end`);
}

/** Replaces the table by new people: what the script had pulled is no work for it any more. */
function addRows(host: Host, tabId: number, count: number): void {
  const rows = Array.from({ length: count }, (_, at) => {
    const values = [`new.person.${at}@added.example.org`, `New${at}`, "Person", `+49 30 ${5_000_000 + at}`];
    return [...values, "Added by hand", "Addition GmbH", "Berlin", "Germany", "10115", "lead", ""];
  });
  host.user.paste(tabId, 2, 1, rows);
}

/** Rows that carry an id: the script has been at them. */
function filledRows({ workbook }: Host, tabId: number): number {
  const ids = workbook.cells(tabId, 2, BENCH_FIELDS.length + 1, workbook.used(tabId).rows - 1, 1);
  return ids.filter(([cell]) => cell?.value !== null).length;
}

function countDamaged(before: readonly PortalRecord[], after: readonly PortalRecord[]): number {
  const now = new Map(after.map(({ id, properties }) => [id, properties]));
  return before.filter(({ id, properties }) =>
    BENCH_FIELDS.some((field) => (properties[field] ?? "") !== (now.get(id)?.[field] ?? "")),
  ).length;
}

function expectRecords(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} records instead of ${expected}`);
}
