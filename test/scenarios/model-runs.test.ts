import { playStep } from "../support/model-play";
import { makeTrial } from "../support/model-steps";
import { restAndRead } from "../support/sync-disturb";
import { approveRun, finishRun, runThrough } from "../support/sync-runs";
import { startTrial, type Trial } from "../support/sync-trial";
import { SyncWorld } from "../support/sync-world";

const SEEDS = Array.from({ length: 40 }, (_, at) => 5_001 + at);

/** A world in step, in which people did something since. */
async function editedWorld(seed: number): Promise<{ readonly world: SyncWorld; readonly trial: Trial }> {
  const given = makeTrial(seed, { steps: 24, calls: 60 });
  const world = new SyncWorld();
  const trial = await startTrial(world, given.options);
  for (let n = 0; n < given.contacts; n++) trial.actors.createRecord();
  await restAndRead(trial);
  for (const step of given.steps) if (step.do !== "run" && step.do !== "wait") playStep(trial, step);
  await world.pass(120_000);
  return { world, trial };
}

/** Everything that a run without work must leave as it is: records, the sheet of the user, the base. */
function untouched({ app }: SyncWorld, { actors }: Trial): string {
  const { store } = app.deps();
  const base = [...store.keys("snapshot/"), ...store.keys("delta/")].map((key) => [key, store.load(key)]);
  const cells = actors.world.cells(actors.tabId);
  return JSON.stringify([base, cells, app.crm.world.changes.length]);
}

describe("runs among random people", () => {
  it("write nothing when there is nothing to do (I5)", async () => {
    let quiet = 0;
    for (const seed of SEEDS) {
      const { world, trial } = await editedWorld(seed);
      const { rest } = await restAndRead(trial);
      if (!rest.quiet) throw new Error(`seed ${seed} never comes to rest: ${rest.failures.join("; ")}`);
      const before = untouched(world, trial);
      const run = await runThrough(world, trial.settings.mappingId, trial.settings.direction);
      expect(run.phase).toBe("done");
      expect(untouched(world, trial)).toBe(before);
      quiet += 1;
    }
    expect(quiet).toBe(SEEDS.length);
  }, 120_000);

  it("do what their preview said when nothing changed in between (I16)", async () => {
    let work = 0;
    for (const seed of SEEDS) {
      const { world, trial } = await editedWorld(seed);
      const { mappingId, direction } = trial.settings;
      const started = await world.call("run.start", { mappingId, direction, preview: true });
      const preview = await finishRun(world, started);
      if (preview.plan === null) throw new Error(`seed ${seed}: ${preview.error?.message ?? "no plan"}`);
      const { creates, updates, appends, links, archives, removedRows } = preview.plan.counts;
      const { totals } = await approveRun(world, preview);
      const { created, updated, appended, linked, archived, rowsRemoved } = totals;
      const done = { created, updated, appended, linked, archived, rowsRemoved };
      const said = {
        created: creates,
        updated: updates,
        appended: appends,
        linked: links,
        archived: archives,
        rowsRemoved: removedRows,
      };
      expect({ seed, ...done }).toEqual({ seed, ...said });
      work += totals.successes;
    }
    expect(work).toBeGreaterThan(SEEDS.length);
  }, 120_000);
});
