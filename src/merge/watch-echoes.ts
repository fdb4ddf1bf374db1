import type { EchoEntry, EchoSide, EchoState, EchoWrite } from "../domain/echo";
import type { Effect } from "../domain/effect";
import type { Finding, Plan } from "../domain/plan";
import type { RecordId } from "../domain/record";
import type { FieldName } from "../domain/schema";
import { decodeValue, showValue } from "../domain/value";
import { fieldKey } from "./field-key";

/** A finished run. */
export interface WatchedRun {
  readonly plan: Plan;
  readonly effects: readonly Effect[];
}

/** "Twice in three runs": the second time at most this many runs after the first. */
const SPAN = 2;

/** A run that wrote more fields than this was a mass change: it adds none to those that are watched. */
const MAX_NEW_FIELDS = 2_000;

/** Fields that plan nothing, for `PlanInput.stopped`. */
export function stoppedFields(state: EchoState): ReadonlySet<string> {
  return new Set(Object.keys(state.fields).filter((key) => state.fields[key]?.stopped));
}

/**
 * F12: fields where a value that we wrote came back changed twice in three runs, the second time in this plan, with the
 * later of the two writes. Two people who overwrite each other are told from a machine by their values: it counts as a
 * fight only where the same value was written both times, or the same one found.
 */
export function findFights(before: EchoState, plan: Plan): ReadonlyMap<string, EchoWrite> {
  const changes = changedSides(plan);
  const fights = new Map<string, EchoWrite>();
  for (const [key, entry] of Object.entries(before.fields)) {
    const fight = entry.stopped ? null : findFight(writesSeen(entry, changes.get(key), before.run + 1));
    if (fight) fights.set(key, fight);
  }
  return fights;
}

/** What a row says as long as one of its fields stays stopped. */
export function stoppedText({ header }: { readonly header: string }): string {
  return `"${header}" is not synced for this record, because the same change was written and taken back again and again. Make both sides equal, or save the mapping, to go on.`;
}

/** An error for each field that stops, from the plan that saw it. */
export function fightFindings(
  fights: ReadonlyMap<string, EchoWrite>,
  plan: Plan,
  headers: Readonly<Record<FieldName, string>>,
): readonly Finding[] {
  const changes = changedSides(plan);
  return [...fights].map(([key, fight]) => {
    const cut = key.indexOf("\n");
    const recordId = key.slice(0, cut);
    const field = key.slice(cut + 1);
    const { rowNumber = null, title = `Record ${recordId}` } = changes.get(key) ?? {};
    const message = fightText(headers[field] ?? field, fight);
    return { severity: "error", rule: "F12", rowNumber, recordId, field, title, message };
  });
}

/**
 * What the next run has to know after a finished one. Fields that its plan held back are stopped; they go on once both
 * sides are equal, or with the end of their pair. An undo counts for nothing.
 */
export function watchEchoes(before: EchoState, { plan, effects }: WatchedRun): EchoState {
  if (plan.undoOf !== null) return before;
  const run = before.run + 1;
  const changes = changedSides(plan);
  const held = new Set(plan.stopped ?? []);
  const fields = new Map<string, EchoEntry>();
  for (const [key, entry] of Object.entries(before.fields)) {
    const writes = entry.stopped ? [] : writesSeen(entry, changes.get(key), run);
    if (held.has(key)) fields.set(key, { stopped: true, writes: [] });
    else if (writes.length > 0) fields.set(key, { stopped: false, writes });
  }
  addWrites(fields, effects, run);
  return { version: 1, run, fields: Object.fromEntries(fields) };
}

/** The writes that still count, with what this run's plan found in place of them. */
function writesSeen(entry: EchoEntry, changed: Changed | undefined, run: number): readonly EchoWrite[] {
  return noteFound(entry.writes, changed, run).filter((write) => isRecent(write, run));
}

/** Values that changed since the base, by side. */
interface Changed {
  readonly rowNumber: number;
  readonly title: string;
  readonly sheet?: string;
  readonly crm?: string;
}

/** Rules that say which side changed since the base. */
const SHEET_CHANGED: readonly string[] = ["F2", "F5", "F9"];
const CRM_CHANGED: readonly string[] = ["F3", "F5"];

/** What the plan says about sides that changed. */
function changedSides({ operations, conflicts }: Plan): ReadonlyMap<string, Changed> {
  const changes = new Map<string, Changed>();
  const add = (
    at: Omit<Changed, "sheet" | "crm"> & { readonly recordId: RecordId; readonly field: FieldName },
    rule: string,
    now: { readonly sheet: string; readonly crm: string },
  ) => {
    const sheet = SHEET_CHANGED.includes(rule) ? { sheet: mark(showValue(decodeValue(now.sheet))) } : {};
    const crm = CRM_CHANGED.includes(rule) ? { crm: mark(now.crm) } : {};
    changes.set(fieldKey(at.recordId, at.field), { rowNumber: at.rowNumber, title: at.title, ...sheet, ...crm });
  };
  for (const operation of operations) {
    if (operation.kind === "update") {
      for (const { field, rule, sheet, from: crm } of operation.changes)
        add({ ...operation, field }, rule, { sheet, crm });
    } else if (operation.kind === "write-cells") {
      for (const { field, rule, from: sheet, crm } of operation.cells)
        add({ ...operation, field }, rule, { sheet, crm });
    }
  }
  for (const conflict of conflicts) add(conflict, conflict.rule, conflict);
  return changes;
}

/** Notes on the last write of a side that something else stands there now. */
function noteFound(writes: readonly EchoWrite[], changed: Changed | undefined, run: number): readonly EchoWrite[] {
  const last = (side: EchoSide) => writes.filter((write) => write.side === side).pop();
  const lasts = [last("sheet"), last("crm")];
  return writes.map((write) => {
    const value = changed?.[write.side];
    if (value === undefined || value === write.wrote || write.found || !lasts.includes(write)) return write;
    return { ...write, found: { run, value } };
  });
}

function isRecent({ run: wroteIn, found }: EchoWrite, run: number): boolean {
  return run - (found?.run ?? wroteIn) <= SPAN;
}

/** Two writes of one side that both came back changed, with a value in common; gives the later one. */
function findFight(writes: readonly EchoWrite[]): EchoWrite | null {
  const changed = writes.filter((write) => write.found !== null);
  const later = changed.filter((write, at) =>
    changed
      .slice(0, at)
      .some(
        (earlier) =>
          earlier.side === write.side && (earlier.wrote === write.wrote || earlier.found?.value === write.found?.value),
      ),
  );
  return later.pop() ?? null;
}

function addWrites(fields: Map<string, EchoEntry>, effects: readonly Effect[], run: number): void {
  const written = effects.filter((effect) => effect.kind === "field" || effect.kind === "cell");
  for (const effect of written) {
    const key = fieldKey(effect.recordId, effect.field);
    const entry = fields.get(key) ?? { stopped: false, writes: [] };
    if (entry.stopped || (written.length > MAX_NEW_FIELDS && !fields.has(key))) continue;
    const side = effect.kind === "field" ? "crm" : "sheet";
    const wrote = mark(effect.kind === "field" ? effect.after : showValue(decodeValue(effect.after)));
    fields.set(key, { ...entry, writes: [...entry.writes, { side, run, wrote, found: null }] });
  }
}

/** The value, a long one cut to what tells it from others. */
function mark(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 50)}…${value.slice(-20)} (${value.length} characters)`;
}

function fightText(header: string, fight: EchoWrite): string {
  const where = fight.side === "crm" ? "in the CRM, a workflow perhaps," : "in the sheet, a script or formula perhaps,";
  return `"${header}" is no longer synced for this record: twice in three runs "${fight.wrote}" was written and came back as "${fight.found?.value ?? ""}". Something ${where} changes it back. Switch that off, then make both sides equal or edit the mapping to go on.`;
}
