import type {
  Adoption,
  Conflict,
  Finding,
  Operation,
  Plan,
  PlanCounts,
  UpdateOperation,
  WriteCellsOperation,
} from "../domain/plan";
import type { RecordId } from "../domain/record";
import { guardPlan } from "./guard-plan";
import { type MatchResult, matchRows } from "./match-rows";
import type { PlanInput } from "./plan-input";
import { planAppend, planCreate } from "./plan-new";
import { type PairPlan, planPair } from "./plan-pair";

/** Compares both sides with the base and lists everything that would change. Pure: the same input, the same plan. */
export function planSync(input: PlanInput): Plan {
  const match = matchRows(input);
  const operations: Operation[] = [];
  const adoptions: Adoption[] = [];
  const conflicts: Conflict[] = [];
  const findings: Finding[] = [...match.findings];
  let unchanged = 0;
  for (const pair of match.pairs) {
    const pairPlan = planPair(pair, input);
    operations.push(...pairPlan.operations);
    adoptions.push(...pairPlan.adoptions);
    conflicts.push(...pairPlan.conflicts);
    findings.push(...pairPlan.findings);
    if (isQuiet(pairPlan)) unchanged += 1;
  }
  planNewRows(match, input, operations, findings);
  for (const record of input.run === "push" ? [] : match.newRecords) {
    const planned = planAppend(record, input);
    operations.push(planned.operation);
    findings.push(...planned.findings);
  }
  const rowless = planRowless(match, input, findings);
  const merged = match.pairs.filter((pair) => pair.baseId !== pair.record.id).map((pair) => pair.baseId);
  const draft: Plan = {
    version: 1,
    mappingId: input.mappingId,
    objectType: input.schema.type,
    direction: input.run,
    madeAtMs: input.madeAtMs,
    firstSync: input.snapshot.size === 0,
    operations,
    adoptions,
    forget: [...rowless.forget, ...merged],
    tombstones: rowless.tombstones,
    revive: match.revive,
    conflicts,
    findings,
    guard: [],
    counts: countPlan(match, input, { operations, conflicts, findings, unchanged }),
  };
  return { ...draft, guard: guardPlan(draft, input) };
}

function isQuiet(pairPlan: PairPlan): boolean {
  return pairPlan.operations.length === 0 && pairPlan.conflicts.length === 0 && pairPlan.findings.length === 0;
}

/** R1 where the run pushes; a run that only pulls leaves new rows alone. */
function planNewRows(match: MatchResult, input: PlanInput, operations: Operation[], findings: Finding[]): void {
  if (input.run === "pull") return;
  for (const row of match.newRows) {
    const planned = planCreate(row, input);
    findings.push(...planned.findings);
    if (planned.operation) operations.push(planned.operation);
  }
}

/** R8-R10 with the default: the record stays in the CRM, a tombstone remembers not to bring it back. */
function planRowless(
  match: MatchResult,
  input: PlanInput,
  findings: Finding[],
): { forget: RecordId[]; tombstones: RecordId[] } {
  const forget: RecordId[] = [];
  const tombstones: RecordId[] = [];
  for (const id of match.rowless) {
    forget.push(id);
    const record = input.records.get(id);
    if (!record) {
      // Only a verified absence is R10; anything unread may still be there and is remembered.
      if (input.reads.get(id)?.kind !== "gone") tombstones.push(id);
      continue;
    }
    tombstones.push(id);
    findings.push({
      severity: "note",
      rule: "R8",
      rowNumber: null,
      recordId: id,
      field: null,
      title: `Record ${id}`,
      message: "Its row was removed from the sheet. The record stays in the CRM and is not brought back.",
    });
  }
  return { forget, tombstones };
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
  const of = (kind: Operation["kind"]) => parts.operations.filter((operation) => operation.kind === kind);
  const updates = of("update") as UpdateOperation[];
  const writes = of("write-cells") as WriteCellsOperation[];
  return {
    rows: input.rows.length,
    records: input.records.size,
    linked: match.pairs.length,
    creates: of("create").length,
    updates: updates.length,
    clears: updates.reduce((sum, update) => sum + update.changes.filter((change) => change.to === "").length, 0),
    appends: of("append-row").length,
    rowWrites: writes.length,
    cellWrites: writes.reduce((sum, write) => sum + write.cells.length, 0),
    links: of("link").length,
    conflicts: parts.conflicts.length,
    errors: parts.findings.filter((finding) => finding.severity === "error").length,
    notes: parts.findings.filter((finding) => finding.severity === "note").length,
    ignoredRows: match.ignoredRows,
    unchanged: parts.unchanged,
  };
}
