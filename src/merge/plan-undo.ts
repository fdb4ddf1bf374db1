import type { Effect, LoggedEffect } from "../domain/effect";
import type { GuardFinding, Operation, Plan, PlanCounts } from "../domain/plan";
import type { RecordId } from "../domain/record";
import { countOperations } from "./count-operations";
import { UndoDraft, type UndoInput } from "./undo-draft";
import { leaveAsIs, undoAppend, undoCreate, undoRemoval } from "./undo-rows";
import { UNDO_RULE } from "./undo-rule";
import { undoCell, undoField } from "./undo-values";

/**
 * Plans to take back what a run did (I15): every value that nobody changed since gets back what was there before; whatever
 * changed since stays and is named, one finding each. The plan always waits for approval. Pure.
 */
export function planUndo(input: UndoInput): Plan {
  const draft = new UndoDraft(input);
  const effects = wantedEffects(input.effects, input.only);
  for (const effect of effects) undoEffect(draft, effect);
  const operations = operationsOf(draft);
  const counts = countsOf(draft, operations);
  return {
    version: 1,
    mappingId: input.mappingId,
    objectType: input.objectType,
    direction: "both",
    madeAtMs: input.madeAtMs,
    undoOf: input.runId,
    firstSync: false,
    operations,
    adoptions: [],
    forget: strangers(draft),
    tombstones: draft.tombstones,
    revive: [],
    conflicts: [],
    findings: draft.findings,
    guard: guardOf(counts, { of: effects.length, left: draft.findings.length }),
    counts,
  };
}

/** Several effects on one cell or field are one: what was there before the first, and what the last one left. */
function wantedEffects(effects: readonly LoggedEffect[], only: ReadonlySet<string> | null): readonly Effect[] {
  const merged = new Map<string, { readonly effect: Effect; readonly wanted: boolean }>();
  for (const { id, effect } of effects) {
    const wanted = only === null || only.has(id);
    const place = "field" in effect ? JSON.stringify([effect.kind, effect.recordId, effect.field]) : id;
    const earlier = merged.get(place);
    const next = earlier?.wanted ? withBefore(effect, earlier.effect) : effect;
    merged.set(place, { effect: next, wanted: wanted || earlier?.wanted === true });
  }
  return [...merged.values()].filter(({ wanted }) => wanted).map(({ effect }) => effect);
}

function withBefore(effect: Effect, earlier: Effect): Effect {
  return "field" in effect && "field" in earlier ? { ...effect, before: earlier.before } : effect;
}

function undoEffect(draft: UndoDraft, effect: Effect): void {
  switch (effect.kind) {
    case "field":
      undoField(draft, effect);
      break;
    case "cell":
      undoCell(draft, effect);
      break;
    case "created":
      undoCreate(draft, effect);
      break;
    case "appended":
      undoAppend(draft, effect);
      break;
    case "removed-row":
      undoRemoval(draft, effect);
      break;
    default:
      leaveAsIs(draft, effect);
  }
}

function operationsOf(draft: UndoDraft): readonly Operation[] {
  const operations: Operation[] = [...draft.whole];
  for (const [recordId, { title, rowNumber, changes }] of draft.sent) {
    operations.push({ kind: "update", id: `u:${recordId}`, rule: UNDO_RULE, title, recordId, rowNumber, changes });
  }
  for (const [recordId, { title, rowNumber, changes }] of draft.written) {
    const update = draft.sent.get(recordId);
    // A field that goes back on both sides: the cell's shadow is what the CRM holds by then.
    const cells = changes.map((cell) => {
      const sent = update?.changes.find((change) => change.field === cell.field);
      return sent ? { ...cell, crm: sent.to } : cell;
    });
    operations.push({ kind: "write-cells", id: `w:${recordId}`, rule: UNDO_RULE, title, recordId, rowNumber, cells });
  }
  return operations;
}

/** Records without row that the base does not know: writing to them must not leave a pair that looks like a removed row. */
function strangers(draft: UndoDraft): readonly RecordId[] {
  const { snapshot } = draft.input;
  return [...draft.sent.keys()].filter((id) => !snapshot.has(id) && draft.rowsOf(id).length === 0);
}

function countsOf(draft: UndoDraft, operations: readonly Operation[]): PlanCounts {
  const { input } = draft;
  return {
    ...countOperations(operations),
    rows: input.rows.length,
    records: input.records,
    linked: input.rows.filter((row) => input.snapshot.has(row.recordId)).length,
    conflicts: 0,
    errors: 0,
    notes: draft.findings.length,
    ignoredRows: 0,
    unchanged: 0,
  };
}

/** An undo always asks; one that archives or deletes says so apart. */
function guardOf(counts: PlanCounts, effects: { readonly of: number; readonly left: number }): GuardFinding[] {
  const restored = effects.of - effects.left;
  const stay = effects.left === 1 ? "1 stays as it is" : `${effects.left} stay as they are`;
  const left = effects.left === 0 ? "" : ` ${stay}; the notes say why.`;
  const message = `Undo takes back ${restored} of ${part(effects.of, "change", "of that sync")}.${left}`;
  const guard: GuardFinding[] = [{ kind: "undo", count: restored, limit: 0, message }];
  const deletes = counts.archives + counts.removedRows;
  if (deletes > 0) {
    const parts = [part(counts.archives, "record", "in the CRM"), part(counts.removedRows, "row", "of the sheet")];
    const what = parts.filter((text) => text !== "").join(" and ");
    const text = `Undo would archive or delete ${what}, because the sync made them.`;
    guard.push({ kind: "many-deletes", count: deletes, limit: 0, message: text });
  }
  return guard;
}

function part(count: number, noun: string, where: string): string {
  if (count === 0) return "";
  return `${count} ${noun}${count === 1 ? "" : "s"} ${where}`;
}
