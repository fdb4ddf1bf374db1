import type { Finding, Plan } from "../../domain/plan";
import { knownConflicts } from "../../merge/conflict-times";
import type { PlanInput } from "../../merge/plan-input";
import { idColumnEmptied } from "../../merge/plan-reads";
import { planSync } from "../../merge/plan-sync";
import { stoppedFields } from "../../merge/watch-echoes";
import { loadCheckpoint } from "../../state/checkpoint";
import { saveWatch } from "../../state/read-stage";
import type { RunDocument } from "../../state/run-document";
import { loadSnapshot } from "../../state/snapshot-store";
import { loadUnconfirmed, quarantined } from "../../state/unconfirmed";
import { echoesNow } from "../note-echoes";
import { askCrm } from "../read/ask-crm";
import type { FinishedReading } from "../read/read-crm";
import { readTable } from "../read/read-table";
import { tableProblemError } from "../read/table-problem";
import { unnoticedNote } from "../read/unnoticed";
import { addTally, type RunDeps } from "../run-deps";
import { settlePending } from "../settle/settle-pending";
import { settleUpdates } from "../settle/settle-updates";
import { watchOf } from "../settle/unsettled";
import { planFields } from "./plan-fields";

/** A plan, and its run with what the planning settled. */
export interface Planned {
  readonly plan: Plan;
  readonly run: RunDocument;
}

/**
 * Reads the sheet, asks what is still open and plans; no plan when the slice ends before everything was asked. Writes
 * nothing but the repair of cut-off creates. Throws SyncError config for rule R18.
 */
export function makePlan(
  deps: RunDeps,
  reading: FinishedReading,
): Planned | { readonly plan: null; readonly run: RunDocument } {
  const { mapping } = deps;
  const { schema } = reading;
  const { table, run, findings: waiting } = settlePending(deps, reading.run, { table: readTable(deps), schema });
  const { fields, findings } = planFields(mapping, schema, table);
  const base = loadSnapshot(deps.store, mapping.id);
  const checkpoint = loadCheckpoint(deps.store, mapping.id);
  if (!checkpoint.relink && idColumnEmptied(table.rows, base.pairs, fields)) {
    throw tableProblemError({ kind: "id-column-emptied" }, mapping);
  }
  const keyField = fields.find(({ field }) => field.name === mapping.keyField)?.field ?? null;
  const asked = askCrm(deps, run, { reading, table, pairs: base.pairs, fields, keyField });
  if (asked === null) return { plan: null, run: { ...reading.reader.stage(run), doing: "Looking up new rows" } };
  settleUpdates(deps, schema, asked.records);
  const echoes = echoesNow(deps);
  const input: PlanInput = {
    mappingId: mapping.id,
    run: run.direction,
    zoneChanged: checkpoint.zone !== null && checkpoint.zone !== deps.zone.name,
    direction: mapping.direction,
    policy: mapping.conflicts,
    gone: mapping.gone,
    removedRows: mapping.removedRows,
    // A mapping that was saved since the base may look at other records and columns: absence proves nothing (R22).
    mayDelete: !checkpoint.relink && !reading.mappingChanged,
    conflictTimes: {
      lastReadMs: reading.lastReadMs,
      nowMs: deps.crm.now(),
      known: knownConflicts(checkpoint.conflicts),
    },
    echoes,
    stopped: stoppedFields(echoes),
    listed: reading.listed,
    guard: mapping.guard,
    madeAtMs: deps.clock.now(),
    seenConflicts: new Set(checkpoint.seenConflicts),
    baseDamaged: base.damaged,
    quarantined: quarantined(loadUnconfirmed(deps.store, mapping.id), deps.clock.now()),
    lastSizes: checkpoint.sizes,
    schema,
    fields,
    keyField,
    zone: deps.zone,
    rows: table.rows,
    snapshot: loadSnapshot(deps.store, mapping.id).pairs,
    records: asked.records,
    complete: reading.complete,
    reads: asked.reads,
    keyHits: asked.keyHits,
    tombstones: new Set(checkpoint.tombstones),
  };
  const plan = planSync(input);
  saveWatch(deps.store, run.id, watchOf(plan, input));
  return { plan: withFindings(plan, findings, waiting), run: withUnnoticed(run, reading.unnoticed) };
}

/** A full comparison tells what the windows before it had missed. */
function withUnnoticed(run: RunDocument, count: number): RunDocument {
  return count === 0 ? run : addTally(run, {}, [unnoticedNote(run.mappingName, count)]);
}

/** The plan with what is known about its mapping, and about rows whose create is not confirmed: that says more than a plan can. */
function withFindings(plan: Plan, mapping: readonly Finding[], waiting: readonly Finding[]): Plan {
  const told = new Set(waiting.map((finding) => finding.rowNumber));
  const own = plan.findings.filter(({ rule, rowNumber }) => rule !== "R3" || !told.has(rowNumber));
  const findings = [...mapping, ...waiting, ...own];
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return { ...plan, findings, counts: { ...plan.counts, errors, notes: findings.length - errors } };
}
