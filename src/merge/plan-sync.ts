import type { Conflict, Finding, Operation, Plan, PlanCounts } from "../domain/plan";
import { withBaseRecords } from "./base-records";
import { countOperations } from "./count-operations";
import { fieldKey } from "./field-key";
import { guardPlan } from "./guard-plan";
import { type MatchResult, matchRows } from "./match-rows";
import { isQuarantined } from "./match-state";
import { planGone } from "./plan-gone";
import type { PlanInput } from "./plan-input";
import { planAppend, planCreate } from "./plan-new";
import { type PairPlan, planPair } from "./plan-pair";
import { planRemoved } from "./plan-removed";
import { fightFindings, findFights } from "./watch-echoes";

/** Compares both sides with the base and lists everything that would change. Pure: the same input, the same plan. */
export function planSync(given: PlanInput): Plan {
  const input = withBaseRecords(given);
  const plan = planOnce(input);
  const fights = findFights(input.echoes, plan);
  if (fights.size === 0) return plan;
  // F12: a field whose fight this plan sees stops at once, before it is written once more.
  const again = planOnce({ ...input, stopped: new Set([...input.stopped, ...fights.keys()]) });
  const headers = Object.fromEntries(input.fields.map(({ field, header }) => [field.name, header]));
  // The error of a field that stops now says more than the note of one that is stopped.
  const isNew = ({ rule, recordId, field }: Finding) =>
    rule === "F12" && fights.has(fieldKey(recordId ?? "", field ?? ""));
  const known = again.findings.filter((finding) => !isNew(finding));
  const findings = [...known, ...fightFindings(fights, plan, headers)];
  const errors = again.counts.errors + fights.size;
  const notes = again.counts.notes - (again.findings.length - known.length);
  return { ...again, findings, counts: { ...again.counts, errors, notes } };
}

function planOnce(input: PlanInput): Plan {
  const match = matchRows(input);
  const pairs = match.pairs.map((pair) => planPair(pair, input, match.doubled));
  const conflicts = pairs.flatMap((pair) => pair.conflicts);
  const gone = planGone(match, input);
  const fresh = planNew(match, input);
  const removed = planRemoved(match, input);
  const operations = [...pairs, gone, fresh, removed].flatMap((part) => part.operations);
  const findings = [match, ...pairs, gone, fresh, removed].flatMap((part) => part.findings);
  const unchanged = pairs.filter(isQuiet).length;
  const merged = match.pairs.filter(
    (pair) => pair.baseId !== pair.record.id && !isQuarantined(pair, input.quarantined),
  );
  const draft: Plan = {
    version: 1,
    mappingId: input.mappingId,
    objectType: input.schema.type,
    direction: input.run,
    madeAtMs: input.madeAtMs,
    undoOf: null,
    firstSync: input.snapshot.size === 0 && !input.baseDamaged,
    operations,
    adoptions: pairs.flatMap((pair) => pair.adoptions),
    forget: [...removed.forget, ...merged.map((pair) => pair.baseId)],
    tombstones: removed.tombstones,
    revive: [...match.revive, ...removed.revive],
    conflicts,
    stopped: stillStopped(pairs, match, input),
    findings,
    guard: [],
    counts: countPlan(match, input, { operations, conflicts, findings, unchanged }),
  };
  return { ...draft, guard: guardPlan(draft, input) };
}

/** F12: a field goes on once its two sides are equal, or with the end of its pair. */
function stillStopped(
  pairs: readonly PairPlan[],
  { claimed }: MatchResult,
  { stopped, snapshot }: PlanInput,
): string[] {
  const released = new Set(pairs.flatMap((pair) => pair.released));
  return [...stopped].filter((key) => {
    const recordId = key.slice(0, key.indexOf("\n"));
    return !released.has(key) && (claimed.has(recordId) || snapshot.has(recordId));
  });
}

function isQuiet(pairPlan: PairPlan): boolean {
  return pairPlan.operations.length === 0 && pairPlan.conflicts.length === 0 && pairPlan.findings.length === 0;
}

/** R1 where the run pushes, R5 where it pulls; a run that only does one leaves the other alone. */
function planNew(match: MatchResult, input: PlanInput): { operations: Operation[]; findings: Finding[] } {
  const creates = input.run === "pull" ? [] : match.newRows.map((row) => planCreate(row, input));
  const appends = input.run === "push" ? [] : match.newRecords.map((record) => planAppend(record, input));
  const planned = [...creates, ...appends];
  return {
    operations: planned.flatMap(({ operation }) => (operation ? [operation] : [])),
    findings: planned.flatMap(({ findings }) => findings),
  };
}

function countPlan(
  match: MatchResult,
  input: PlanInput,
  parts: {
    readonly operations: readonly Operation[];
    readonly conflicts: readonly Conflict[];
    readonly findings: readonly Finding[];
    readonly unchanged: number;
  },
): PlanCounts {
  return {
    rows: input.rows.length,
    records: input.records.size,
    linked: match.pairs.length,
    ...countOperations(parts.operations),
    conflicts: parts.conflicts.length,
    errors: parts.findings.filter((finding) => finding.severity === "error").length,
    notes: parts.findings.filter((finding) => finding.severity === "note").length,
    ignoredRows: match.ignoredRows,
    unchanged: parts.unchanged,
  };
}
