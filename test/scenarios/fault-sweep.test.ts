import { restAndRead, stopOf } from "../support/sync-disturb";
import { crmFaults, type FaultReport, quotaFaults, serviceFaults, sweepFaults } from "../support/sync-fault-sweep";
import { checkEnd } from "../support/sync-invariants";
import { SCENARIOS } from "../support/sync-policy-scenarios";
import { stabilise } from "../support/sync-runs";
import { PUSH_TWICE } from "../support/sync-scenarios";
import { startTrial } from "../support/sync-trial";
import { SyncWorld } from "../support/sync-world";

const makeWorld = async () => new SyncWorld();

/** The scenarios of a name, as rows of a table of tests. */
function named(...names: readonly string[]) {
  return SCENARIOS.filter(({ name }) => names.includes(name)).map((scenario) => [scenario.name, scenario] as const);
}

const PUSH_AND_PULL = [
  ...named("pull of new and changed", "push of edits and creates", "push of rows without key"),
  ...named("both ways with conflicts", "conflicts settled by the user", "a clock's run that reads only what changed"),
  [PUSH_TWICE.name, PUSH_TWICE] as const,
];

function problemsOf(report: FaultReport): readonly string[] {
  return report.failures.map(({ fault, problems }) => `${fault}: ${problems.slice(0, 4).join("; ")}`);
}

describe("a fault of the CRM at any of its calls: nothing is lost or doubled (I1, I3, I12)", () => {
  it.each(PUSH_AND_PULL)(
    "%s: limits, dead tokens, garbled answers, lost and late writes",
    async (_name, scenario) => {
      const report = await sweepFaults(scenario, makeWorld, crmFaults);
      expect(problemsOf(report)).toEqual([]);
      expect(report.trials).toBeGreaterThan(10);
    },
    300_000,
  );
});

describe("a fault of Google's services at any call: the next run does the work (I13)", () => {
  it.each(named("push of edits and creates", "both ways with conflicts", "removed rows come back"))(
    "%s: a service fails once",
    async (_name, scenario) => {
      const report = await sweepFaults(scenario, makeWorld, (calls) =>
        serviceFaults(calls).filter((_, at) => at % 3 === 0),
      );
      expect(problemsOf(report)).toEqual([]);
      expect(report.trials).toBeGreaterThan(20);
    },
    300_000,
  );

  it.each(named("pull of new and changed", "push of edits and creates"))(
    "%s: a quota is used up in the middle",
    async (_name, scenario) => {
      const report = await sweepFaults(scenario, makeWorld, quotaFaults);
      expect(problemsOf(report)).toEqual([]);
      expect(report.stopped).toBeGreaterThan(10);
    },
    300_000,
  );
});

describe("a search index that lags, repeats or hides, and a clock that is off (I11)", () => {
  const clock = SCENARIOS.find(({ name }) => name.startsWith("a clock's run"));
  const habits: readonly (readonly [string, (world: SyncWorld) => void])[] = [
    ["shows old values", ({ app }) => Object.assign(app.crm.world.index, { payload: "stale", lagMs: 20_000 })],
    ["gives hits in no order", ({ app }) => Object.assign(app.crm.world.index, { order: "reversed" })],
    ["lags nine minutes", ({ app }) => Object.assign(app.crm.world.index, { lagMs: 9 * 60_000 })],
    [
      "never shows a record",
      ({ app }) => void app.crm.world.index.missing.add(app.crm.world.all("contacts")[0]?.id ?? ""),
    ],
    ["its clock is ten minutes ahead", ({ app }) => Object.assign(app.crm, { skewMs: 600_000 })],
    ["its clock is ten minutes behind", ({ app }) => Object.assign(app.crm, { skewMs: -600_000 })],
  ];

  /** Rows and records after a day of clock runs alone. */
  async function afterADay(spoil: (world: SyncWorld) => void) {
    if (clock === undefined) throw new Error("the scenario is gone");
    const world = new SyncWorld();
    const trial = await startTrial(world, clock.options);
    await clock.prepare(trial);
    spoil(world);
    for (let hour = 0; hour < 26; hour++) {
      await world.clock();
      await world.pass(3_600_000);
    }
    const { actors } = trial;
    const form = () => JSON.stringify([actors.rows(), world.portal.records()]);
    const byClock = form();
    const problems = checkEnd(await restAndRead(trial)).violations;
    return { problems, byClock, byHand: form() };
  }

  it.each(habits)("%s: a day of clock runs leaves nothing to do", async (_name, spoil) => {
    const { problems, byClock, byHand } = await afterADay(spoil);
    expect(problems).toEqual([]);
    expect(byClock).toBe(byHand);
  });
});

describe("properties and triggers that do not do what they were told", () => {
  it.each([1, 2, 3, 4, 5, 6])("goes on or says what to do when write %s of a property gets lost", async (number) => {
    const world = new SyncWorld();
    world.ports.losesWrite = number;
    const stopped = await stopOf(async () => {
      const trial = await startTrial(world);
      for (let n = 0; n < 3; n++) trial.actors.createRecord();
      const { mappingId } = trial.settings;
      await world.call("schedule.save", { mappingId, schedule: { kind: "hourly", hour: 9, day: 1 } });
      await world.pass(3_700_000);
      await world.clock();
      await world.call("connection.connect", { crm: "hubspot", token: world.token });
      const end = await restAndRead(trial);
      expect(checkEnd(end).violations).toEqual([]);
      expect(end.rows).toHaveLength(3);
    });
    if (stopped !== null) expect(stopped).toMatch(/^not-connected: .*Connect/);
  });

  it("does nothing more when a trigger is delivered twice (I5)", async () => {
    const world = new SyncWorld();
    const trial = await startTrial(world);
    for (let n = 0; n < 3; n++) trial.actors.createRecord();
    const { mappingId } = trial.settings;
    await stabilise(world, trial.settings);
    const row = trial.actors.rowOf(2);
    if (row === null) throw new Error("no row to edit");
    trial.actors.type(row, "city");
    await world.call("schedule.save", { mappingId, schedule: { kind: "hourly", hour: 9, day: 1 } });
    await world.pass(3_700_000);
    await world.clock();
    const { changes } = world.app.crm.world;
    const after = { changes: changes.length, rows: JSON.stringify(trial.actors.rows()) };
    expect(trial.actors.recordOf(2)?.values.city).toBe(row && trial.actors.rowOf(2)?.cells.city);
    await world.clock();
    expect({ changes: changes.length, rows: JSON.stringify(trial.actors.rows()) }).toEqual(after);
  });
});
