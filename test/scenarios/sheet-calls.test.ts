import type { RunView } from "../../src/contract/views";
import type { ExecutionRecord } from "../../workbench/apps-script/host-api";
import { BundleWorld, closeWorlds } from "../support/bundle-world";

/** What the executions of one run cost, as the emulator counts it. */
interface Cost {
  readonly run: RunView;
  readonly crmCalls: number;
  /** Calls that read or write cells, formats or the grid. */
  readonly sheetCalls: number;
  /** Virtual milliseconds of the longest execution. */
  readonly longestMs: number;
}

/** A slice of a run; the sidebar's call would otherwise look hung. */
const MAX_SLICE_MS = 30_000;

async function costOf(world: BundleWorld, work: () => Promise<RunView>): Promise<Cost> {
  world.takeExecutions();
  const run = await work();
  const executions = world.takeExecutions();
  const sum = (of: (one: ExecutionRecord) => number) => executions.reduce((total, one) => total + of(one), 0);
  return {
    run,
    crmCalls: sum((one) => one.fetchCalls),
    sheetCalls: sum((one) => one.sheetCalls),
    longestMs: Math.max(...executions.map((one) => one.durationMs)),
  };
}

async function pulled(contacts: number): Promise<{ world: BundleWorld; mappingId: string; tabId: number; cost: Cost }> {
  const world = await BundleWorld.start({ contacts });
  const tab = await world.mapPeople();
  const cost = await costOf(world, () => world.run(tab.mappingId, "pull"));
  expect(cost.run).toMatchObject({ phase: "done", totals: { appended: contacts, errors: 0 } });
  return { world, ...tab, cost };
}

describe("what a run costs in calls", () => {
  afterAll(closeWorlds);
  let small: Awaited<ReturnType<typeof pulled>>;
  let big: Awaited<ReturnType<typeof pulled>>;

  beforeAll(async () => {
    small = await pulled(200);
    big = await pulled(2_000);
  }, 120_000);

  it("asks the CRM at most 24 times to pull 2,000 contacts, and never works for more than 30 seconds at a stretch", () => {
    expect(big.cost.crmCalls).toBeLessThanOrEqual(24);
    expect(big.cost.longestMs).toBeLessThanOrEqual(MAX_SLICE_MS);
  });

  it("makes at most two sheet calls more for 2,000 contacts than for 200", () => {
    expect(big.cost.sheetCalls - small.cost.sheetCalls).toBeLessThanOrEqual(2);
  });

  it("pulls 400 scattered edits with at most 50 sheet calls", async () => {
    const ids = big.world.contacts().map((record) => record.id);
    for (let at = 0; at < 400; at++) {
      big.world.crm.update("contacts", ids[at * 5] ?? "", { phone: `+49 30 ${10_000 + at}`, jobtitle: `Title ${at}` });
    }
    const cost = await costOf(big.world, () => big.world.run(big.mappingId, "pull"));
    expect(cost.run).toMatchObject({ phase: "done", totals: { cellsWritten: 800, errors: 0 } });
    expect(cost.sheetCalls).toBeLessThanOrEqual(50);
    expect(cost.longestMs).toBeLessThanOrEqual(MAX_SLICE_MS);
  }, 60_000);

  it("finds nothing to do with at most 24 calls of the CRM and 10 of the sheet", async () => {
    const cost = await costOf(big.world, () => big.world.run(big.mappingId, "both"));
    expect(cost.run).toMatchObject({ phase: "done", totals: { processed: 0 } });
    expect(cost.crmCalls).toBeLessThanOrEqual(24);
    expect(cost.sheetCalls).toBeLessThanOrEqual(10);
  }, 60_000);
});
