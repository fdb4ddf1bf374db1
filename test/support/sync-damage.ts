import { STATE_TAB_NAME } from "../../src/adapters/sheet/state-tab";
import { restAndRead, stopOf } from "./sync-disturb";
import { checkEnd } from "./sync-invariants";
import { stabilise } from "./sync-runs";
import type { Scenario } from "./sync-scenarios";
import { startTrial, type Trial } from "./sync-trial";
import { SyncWorld } from "./sync-world";

/** What a person does to a row of the add-on's own tab. */
export type Damage = "delete" | "cut" | "change" | "clear" | "copy";

export interface DamageReport {
  readonly row: number;
  /** Name of the document that the row belongs to. */
  readonly document: string;
  /** Error with which every later run stops; null: the world came to rest. */
  readonly refusal: string | null;
  /** Something is left to the user. */
  readonly asks: boolean;
  readonly problems: readonly string[];
}

const TEXT_COLUMN = 6;

/**
 * Damages the state tab after a scenario was prepared, then plays it. What was remembered may be gone: then the add-on asks
 * or stops with a message, and nothing that people wrote is lost or doubled (R19).
 */
export async function playDamaged(
  scenario: Scenario,
  damage: (world: SyncWorld, tabId: number) => void,
): Promise<Omit<DamageReport, "row" | "document">> {
  const world = new SyncWorld();
  const trial = await startTrial(world, scenario.options);
  await scenario.prepare(trial);
  const before = rawForm(trial);
  damage(world, stateTab(world));
  world.calls.restart();
  await stopOf(() => scenario.act(trial));
  const rest = await stabilise(world, trial.settings, { isWaiting: () => trial.actors.hasPending() });
  if (rest.quiet) {
    const end = await restAndRead(trial);
    const problems = checkEnd(end).violations.map(({ rule, text }) => `${rule}: ${text}`);
    return { refusal: null, asks: end.open.size + end.excused.size > 0, problems };
  }
  const refusal = rest.failures[rest.failures.length - 1] ?? "it never comes to rest";
  const problems = before === rawForm(trial) ? [] : ["it refuses to go on, and something was changed before"];
  if (/^(unexpected|bad-request)/.test(refusal) || rest.failures.length === 0)
    problems.push(`no clear error: ${refusal}`);
  return { refusal, asks: false, problems };
}

/** Damages each row of the state tab in turn. */
export async function sweepDamage(scenario: Scenario, damage: Damage): Promise<readonly DamageReport[]> {
  const model = new SyncWorld();
  await scenario.prepare(await startTrial(model, scenario.options));
  const rows = model.app.grid.values(stateTab(model));
  const reports: DamageReport[] = [];
  for (let row = 2; row <= rows.length; row++) {
    const document = String(rows[row - 1]?.[0] ?? "").replace(/id\d+/g, "*");
    const report = await playDamaged(scenario, (world, tabId) => damageRow(world, tabId, { row, damage }));
    reports.push({ row, document, ...report });
  }
  return reports;
}

function damageRow(world: SyncWorld, tabId: number, at: { readonly row: number; readonly damage: Damage }): void {
  const { grid } = world.app;
  const { row } = at;
  const text = String(grid.cell(tabId, row, TEXT_COLUMN).value);
  switch (at.damage) {
    case "delete":
      grid.user.deleteRows(tabId, row, 1);
      break;
    case "copy":
      grid.user.copyRows(tabId, row, 1, grid.values(tabId).length + 1);
      break;
    case "clear":
      for (let column = 1; column <= TEXT_COLUMN; column++) grid.user.clear(tabId, row, column);
      break;
    case "cut":
      grid.user.type(tabId, row, TEXT_COLUMN, text.slice(0, Math.floor(text.length / 2)));
      break;
    case "change":
      grid.user.type(tabId, row, TEXT_COLUMN, text.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, "x"));
  }
}

function stateTab(world: SyncWorld): number {
  const tab = world.app.grid.storedTabs().find(({ name }) => name === STATE_TAB_NAME);
  if (tab === undefined) throw new Error("there is no state tab");
  return tab.id;
}

/** Rows and records as they stand. */
function rawForm({ actors, world }: Trial): string {
  const rows = actors.rows().map(({ id, mark, cells }) => ({ id, mark, cells }));
  return JSON.stringify([rows, world.portal.records()]);
}
