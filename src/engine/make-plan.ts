import type { Finding, Plan } from "../domain/plan";
import { knownConflicts } from "../merge/conflict-times";
import type { PlanInput } from "../merge/plan-input";
import { idColumnEmptied } from "../merge/plan-reads";
import { planSync } from "../merge/plan-sync";
import { stoppedFields } from "../merge/watch-echoes";
import { loadCheckpoint } from "../state/checkpoint";
import { saveWatch } from "../state/read-stage";
import type { RunDocument } from "../state/run-document";
import { loadSnapshot } from "../state/snapshot-store";
import { loadUnconfirmed, quarantined } from "../state/unconfirmed";
import { askCrm } from "./ask-crm";
import { echoesNow } from "./note-echoes";
import { planFields } from "./plan-fields";
import type { FinishedReading } from "./read-crm";
import { readTable } from "./read-table";
import type { RunDeps } from "./run-deps";
import { settlePending } from "./settle-pending";
import { tableProblemError } from "./table-problem";
import { watchOf } from "./unsettled";

/** A plan, and its run with what the planning settled. */
export interface Planned {
  readonly plan: Plan;
  readonly run: RunDocument;
}

/** Reads the sheet, asks what is still open and plans. Writes nothing but the repair of cut-off creates. Throws SyncError config for rule R18. */
export function makePlan(deps: RunDeps, given: RunDocument, reading: FinishedReading): Planned {
  const { mapping } = deps;
  const { schema } = reading;
  const { table, run, findings: waiting } = settlePending(deps, given, { table: readTable(deps), schema });
  const { fields, findings } = planFields(mapping, schema, table);
  const base = loadSnapshot(deps.store, mapping.id);
  const checkpoint = loadCheckpoint(deps.store, mapping.id);
  if (!checkpoint.relink && idColumnEmptied(table.rows, base.pairs, fields)) {
    throw tableProblemError({ kind: "id-column-emptied" }, mapping);
  }
  const keyField = fields.find(({ field }) => field.name === mapping.keyField)?.field ?? null;
  const asked = askCrm(deps, run, { reading, table, pairs: base.pairs, fields, keyField });
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
    snapshot: base.pairs,
    records: asked.records,
    complete: reading.complete,
    reads: asked.reads,
    keyHits: asked.keyHits,
    tombstones: new Set(checkpoint.tombstones),
  };
  const plan = planSync(input);
  saveWatch(deps.store, run.id, watchOf(plan, input));
  return { plan: withFindings(plan, findings, waiting), run };
}

/** The plan with what is known about its mapping, and about rows whose create is not confirmed: that says more than a plan can. */
function withFindings(plan: Plan, mapping: readonly Finding[], waiting: readonly Finding[]): Plan {
  const told = new Set(waiting.map((finding) => finding.rowNumber));
  const own = plan.findings.filter(({ rule, rowNumber }) => rule !== "R3" || !told.has(rowNumber));
  const findings = [...mapping, ...waiting, ...own];
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return { ...plan, findings, counts: { ...plan.counts, errors, notes: findings.length - errors } };
}
