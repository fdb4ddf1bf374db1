import type { ConflictView, Direction, RunView } from "../../src/contract/views";
import { approveRun, finishRun, runThrough } from "./sync-runs";
import type { Trial, TrialOptions } from "./sync-trial";
import type { TrialWorld } from "./sync-trial-world";
import type { TrialField } from "./sync-values";

/** What happens before the part of a trial that is swept, and that part. */
export interface Scenario {
  readonly name: string;
  readonly options?: TrialOptions;
  /** It takes back what a run did: older values stand again, and nobody lost them (I15). */
  readonly undoes?: boolean;
  /** After a kill the user does it again: what they chose is in no sheet and no CRM. */
  readonly again?: boolean;
  prepare(trial: Trial): Promise<void>;
  /** Killed, disturbed and raced at every call. */
  act(trial: Trial): Promise<void>;
}

/** A run as far as it goes. */
async function run({ world, settings }: Trial, direction: Direction = settings.direction): Promise<void> {
  await runThrough(world, settings.mappingId, direction);
}

/** Contacts in the CRM, pulled into the sheet; the user has written their own word beside each. */
async function pulled(trial: Trial, contacts: number): Promise<void> {
  for (let n = 0; n < contacts; n++) trial.actors.createRecord();
  await run(trial, trial.settings.direction === "push" ? "push" : "pull");
  trial.actors.markRows();
}

function editRow({ actors }: Trial, entity: number, field: TrialField): void {
  const row = actors.rowOf(entity);
  if (row === null) throw new Error(`no row of E${entity}`);
  actors.type(row, field);
}

function editRecord({ actors }: Trial, entity: number, field: TrialField): void {
  const record = actors.recordOf(entity);
  if (record === null) throw new Error(`no record of E${entity}`);
  actors.editRecord(record, field);
}

const FIRST_PULL: Scenario = {
  name: "first pull",
  prepare: async ({ actors }) => {
    for (let n = 0; n < 8; n++) actors.createRecord();
  },
  act: (trial) => run(trial, "pull"),
};

const PULL: Scenario = {
  name: "pull of new and changed",
  prepare: async (trial) => {
    await pulled(trial, 8);
    for (const entity of [1, 3, 8]) editRecord(trial, entity, "city");
    editRecord(trial, 3, "jobtitle");
    trial.actors.createRecord();
    trial.actors.createRecord(["email", "city"]);
  },
  act: (trial) => run(trial, "pull"),
};

const PUSH: Scenario = {
  name: "push of edits and creates",
  prepare: async (trial) => {
    await pulled(trial, 8);
    for (const entity of [2, 5, 7]) editRow(trial, entity, "jobtitle");
    editRow(trial, 5, "lastname");
    const row = trial.actors.rowOf(4);
    if (row !== null) trial.actors.typeText(row, "city", "");
    trial.actors.addRow();
    trial.actors.addRow(["email", "firstname"]);
  },
  act: (trial) => run(trial, "push"),
};

async function editedOnBothSides(trial: Trial): Promise<void> {
  await pulled(trial, 8);
  editRow(trial, 2, "jobtitle");
  editRecord(trial, 3, "city");
  for (const entity of [4, 5]) {
    editRow(trial, entity, "lastname");
    editRecord(trial, entity, "lastname");
  }
  editRow(trial, 4, "city");
  editRecord(trial, 5, "jobtitle");
  trial.actors.addRow();
  trial.actors.createRecord();
}

const BOTH_WAYS: Scenario = {
  name: "both ways with conflicts",
  prepare: editedOnBothSides,
  act: (trial) => run(trial, "both"),
};

const FIRST_SYNC: Scenario = {
  name: "first sync with links",
  prepare: async ({ actors, world }) => {
    for (let n = 0; n < 5; n++) actors.createRecord();
    actors.createRecord(["email", "firstname"]);
    for (const entity of [1, 2, 6]) {
      const email = actors.recordOf(entity)?.values.email ?? "";
      const { fields, mark } = actors.places();
      const rowNumber = actors.lastRow() + 1;
      actors.inSheet(() => world.hand.type(rowNumber, mark, `E${entity}`));
      const row = actors.rows().find((one) => one.rowNumber === rowNumber);
      if (row === undefined || fields.email === 0) throw new Error("no row to type into");
      actors.typeText(row, "email", email);
    }
    const filled = actors.rowOf(6);
    if (filled !== null) actors.type(filled, "city");
    actors.addRow();
  },
  act: (trial) => run(trial, "both"),
};

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

/** The smallest worlds in which each kind of work is done. */
export const SCENARIOS: readonly Scenario[] = [
  FIRST_PULL,
  PULL,
  PUSH,
  BOTH_WAYS,
  policyScenario("sheet-wins"),
  policyScenario("newest-wins"),
  SETTLED,
  FIRST_SYNC,
  GONE,
  UNLINKED,
  ARCHIVED,
  BROUGHT_BACK,
  MERGED,
  UNDO,
];
