import type { Actors } from "./sync-actors";
import { knownRuns, restAndRead, stopOf } from "./sync-disturb";
import { checkEnd } from "./sync-invariants";
import { watchRaces } from "./sync-races";
import type { Scenario } from "./sync-scenarios";
import { startTrial } from "./sync-trial";
import type { TrialCall } from "./sync-trial-world";
import { SyncWorld } from "./sync-world";

/** Something that somebody does in the middle of a run. */
export interface Action {
  readonly name: string;
  act(actors: Actors): void;
}

const TAB = "Customers";

/** Everything that moves what a run is about to write, or changes it. E2 is written by the run, E1 is not. */
export const ACTIONS: readonly Action[] = [
  { name: "sorts by e-mail, last first", act: (actors) => sort(actors, false) },
  { name: "sorts by e-mail", act: (actors) => sort(actors, true) },
  { name: "inserts a row above all", act: (actors) => actors.inSheet(() => actors.world.hand.insertRows(2, 1)) },
  {
    name: "inserts two rows in the middle",
    act: (actors) => actors.inSheet(() => actors.world.hand.insertRows(4, 2)),
  },
  { name: "drags the last row to the top", act: dragLast },
  { name: "deletes the row of E1", act: (actors) => onRow(actors, 1, (row) => actors.deleteRow(row)) },
  { name: "moves the column of cities to the front", act: moveCity },
  { name: "renames a header", act: (actors) => actors.renameHeader("jobtitle", "Position") },
  { name: "adds a row", act: (actors) => void actors.addRow() },
  {
    name: "types into a cell that is not written",
    act: (actors) => onRow(actors, 1, (row) => actors.type(row, "city")),
  },
  {
    name: "types into a cell that is written",
    act: (actors) => onRow(actors, 2, (row) => actors.type(row, "jobtitle")),
  },
  { name: "edits a record that is read", act: (actors) => onRecord(actors, 3, "city") },
  { name: "edits a record that is written", act: (actors) => onRecord(actors, 2, "jobtitle") },
  { name: "archives a record", act: archive },
];

export interface ActionReport {
  readonly action: string;
  readonly k: number;
  readonly raced: number;
  readonly problems: readonly string[];
}

/**
 * Lets somebody act right before each write into the user's tab and each nth of the other calls, one trial each; only edits
 * of a call's width may be lost (I1).
 */
export async function sweepActions(
  scenario: Scenario,
  action: Action,
  { every, offset }: { readonly every: number; readonly offset: number },
): Promise<readonly ActionReport[]> {
  const { calls } = await playAction(scenario, null, 0);
  const points = calls.filter((call) => isDangerous(call) || call.k % every === offset % every);
  const reports: ActionReport[] = [];
  for (const { k } of points) {
    const { raced, problems } = await playAction(scenario, action, k);
    reports.push({ action: action.name, k, raced, problems });
  }
  return reports;
}

/** Right before a write of cells of the user's tab, or of a deletion of its rows, is the worst moment to move rows. */
function isDangerous({ about, method, writes }: TrialCall): boolean {
  return method === "grid.deleteRows" || (writes && about?.kind === "cells" && about.tab === TAB);
}

async function playAction(scenario: Scenario, action: Action | null, k: number) {
  const world = new SyncWorld();
  const trial = await startTrial(world, scenario.options);
  await scenario.prepare(trial);
  await knownRuns(trial);
  await world.pass(120_000);
  world.calls.restart();
  watchRaces(trial.actors, TAB);
  if (action !== null) world.calls.before(k, () => action.act(trial.actors));
  const stopped = await stopOf(() => scenario.act(trial));
  const calls = [...world.calls.log()];
  world.calls.restart();
  const { violations, raced } = checkEnd(await restAndRead(trial), scenario.undoes);
  // A row that was deleted by mistake, because rows moved right before the call, is put back at the end of the table.
  const isPutBack = scenario.options?.gone === "remove-row";
  const found = violations.filter(({ rule }) => !(isPutBack && rule === "I7"));
  const problems = found.map(({ rule, text }) => `${rule}: ${text}`);
  return { calls, raced, problems: stopped === null ? problems : [...problems, `it stops: ${stopped}`] };
}

function sort(actors: Actors, ascending: boolean): void {
  const { email } = actors.places().fields;
  actors.inSheet(() => actors.world.hand.sortRows(2, email, ascending));
}

function dragLast(actors: Actors): void {
  const last = actors.lastRow();
  if (last > 2) actors.inSheet(() => actors.world.hand.moveRows(last, 1, 2));
}

function moveCity(actors: Actors): void {
  const { city } = actors.places().fields;
  if (city > 1) actors.inSheet(() => actors.world.hand.moveColumn(city, 1));
}

function onRow(actors: Actors, entity: number, act: (row: NonNullable<ReturnType<Actors["rowOf"]>>) => void): void {
  const row = actors.rowOf(entity);
  if (row !== null) act(row);
}

function onRecord(actors: Actors, entity: number, field: "city" | "jobtitle"): void {
  const record = actors.recordOf(entity);
  if (record !== null) actors.editRecord(record, field);
}

function archive(actors: Actors): void {
  const record = actors.recordOf(3);
  if (record !== null) actors.archiveRecord(record);
}
