import type { Direction } from "../../src/contract/views";
import { runThrough } from "./sync-runs";
import type { Trial, TrialOptions } from "./sync-trial";
import type { TrialField } from "./sync-values";

/** What happens before the part of a trial that is swept, and that part. */
export interface Scenario {
  readonly name: string;
  readonly options?: TrialOptions;
  /** It takes back what a run did: older values stand again, and nobody lost them (I15). */
  readonly undoes?: boolean;
  /** Creates without key: nobody can be sure whether one that was cut off was made, so the user may be asked (I1). */
  readonly mayAsk?: boolean;
  /** After a kill the user does it again: what they chose is in no sheet and no CRM. */
  readonly again?: boolean;
  prepare(trial: Trial): Promise<void>;
  /** Killed, disturbed and raced at every call. */
  act(trial: Trial): Promise<void>;
}

/** A run as far as it goes. */
export async function run({ world, settings }: Trial, direction: Direction = settings.direction): Promise<void> {
  await runThrough(world, settings.mappingId, direction);
}

/** Contacts in the CRM, pulled into the sheet; the user has written their own word beside each. */
export async function pulled(trial: Trial, contacts: number): Promise<void> {
  for (let n = 0; n < contacts; n++) trial.actors.createRecord();
  await run(trial, trial.settings.direction === "push" ? "push" : "pull");
  trial.actors.markRows();
}

/** The user types into the entity's row. */
export function editRow({ actors }: Trial, entity: number, field: TrialField): void {
  const row = actors.rowOf(entity);
  if (row === null) throw new Error(`no row of E${entity}`);
  actors.type(row, field);
}

/** Somebody edits the entity's record. */
export function editRecord({ actors }: Trial, entity: number, field: TrialField): void {
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

/** Edits and new entities on both sides; two fields changed on both. */
export async function editedOnBothSides(trial: Trial): Promise<void> {
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

/** Nothing but names and cities: no key that a CRM could be asked for. */
const KEYLESS_PULL: Scenario = {
  name: "pull of records without key",
  prepare: async (trial) => {
    await pulled(trial, 3);
    for (let n = 0; n < 3; n++) trial.actors.createRecord(["firstname", "city"]);
  },
  act: (trial) => run(trial, "pull"),
};

const KEYLESS_PUSH: Scenario = {
  name: "push of rows without key",
  mayAsk: true,
  prepare: async (trial) => {
    await pulled(trial, 3);
    for (let n = 0; n < 4; n++) trial.actors.addRow(["firstname", "city"]);
  },
  act: (trial) => run(trial, "push"),
};

/** What was sent a moment ago may not be confirmed yet. */
export const PUSH_TWICE: Scenario = {
  name: "push, edited again, pushed again at once",
  prepare: async (trial) => {
    await pulled(trial, 4);
    for (const entity of [2, 3]) editRow(trial, entity, "jobtitle");
  },
  act: async (trial) => {
    await run(trial, "push");
    for (const entity of [2, 3]) editRow(trial, entity, "jobtitle");
    await run(trial, "push");
  },
};

const CLOCK: Scenario = {
  name: "a clock's run that reads only what changed",
  prepare: async (trial) => {
    await pulled(trial, 8);
    const { mappingId } = trial.settings;
    await trial.world.call("schedule.save", { mappingId, schedule: { kind: "hourly", hour: 9, day: 1 } });
    await trial.world.pass(3_700_000);
    await trial.world.clock();
    await trial.world.pass(3_500_000);
    for (const entity of [1, 2, 3, 4, 5, 6]) editRecord(trial, entity, "city");
    editRow(trial, 7, "jobtitle");
    trial.actors.createRecord();
  },
  act: ({ world }) => world.clock(),
};

/** The smallest worlds in which each kind of work is done, whatever the policies. */
export const EVERYDAY_SCENARIOS: readonly Scenario[] = [
  FIRST_PULL,
  PULL,
  KEYLESS_PULL,
  PUSH,
  KEYLESS_PUSH,
  BOTH_WAYS,
  FIRST_SYNC,
  CLOCK,
];
