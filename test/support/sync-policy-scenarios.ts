import type { ConflictView, RunView } from "../../src/contract/views";
import { approveRun, finishRun } from "./sync-runs";
import {
  EVERYDAY_SCENARIOS,
  editedOnBothSides,
  editRecord,
  editRow,
  pulled,
  run,
  type Scenario,
} from "./sync-scenarios";
import type { Trial } from "./sync-trial";
import type { TrialWorld } from "./sync-trial-world";

/** Conflicts on both sides, settled by a rule of the mapping. */
function policyScenario(conflicts: "sheet-wins" | "crm-wins" | "newest-wins"): Scenario {
  return {
    name: `conflicts by ${conflicts}`,
    options: { conflicts },
    prepare: editedOnBothSides,
    act: (trial) => run(trial, "both"),
  };
}

const SETTLED: Scenario = {
  name: "conflicts settled by the user",
  prepare: async (trial) => {
    await editedOnBothSides(trial);
    await run(trial, "both");
  },
  again: true,
  act: async ({ world, settings }) => {
    const { mappingId } = settings;
    const open = await finishOpen(world);
    if (open?.phase === "done") return;
    const start = { mappingId, direction: "both", preview: true } as const;
    const preview = open ?? (await finishRun(world, await world.call("run.start", start)));
    const page = await world.call("plan.page", { runId: preview.id, kind: "conflict", offset: 0, limit: 10 });
    const settle = page.items.flatMap(({ conflict }) => (conflict === null ? [] : [toChoice(conflict)]));
    await approveRun(world, preview, settle);
  },
};

/** The sheet wins for the later name, the CRM for the earlier: anything that does not change from look to look. */
function toChoice({ recordId, field, sheet }: ConflictView) {
  return { recordId, field, winner: sheet.startsWith("E4") ? ("sheet" as const) : ("crm" as const) };
}

/** The run that was cut off, at its end; null: there is none. */
async function finishOpen(world: TrialWorld): Promise<RunView | null> {
  const { run: open } = await world.call("app.state", {});
  return open === null ? null : finishRun(world, open);
}

const GONE: Scenario = {
  name: "rows of deleted records are removed",
  options: { gone: "remove-row" },
  prepare: async (trial) => {
    await pulled(trial, 8);
    editRow(trial, 3, "jobtitle");
    for (const entity of [3, 5, 6]) removeRecord(trial, entity);
    editRecord(trial, 7, "city");
  },
  act: (trial) => run(trial, "both"),
};

const UNLINKED: Scenario = { ...GONE, name: "rows of deleted records are unlinked", options: { gone: "unlink" } };

const ARCHIVED: Scenario = {
  name: "records of removed rows are archived",
  options: { removedRows: "archive" },
  prepare: async (trial) => {
    await pulled(trial, 8);
    editRecord(trial, 4, "city");
    for (const entity of [2, 4, 8]) removeRow(trial, entity);
    editRow(trial, 6, "jobtitle");
  },
  act: (trial) => run(trial, "both"),
};

const BROUGHT_BACK: Scenario = { ...ARCHIVED, name: "removed rows come back", options: { removedRows: "bring-back" } };

const MERGED: Scenario = {
  name: "merged records and lost ids",
  prepare: async (trial) => {
    await pulled(trial, 6);
    const { actors } = trial;
    const [one, other] = [actors.recordOf(2), actors.recordOf(3)];
    const gone = actors.rowOf(2);
    if (one === null || other === null || gone === null) throw new Error("no contacts to merge");
    actors.deleteRow(gone);
    actors.mergeRecords(one, other);
    const emptied = actors.rowOf(5);
    if (emptied !== null) actors.inSheet(() => trial.world.hand.type(emptied.rowNumber, actors.places().id, ""));
    editRow(trial, 6, "city");
  },
  act: (trial) => run(trial, "both"),
};

const UNDO: Scenario = {
  name: "undo of a run both ways",
  options: { conflicts: "crm-wins" },
  undoes: true,
  prepare: async (trial) => {
    await editedOnBothSides(trial);
    await run(trial, "both");
    editRow(trial, 2, "jobtitle");
    editRecord(trial, 3, "city");
  },
  again: true,
  act: async ({ world }) => {
    const open = await finishOpen(world);
    const items = await world.call("history.list", { limit: 20 });
    const taken = items.find((item) => item.undo === "possible" && item.type === "Sync both ways");
    if (open?.phase === "done" || taken === undefined) return;
    const start = { runId: taken.runId, only: null };
    const undo = open ?? (await finishRun(world, await world.call("undo.start", start)));
    if (undo.phase === "waiting") await approveRun(world, undo);
  },
};

function removeRow({ actors }: Trial, entity: number): void {
  const row = actors.rowOf(entity);
  if (row === null) throw new Error(`no row of E${entity}`);
  actors.deleteRow(row);
}

function removeRecord({ actors }: Trial, entity: number): void {
  const record = actors.recordOf(entity);
  if (record === null) throw new Error(`no record of E${entity}`);
  actors.archiveRecord(record);
}

/** The smallest worlds in which the policies do their work. */
const POLICY_SCENARIOS: readonly Scenario[] = [
  policyScenario("sheet-wins"),
  policyScenario("newest-wins"),
  SETTLED,
  GONE,
  UNLINKED,
  ARCHIVED,
  BROUGHT_BACK,
  MERGED,
  UNDO,
];

/** Everything that is swept. */
export const SCENARIOS: readonly Scenario[] = [...EVERYDAY_SCENARIOS, ...POLICY_SCENARIOS];
