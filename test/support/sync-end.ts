import type { Direction, HistoryItemView, LoserView } from "../../src/contract/views";
import type { Actors } from "./sync-actors";
import { lookAhead, NOTHING_AHEAD, type Outlook, type Rest } from "./sync-runs";
import type { TrialRecord } from "./sync-trial-world";
import { TRIAL_COLUMNS, TRIAL_FIELDS, type TrialField } from "./sync-values";
import type { SheetRow } from "./sync-view";

/** What the mapping is set to, as far as the checks depend on it. */
export interface TrialSettings {
  readonly mappingId: string;
  readonly direction: Direction;
  readonly blank: "keep" | "clear";
  readonly gone: "mark" | "remove-row" | "unlink";
  readonly removedRows: "leave" | "bring-back" | "archive";
}

/** Everything that is known of a trial when it has come to rest. */
export interface TrialEnd {
  readonly actors: Actors;
  readonly settings: TrialSettings;
  readonly rest: Rest;
  readonly rows: readonly SheetRow[];
  readonly records: readonly TrialRecord[];
  readonly history: readonly HistoryItemView[];
  /** Values that lost, as the history keeps them. */
  readonly losers: readonly LoserView[];
  /** Texts of the history: messages and values that lost. */
  readonly told: string;
  readonly outlook: Outlook;
  /** Fields with an open conflict, as `entity field`. */
  readonly open: ReadonlySet<string>;
  /** Entities that a finding of the last plan is about, as `entity`, or `entity field` where it names one. */
  readonly excused: ReadonlySet<string>;
}

/** Looks at a world that has come to rest. */
export async function readEnd(actors: Actors, settings: TrialSettings, rest: Rest): Promise<TrialEnd> {
  const { world } = actors;
  // A preview takes six calls; after a run without a word it has nothing to add.
  const outlook = rest.silent ? NOTHING_AHEAD : await lookAhead(world, settings.mappingId, settings.direction);
  const history = await world.call("history.list", { limit: 200 });
  const losers: LoserView[] = [];
  for (const item of history.filter((one) => one.losers > 0)) {
    losers.push(...(await world.call("undo.losers", { runId: item.runId })));
  }
  const rows = actors.rows();
  const entityAt = new Map(rows.map((row) => [row.rowNumber, actors.entityOf(row)]));
  const excused = new Set<string>(actors.doubtfulBlanks);
  for (const { rowNumber, title, message } of outlook.findings) {
    const entity =
      rowNumber === null ? actors.ledger.entityOfRecord(title.replace(/^Record /, "")) : entityAt.get(rowNumber);
    const column = TRIAL_COLUMNS.find(({ header }) => message.startsWith(`${header}: `));
    if (entity !== null && entity !== undefined) excused.add(column ? `${entity} ${column.field}` : `${entity}`);
  }
  const open = new Set<string>();
  for (const { rowNumber, conflict, changes } of outlook.conflicts) {
    const field = conflict?.field ?? changes[0]?.field ?? "";
    const entity = rowNumber === null ? null : entityAt.get(rowNumber);
    if (entity !== null && entity !== undefined) open.add(`${entity} ${field}`);
  }
  // A message about an open conflict names both values, and neither has lost by that.
  const messages = history.flatMap((item) => item.messages.map((one) => one.message));
  const told = JSON.stringify([messages.filter((text) => !text.includes("Both values were kept")), losers]);
  return {
    actors,
    settings,
    rest,
    rows,
    records: world.portal.records(),
    history,
    losers,
    told,
    outlook,
    open,
    excused,
  };
}

/** Does the last plan say why this field of the entity is as it is? */
export function isExplained(end: TrialEnd, entity: number, field: TrialField): boolean {
  const place = `${entity} ${field}`;
  return end.open.has(place) || end.excused.has(place) || end.excused.has(`${entity}`);
}

/** The end as it is compared with another one: no ids, no order. */
export interface ComparedEnd {
  readonly rows: readonly string[];
  readonly records: readonly string[];
  readonly conflicts: readonly string[];
  readonly totals: Readonly<Record<string, number>>;
}

/** Rows, records and totals of all runs since `runsBefore`, as texts that can be compared. */
export function compareForm(end: TrialEnd, runsBefore: ReadonlySet<string>): ComparedEnd {
  const emails = new Map(end.records.map(({ id, values }) => [id, values.email ?? ""]));
  const valuesOf = (values: Readonly<Record<string, string>>) =>
    TRIAL_FIELDS.map((field: TrialField) => values[field] ?? "").join(" | ");
  const rows = end.rows.map((row) => `${row.mark} ${valuesOf(row.cells)} -> ${linkOf(row.id, emails)} [${row.status}]`);
  const totals: Record<string, number> = {};
  for (const item of end.history.filter(({ runId }) => !runsBefore.has(runId))) {
    for (const [name, count] of Object.entries(item.totals)) totals[name] = (totals[name] ?? 0) + count;
  }
  return {
    rows: rows.sort(),
    records: end.records.map(({ values }) => valuesOf(values)).sort(),
    conflicts: [...end.open].sort(),
    totals,
  };
}

/** A record id by the e-mail of its record; ids of created records differ from trial to trial. */
function linkOf(id: string, emails: ReadonlyMap<string, string>): string {
  return emails.get(id) ?? (/^(\d+|[a-zA-Z0-9]{18})$/.test(id) ? "a record that is not live" : id);
}
