import type { Direction, Mapping } from "../domain/mapping";
import type { Finding, Plan } from "../domain/plan";
import type { CrmRecord, RecordId } from "../domain/record";
import { type Field, findField, type ObjectSchema } from "../domain/schema";
import type { PlanField } from "../merge/plan-field";
import { idColumnEmptied } from "../merge/plan-reads";
import { planSync } from "../merge/plan-sync";
import type { TableRead } from "../ports/table";
import { loadCheckpoint } from "../state/checkpoint";
import type { RunDocument } from "../state/run-document";
import { loadSnapshot } from "../state/snapshot-store";
import { askCrm } from "./ask-crm";
import { settlePending } from "./recover";
import type { RunDeps } from "./run-deps";
import { tableProblemError } from "./table-problem";

/** Reads the sheet, asks what is still open and plans. Writes nothing but the repair of cut-off creates. Throws SyncError config for rule R18. */
export function makePlan(deps: RunDeps, run: RunDocument, listed: ReadonlyMap<RecordId, CrmRecord>): Plan {
  const { mapping } = deps;
  const schema = deps.crm.describe(mapping.objectType);
  const table = settlePending(deps, readTable(deps), schema);
  const { fields, findings } = planFields(mapping, schema, table);
  const base = loadSnapshot(deps.store, mapping.id);
  const checkpoint = loadCheckpoint(deps.store, mapping.id);
  if (!checkpoint.relink && idColumnEmptied(table.rows, base.pairs, fields)) {
    throw tableProblemError({ kind: "id-column-emptied" }, mapping);
  }
  const keyField = fields.find(({ field }) => field.name === mapping.keyField)?.field ?? null;
  const asked = askCrm(deps, run, { listed, table, pairs: base.pairs, keyField });
  const plan = planSync({
    mappingId: mapping.id,
    run: run.direction,
    zoneChanged: checkpoint.zone !== null && checkpoint.zone !== deps.zone.name,
    direction: mapping.direction,
    policy: mapping.conflicts,
    guard: mapping.guard,
    madeAtMs: deps.clock.now(),
    seenConflicts: new Set(checkpoint.seenConflicts),
    baseDamaged: base.damaged,
    lastSizes: checkpoint.sizes,
    schema,
    fields,
    keyField,
    zone: deps.zone,
    rows: table.rows,
    snapshot: base.pairs,
    records: asked.records,
    complete: run.direction !== "push",
    reads: asked.reads,
    keyHits: asked.keyHits,
    tombstones: new Set(checkpoint.tombstones),
  });
  return {
    ...plan,
    findings: [...findings, ...plan.findings],
    counts: { ...plan.counts, notes: plan.counts.notes + findings.length },
  };
}

function readTable(deps: RunDeps): TableRead {
  const table = deps.table.read();
  if (table.problem) throw tableProblemError(table.problem, deps.mapping);
  return table;
}

/** Mapped columns with their fields; a column or field that is gone is suspended and named (R18). */
function planFields(
  mapping: Mapping,
  schema: ObjectSchema,
  table: TableRead,
): { fields: PlanField[]; findings: Finding[] } {
  const findings: Finding[] = table.suspended.map((column) =>
    mappingNote(
      column.field,
      `The column "${column.header}" is missing from the sheet. Its field is left out; nothing is cleared. Put the column back or edit the mapping.`,
    ),
  );
  const fields: PlanField[] = [];
  for (const bound of table.columns) {
    const field = findField(schema, bound.mapping.field);
    if (!field) {
      findings.push(
        mappingNote(
          bound.mapping.field,
          `The CRM no longer has the field "${bound.mapping.field}". Its column is left out; edit the mapping.`,
        ),
      );
      continue;
    }
    fields.push({
      field,
      header: bound.header,
      direction: columnDirection(mapping.direction, bound.mapping.direction, field),
      blank: bound.mapping.blank,
      formulaColumn: table.formulaFields.includes(field.name),
    });
  }
  return { fields, findings };
}

/** A column is never wider than its mapping; a field that cannot be changed only pulls. */
function columnDirection(mapping: Direction, column: Direction, field: Field): Direction {
  if (!field.updatable) return "pull";
  return mapping === "both" ? column : mapping;
}

function mappingNote(field: string, message: string): Finding {
  return { severity: "note", rule: "R18", rowNumber: null, recordId: null, field, title: "Mapping", message };
}
