import { canonicalCrm } from "../domain/canonical-value";
import type { RemovedRowPolicy } from "../domain/mapping";
import type { CellChange, Finding, Operation } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import { isUnlinked, UNLINKED_PREFIX } from "../domain/row";
import type { FieldName } from "../domain/schema";
import type { CrmValue } from "../domain/value";
import { WAIT_TEXT } from "./match-linked";
import type { MatchResult } from "./match-rows";
import { type PlanInput, recordTitle } from "./plan-input";
import { planAppend } from "./plan-new";

/** What removed rows add to a plan. */
export interface RemovedPlan {
  readonly operations: readonly Operation[];
  readonly findings: readonly Finding[];
  readonly forget: readonly RecordId[];
  readonly tombstones: readonly RecordId[];
  readonly revive: readonly RecordId[];
}

/** R8-R10: pairs whose row the user removed, by the mapping's choice. */
export function planRemoved(match: MatchResult, input: PlanInput): RemovedPlan {
  const draft: RemovedDraft = { match, input, operations: [], findings: [], forget: [], tombstones: [], revive: [] };
  const unlinked = unlinkedIds(input);
  if (match.rowless.length > 0 && (!input.mayDelete || input.baseDamaged)) draft.findings.push(unjudged(input));
  else for (const id of match.rowless) judge(draft, id, unlinked);
  const { operations, findings, forget, tombstones, revive } = draft;
  return { operations, findings, forget, tombstones, revive };
}

interface RemovedDraft {
  readonly match: MatchResult;
  readonly input: PlanInput;
  readonly operations: Operation[];
  readonly findings: Finding[];
  readonly forget: RecordId[];
  readonly tombstones: RecordId[];
  readonly revive: RecordId[];
}

const LEFT_TEXT = "Its row was removed from the sheet. The record stays in the CRM and is not brought back.";
const BACK_TEXT =
  "Its row was removed from the sheet, but the record changed in the CRM since. It was not archived; its row comes back.";
const UNREAD_TEXT = "Its row was removed from the sheet, but the record could not be read. The next sync looks again.";

/** R19, R22: that a row is missing proves nothing in this run. */
function unjudged({ baseDamaged }: PlanInput): Finding {
  const why = baseDamaged ? "What the last run remembered is damaged" : "The mapping changed since the last run";
  const message = `${why}, so rows that are missing from the sheet were not judged and nothing was deleted. The next sync looks at them.`;
  const rule = baseDamaged ? "R19" : "R22";
  return { severity: "note", rule, rowNumber: null, recordId: null, field: null, title: "Removed rows", message };
}

/** Ids that rows carry as unlinked: such a row was kept, so its record is never archived and never brought back. */
function unlinkedIds({ rows }: PlanInput): ReadonlySet<RecordId> {
  const ids = rows.map((row) => row.recordId).filter(isUnlinked);
  return new Set(ids.map((id) => id.slice(UNLINKED_PREFIX.length)));
}

function judge(draft: RemovedDraft, id: RecordId, unlinked: ReadonlySet<RecordId>): void {
  const { input, match } = draft;
  const record = input.records.get(id);
  const survivor = match.survivors.get(id);
  const gone = input.reads.get(id)?.kind === "gone";
  if (input.quarantined.has(id)) note(draft, { rule: "F4", id, title: `Record ${id}` }, WAIT_TEXT);
  else if (unlinked.has(id)) leave(draft, id, gone);
  else if (record) judgeLive(draft, record);
  else if (survivor) judgeMerged(draft, id, survivor);
  // Only a verified absence is R10; anything unread may still be there and is remembered.
  else if (gone || policyOf(input) === "leave") leave(draft, id, gone);
  else note(draft, { rule: "R12", id, title: `Record ${id}` }, UNREAD_TEXT);
}

/** R8, R9: the record is there. */
function judgeLive(draft: RemovedDraft, record: CrmRecord): void {
  const { input } = draft;
  const changed = hasChanged(record, input);
  const title = recordTitle(input.fields, input.keyField?.name ?? null, (name) => record.values[name] ?? "");
  const at = { rule: changed ? "R9" : "R8", id: record.id, title };
  switch (fateOf(input, changed)) {
    case "bring-back":
      bringBack(draft, record, at.rule);
      if (input.removedRows === "archive") note(draft, at, BACK_TEXT);
      break;
    case "archive":
      if (input.fromBase?.has(record.id)) note(draft, { ...at, rule: "R12" }, UNREAD_TEXT);
      else archive(draft, record, title);
      break;
    case "leave":
      leave(draft, record.id, false);
      note(draft, at, LEFT_TEXT);
  }
}

/** R11: the record was merged into another, which is no reason to archive that one. */
function judgeMerged(draft: RemovedDraft, id: RecordId, survivor: CrmRecord): void {
  const { input, match } = draft;
  const known = match.claimed.has(survivor.id) || input.snapshot.has(survivor.id) || input.tombstones.has(survivor.id);
  if (policyOf(input) !== "bring-back" || known) leave(draft, id, false);
  else if (input.run !== "push" && !input.quarantined.has(survivor.id)) {
    bringBack(draft, survivor, "R8");
    draft.forget.push(id);
  }
}

/** The policy as far as the mapping's direction allows it: a mapping that only pulls archives nothing. */
function policyOf({ removedRows, direction }: PlanInput): RemovedRowPolicy {
  const impossible = removedRows === "archive" ? "pull" : "push";
  return direction === impossible ? "leave" : removedRows;
}

/** `wait`: the run is narrower than the mapping, and a wider one does what the policy wants. */
function fateOf(input: PlanInput, changed: boolean): RemovedRowPolicy | "wait" {
  const policy = policyOf(input);
  if (policy === "leave") return "leave";
  if (policy === "archive" && !changed) return input.run === "pull" ? "wait" : "archive";
  if (input.direction === "push") return "leave";
  return input.run === "push" ? "wait" : "bring-back";
}

/** Did a mapped field change in the CRM since the base? A pair without any base cannot prove that none did. */
function hasChanged(record: CrmRecord, { fields, snapshot, zone }: PlanInput): boolean {
  const shadows = snapshot.get(record.id) ?? {};
  const based = fields.flatMap(({ field }) => {
    const shadow = shadows[field.name];
    return shadow ? [{ field, before: canonicalCrm(field, shadow.crm, zone) }] : [];
  });
  const isChanged = based.some(
    ({ field, before }) => canonicalCrm(field, record.values[field.name] ?? "", zone) !== before,
  );
  return based.length === 0 || isChanged;
}

/** The pair ends; a tombstone remembers a record that may still be there. */
function leave(draft: RemovedDraft, id: RecordId, gone: boolean): void {
  draft.forget.push(id);
  if (!gone) draft.tombstones.push(id);
}

function bringBack(draft: RemovedDraft, record: CrmRecord, rule: string): void {
  const { input, operations } = draft;
  if (operations.some((operation) => operation.kind === "append-row" && operation.recordId === record.id)) return;
  const { operation, findings } = planAppend(record, input, rule);
  const blanks = { ...blanksOf(record, operation.cells, input), ...operation.blanks };
  operations.push(Object.keys(blanks).length > 0 ? { ...operation, blanks } : operation);
  draft.findings.push(...findings);
  if (input.tombstones.has(record.id)) draft.revive.push(record.id);
}

/** Fields of the old base that the new row leaves blank. */
function blanksOf(
  record: CrmRecord,
  cells: readonly CellChange[],
  { snapshot }: PlanInput,
): Record<FieldName, CrmValue> {
  const written = new Set(cells.map((cell) => cell.field));
  const blanks: Record<FieldName, CrmValue> = {};
  for (const [field, shadow] of Object.entries(snapshot.get(record.id) ?? {})) {
    if (!written.has(field)) blanks[field] = record.values[field] ?? shadow.crm;
  }
  return blanks;
}

/** The id of the operation is `x:` plus the record id; the base ends when the record was archived. */
function archive(draft: RemovedDraft, record: CrmRecord, title: string): void {
  const expected: Record<FieldName, CrmValue> = {};
  for (const { field } of draft.input.fields) expected[field.name] = record.values[field.name] ?? "";
  const id = `x:${record.id}`;
  draft.operations.push({ kind: "archive", id, rule: "R8", title, recordId: record.id, rowNumber: null, expected });
}

function note(
  draft: RemovedDraft,
  at: { readonly rule: string; readonly id: RecordId; readonly title: string },
  message: string,
): void {
  const place = { rowNumber: null, recordId: at.id, field: null, title: at.title };
  draft.findings.push({ severity: "note", rule: at.rule, ...place, message });
}
