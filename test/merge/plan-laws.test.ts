import { canonicalCrm, canonicalSheet } from "../../src/domain/canonical-value";
import type { Operation, Plan } from "../../src/domain/plan";
import { isUnlinked, type Row } from "../../src/domain/row";
import type { Field } from "../../src/domain/schema";
import type { PairShadows, Shadow } from "../../src/domain/snapshot";
import { BLANK, type Cell, decodeValue } from "../../src/domain/value";
import { timesOf } from "../../src/merge/conflict-times";
import { fieldKey } from "../../src/merge/field-key";
import type { PlanInput } from "../../src/merge/plan-input";
import { planSync } from "../../src/merge/plan-sync";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { forEachPlan } from "../support/plans-of-worlds";

const kinds = (plan: Plan) => plan.operations.map(({ kind }) => kind);

const appendsOf = (plan: Plan) => plan.operations.filter((operation) => operation.kind === "append-row");

/** The record whose row an operation is about. */
function placeOf(operation: Operation): readonly [recordId: string, rowNumber: number] | null {
  if (operation.kind === "create" || !("rowNumber" in operation) || operation.rowNumber === null) return null;
  return [operation.recordId, operation.rowNumber];
}

/** A key that a row or record gives up is free for another row: the run that follows may create or link it. */
function movesKey({ keyField }: PlanInput, plan: Plan): boolean {
  const isKey = ({ field }: { readonly field: string }) => field === keyField?.name;
  return plan.operations.some(
    (operation) =>
      operation.kind === "archive" ||
      (operation.kind === "update" && operation.changes.some(isKey)) ||
      (operation.kind === "write-cells" && operation.cells.some(isKey)),
  );
}

describe("laws of a plan", () => {
  it("I5 leaves nothing to do after it was applied", () => {
    forEachPlan((input, plan) => {
      if (movesKey(input, plan)) return;
      const next = applyPlanInMemory(input, plan);
      expect(planSync(next).operations).toEqual([]);
    });
  });

  it("I5 leaves the base in peace after the run that follows", () => {
    forEachPlan((input, plan) => {
      const next = applyPlanInMemory(input, plan);
      const once = applyPlanInMemory(next, planSync(next));
      // A row that got a key that another gave up is created a run later, and only then its old pair is forgotten (R24).
      const settled = movesKey(input, plan) ? applyPlanInMemory(once, planSync(once)) : once;
      expect(planSync(settled)).toMatchObject({
        operations: [],
        adoptions: [],
        forget: [],
        tombstones: [],
        revive: [],
      });
    });
  });

  it("I4 brings every field of a linked pair in step, open conflicts and what was reported apart", () => {
    forEachPlan((input, plan) => {
      if (input.run !== "both") return;
      const next = applyPlanInMemory(input, plan);
      const findings = [...plan.findings, ...planSync(next).findings];
      const told = new Set(findings.map(({ recordId, field }) => fieldKey(recordId ?? "", field ?? "")));
      const open = new Set([...conflictFields(plan), ...(plan.stopped ?? [])]);
      for (const { recordId, cells } of next.rows) {
        const record = next.records.get(recordId);
        const waits = told.has(fieldKey(recordId, "")) || next.quarantined.has(recordId);
        if (!record || waits) continue;
        for (const { field } of input.fields.filter((one) => one.direction === "both")) {
          const cell = cells[field.name];
          const key = fieldKey(recordId, field.name);
          if (!cell || open.has(key) || told.has(key)) continue;
          const crm = record.values[field.name] ?? "";
          const shadow = next.snapshot.get(recordId)?.[field.name];
          const isEqual = canonicalSheet(field, cell.value, input.zone) === canonicalCrm(field, crm, input.zone);
          expect([key, isEqual || isKnownPair(field, { cell, crm, shadow }, input)]).toEqual([key, true]);
        }
      }
    });
  });

  it("I12 goes on with everything else beside a row that cannot take part", () => {
    forEachPlan((input, plan) => {
      const { rowNumber } = input.rows[input.rows.length - 1] ?? { rowNumber: 1 };
      const blank = { value: BLANK, formula: null };
      const cells = Object.fromEntries(input.fields.map(({ field }) => [field.name, blank]));
      const broken: Row = { rowNumber: rowNumber + 1, recordId: "99", cells, status: "" };
      const reads = new Map([...input.reads, ["99", { kind: "gone", askedId: "99" } as const]]);
      const beside = planSync({ ...input, rows: [...input.rows, broken], reads });
      expect(beside.operations).toEqual(plan.operations);
      expect(beside.findings.length).toBe(plan.findings.length + 1);
    });
  });

  it("sends nothing to the CRM in a run that pulls", () => {
    forEachPlan(({ run }, plan) => {
      if (run === "pull") expect(kinds(plan).filter((kind) => kind === "create" || kind === "update")).toEqual([]);
    });
  });

  it("writes no user cell in a run that pushes", () => {
    forEachPlan(({ run }, plan) => {
      if (run === "push") expect(kinds(plan).filter((kind) => /write-cells|append-row/.test(kind))).toEqual([]);
    });
  });

  it("gives every operation an id of its own", () => {
    forEachPlan((_input, plan) => {
      const ids = plan.operations.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it("I3 I6 ties a record to one row and a row to one record", () => {
    forEachPlan((_input, plan) => {
      const places = plan.operations.flatMap((operation) => [placeOf(operation) ?? []].filter((place) => place.length));
      const pairs = new Set(places.map(([record, row]) => `${record} ${row}`)).size;
      expect(new Set(places.map(([record]) => record)).size).toBe(pairs);
      expect(new Set(places.map(([, row]) => row)).size).toBe(pairs);
    });
  });

  it("I3 keeps at most one row per record, copies that were there before apart", () => {
    forEachPlan((input, plan) => {
      const before = duplicateIds(input);
      expect(duplicateIds(applyPlanInMemory(input, plan)).filter((id) => !before.includes(id))).toEqual([]);
    });
  });

  it("touches no row that it found an error in, unless the error is about one field", () => {
    forEachPlan((_input, plan) => {
      const frozen = plan.findings.filter(
        ({ severity, field, rule }) => severity === "error" && field === null && rule !== "R21",
      );
      const rows = new Set(frozen.map(({ rowNumber }) => rowNumber));
      const touched = plan.operations.filter((operation) => "rowNumber" in operation && rows.has(operation.rowNumber));
      expect(touched).toEqual([]);
    });
  });

  it("F5 leaves a field alone whose conflict is open", () => {
    forEachPlan((_input, plan) => {
      const open = new Set(conflictFields(plan));
      expect(changedFields(plan).filter((place) => open.has(place))).toEqual([]);
    });
  });

  it("R5 appends no record that has a row, a tombstone or a base", () => {
    forEachPlan((input, plan) => {
      const rows = new Set(input.rows.map(({ recordId }) => recordId));
      for (const operation of appendsOf(plan)) {
        expect(rows.has(operation.recordId)).toBe(false);
        if (operation.rule !== "R5") continue;
        expect(input.tombstones.has(operation.recordId) || input.snapshot.has(operation.recordId)).toBe(false);
      }
    });
  });

  it("F12 plans nothing for a field that is stopped, until both sides are equal", () => {
    forEachPlan((input, plan) => {
      const stopped = new Set(plan.stopped);
      expect([...stopped].filter((key) => !input.stopped.has(key))).toEqual([]);
      expect([...changedFields(plan), ...conflictFields(plan)].filter((key) => input.stopped.has(key))).toEqual([]);
      expect(plan.adoptions.filter(({ recordId, field }) => stopped.has(fieldKey(recordId, field)))).toEqual([]);
    });
  });

  it("F5 newest wins replaces a value only where the other is newer for sure", () => {
    forEachPlan((input, plan) => {
      if (input.policy !== "newest-wins") return;
      const bothWays = new Set(input.fields.filter((one) => one.direction === "both").map((one) => one.field.name));
      for (const { field, winner, times } of settledFields(input, plan)) {
        if (!bothWays.has(field)) continue;
        const [won, lost] = winner === "sheet" ? [times.sheet, times.crm] : [times.crm, times.sheet];
        expect(won.fromMs).toBeGreaterThanOrEqual(lost.toMs + 120_000);
      }
    });
  });

  it("F5 names every value that somebody changed and that is replaced in the CRM", () => {
    forEachPlan((input, plan) => {
      for (const operation of plan.operations) {
        if (operation.kind !== "update") continue;
        for (const { field, from, overwrites } of operation.changes) {
          const base = baseOf(input, plan, operation.recordId)[field]?.crm;
          const planField = input.fields.find((one) => one.field.name === field);
          if (!planField) continue;
          const same =
            base !== undefined &&
            canonicalCrm(planField.field, base, input.zone) === canonicalCrm(planField.field, from, input.zone);
          expect(overwrites === true).toBe(base === undefined ? from !== "" : !same);
        }
      }
    });
  });

  it("counts what it lists, in plain JSON", () => {
    forEachPlan((_input, plan) => {
      const { creates, updates, appends, rowWrites, links, archives, removedRows, unlinks } = plan.counts;
      const writes = creates + updates + appends + rowWrites + links;
      expect(writes + archives + removedRows + unlinks).toBe(plan.operations.length);
      expect(plan.counts.errors + plan.counts.notes).toBe(plan.findings.length);
      expect(plan.counts.conflicts).toBe(plan.conflicts.length);
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    });
  });
});

/** Fields that a plan writes on either side of a pair. */
function changedFields(plan: Plan): string[] {
  return plan.operations.flatMap((operation) =>
    operation.kind === "update"
      ? operation.changes.map(({ field }) => fieldKey(operation.recordId, field))
      : operation.kind === "write-cells"
        ? operation.cells.map(({ field }) => fieldKey(operation.recordId, field))
        : [],
  );
}

const conflictFields = (plan: Plan) => plan.conflicts.map(({ recordId, field }) => fieldKey(recordId, field));

/** Base of a pair, which a merge may keep under another id. */
function baseOf(input: PlanInput, plan: Plan, recordId: string): PairShadows {
  const link = plan.operations.find((one) => one.kind === "link" && one.recordId === recordId);
  return input.snapshot.get(link?.kind === "link" ? link.baseId : recordId) ?? {};
}

/** Conflicts that a plan settles, with the times of both sides. */
function settledFields(input: PlanInput, plan: Plan) {
  return plan.operations.flatMap((operation) => {
    if (operation.kind !== "update" && operation.kind !== "write-cells") return [];
    const record = input.records.get(operation.recordId);
    const changes =
      operation.kind === "update"
        ? operation.changes.map(({ overwrites, field, sheet, from }) => ({ overwrites, field, sheet, crm: from }))
        : operation.cells.map(({ overwrites, field, from, crm }) => ({ overwrites, field, sheet: from, crm }));
    return changes
      .filter(({ overwrites }) => overwrites)
      .flatMap(({ field, sheet, crm }) => {
        const winner = operation.kind === "update" ? ("sheet" as const) : ("crm" as const);
        return record
          ? [{ field, winner, times: timesOf({ record, field }, { sheet, crm }, input.conflictTimes) }]
          : [];
      });
  });
}

/** F1: does each side show what its own shadow says? */
function isKnownPair(
  field: Field,
  { cell, crm, shadow }: { readonly cell: Cell; readonly crm: string; readonly shadow: Shadow | undefined },
  { zone }: PlanInput,
): boolean {
  if (!shadow) return false;
  const shown = decodeValue(shadow.sheet);
  const sameSheet = canonicalSheet(field, cell.value, zone) === canonicalSheet(field, shown, zone);
  return sameSheet && canonicalCrm(field, crm, zone) === canonicalCrm(field, shadow.crm, zone);
}

function duplicateIds(input: PlanInput): string[] {
  const ids = input.rows.map(({ recordId }) => recordId).filter((id) => id !== "" && !isUnlinked(id));
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}
