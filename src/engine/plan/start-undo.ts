import type { LoggedEffect } from "../../domain/effect";
import { SyncError } from "../../domain/errors";
import type { Plan } from "../../domain/plan";
import type { RecordId, RecordRead } from "../../domain/record";
import { planUndo } from "../../merge/plan-undo";
import { loadCheckpoint } from "../../state/checkpoint";
import type { RunDocument } from "../../state/run-document";
import { loadSnapshot } from "../../state/snapshot-store";
import { loadUnconfirmed, quarantined } from "../../state/unconfirmed";
import { loadEffects } from "../../state/undo-log";
import { CrmReader } from "../read/crm-reader";
import { readTable } from "../read/read-table";
import type { RunDeps } from "../run-deps";
import { RunInterrupted } from "../run-interrupted";
import { planFields } from "./plan-fields";

/** An undo that is planned; `plan` null: the slice ended first, and what was read is staged. */
export interface UndoPlanning {
  readonly run: RunDocument;
  readonly plan: Plan | null;
}

/**
 * Plans to take a run back, or only the effects that are named: reads the records that it wrote to, in as many slices as it
 * takes, and the sheet. Throws SyncError config `undo-gone` when what the run did is no longer kept, and for rule R18;
 * RunInterrupted when reading was cut short.
 */
export function planUndoRun(deps: RunDeps, run: RunDocument): UndoPlanning {
  const { runId, only } = run.undoOf ?? { runId: "", only: null };
  const effects = loadEffects(deps.store, runId);
  if (effects.length === 0) throw undoGone();
  const undo: Undo = { runId, effects, only: only === null ? null : new Set(only) };
  const reader = new CrmReader(deps, run, run.reading);
  try {
    if (!reader.readByIds(touchedIds(undo))) return { run: reader.stage(), plan: null };
  } catch (thrown) {
    if (!reader.moved) throw thrown;
    throw new RunInterrupted({ ...reader.stage(), interruptions: 0 }, thrown);
  }
  return { run, plan: planFrom(deps, undo, readsOf(reader)) };
}

/** What is to be taken back. */
interface Undo {
  readonly runId: string;
  readonly effects: readonly LoggedEffect[];
  readonly only: ReadonlySet<string> | null;
}

/** Records that the run wrote to or created. Cells go back without a look at the CRM. */
function touchedIds({ effects, only }: Undo): ReadonlySet<RecordId> {
  const ids = new Set<RecordId>();
  for (const { id, effect } of effects) {
    const isTouched = effect.kind === "field" || effect.kind === "created";
    if (isTouched && (only === null || only.has(id))) ids.add(effect.recordId);
  }
  return ids;
}

function readsOf(reader: CrmReader): ReadonlyMap<RecordId, RecordRead> {
  const answers = reader
    .pages()
    .flatMap(({ records, reads }): RecordRead[] => [
      ...records.map((record) => ({ kind: "found", askedId: record.id, record }) as const),
      ...reads,
    ]);
  return new Map(answers.map((answer) => [answer.askedId, answer]));
}

function planFrom(deps: RunDeps, undo: Undo, reads: ReadonlyMap<RecordId, RecordRead>): Plan {
  const { crm, mapping, store, clock, zone } = deps;
  const table = readTable(deps);
  const { fields } = planFields(mapping, crm.describe(mapping.objectType), table);
  return planUndo({
    ...undo,
    mappingId: mapping.id,
    objectType: mapping.objectType,
    madeAtMs: clock.now(),
    fields,
    zone,
    rows: table.rows,
    reads,
    snapshot: loadSnapshot(store, mapping.id).pairs,
    quarantined: quarantined(loadUnconfirmed(store, mapping.id), clock.now()),
    records: loadCheckpoint(store, mapping.id).sizes.records,
  });
}

/** What a run did is no longer kept. */
export function undoGone(): SyncError {
  return new SyncError("config", "undo-gone", "What this run did is no longer kept, so it cannot be taken back.", {
    hint: "Use the file's version history for the sheet, and the record's history in the CRM.",
  });
}
