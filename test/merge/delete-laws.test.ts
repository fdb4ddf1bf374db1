import { canonicalCrm } from "../../src/domain/canonical-value";
import type { Plan } from "../../src/domain/plan";
import type { RecordId } from "../../src/domain/record";
import { isUnlinked, UNLINKED_PREFIX } from "../../src/domain/row";
import type { PlanInput } from "../../src/merge/plan-input";
import { readRowKey } from "../../src/merge/row-key";
import { equalsBase } from "../../src/merge/row-values";
import { forEachPlan } from "../support/plans-of-worlds";

const archivesOf = (plan: Plan) => plan.operations.filter((operation) => operation.kind === "archive");
const rowEndsOf = (plan: Plan) =>
  plan.operations.filter((operation) => operation.kind === "remove-row" || operation.kind === "unlink");

/** Ids whose base entry moves to the record that they were merged into. */
const mergedIds = (plan: Plan) =>
  plan.operations.flatMap((one) => (one.kind === "link" && one.baseId !== one.recordId ? [one.baseId] : []));

const isGone = (input: PlanInput, id: RecordId) => input.reads.get(id)?.kind === "gone";

describe("laws of deletions", () => {
  it("I9 R8 archives a record only by choice, with its row away, and as both sides last knew it", () => {
    forEachPlan((input, plan) => {
      for (const { recordId, expected } of archivesOf(plan)) {
        expect(input.removedRows).toBe("archive");
        expect(input.run).not.toBe("pull");
        const shadows = input.snapshot.get(recordId) ?? {};
        const record = input.records.get(recordId);
        expect(Object.keys(shadows)).not.toEqual([]);
        expect(input.rows.some((row) => row.recordId === recordId)).toBe(false);
        expect(input.rows.some((row) => row.recordId === UNLINKED_PREFIX + recordId)).toBe(false);
        for (const { field } of input.fields) {
          const now = record?.values[field.name] ?? "";
          expect(expected[field.name]).toBe(now);
          const before = canonicalCrm(field, shadows[field.name]?.crm ?? now, input.zone);
          expect(canonicalCrm(field, now, input.zone)).toBe(before);
        }
      }
    });
  });

  it("I9 R6 ends a row only by choice, when its record is gone for sure and nobody edited it", () => {
    forEachPlan((input, plan) => {
      for (const operation of rowEndsOf(plan)) {
        expect(input.gone).toBe(operation.kind === "unlink" ? "unlink" : "remove-row");
        expect(isGone(input, operation.recordId)).toBe(true);
        const rows = input.rows.filter((row) => row.recordId === operation.recordId);
        expect(rows.map((row) => row.rowNumber)).toEqual([operation.rowNumber]);
        const shadows = input.snapshot.get(operation.recordId);
        expect(rows.every((row) => shadows && equalsBase(row, shadows, input.fields))).toBe(true);
      }
    });
  });

  it("I9 R10 forgets a pair only when its row is away or its record was merged", () => {
    forEachPlan((input, plan) => {
      const merged = mergedIds(plan);
      for (const id of plan.forget) {
        if (merged.includes(id)) continue;
        expect(input.rows.some((row) => row.recordId === id)).toBe(false);
        const back = plan.operations.some((one) => one.kind === "append-row" && one.rule !== "R5");
        expect(isGone(input, id) || plan.tombstones.includes(id) || back).toBe(true);
      }
      for (const id of plan.tombstones) expect(plan.forget).toContain(id);
    });
  });

  it("R19 R22 infers no deletion after the mapping or filter changed, nor from a damaged base", () => {
    forEachPlan((input, plan) => {
      if (input.mayDelete && !input.baseDamaged) return;
      expect([...archivesOf(plan), ...rowEndsOf(plan), ...plan.tombstones]).toEqual([]);
      expect(plan.forget.filter((id) => !mergedIds(plan).includes(id))).toEqual([]);
    });
  });

  it("R24 infers nothing about a pair whose key stands in a row of nobody", () => {
    forEachPlan((input, plan) => {
      const { keyField, zone } = input;
      if (!keyField) return;
      const idless = input.rows.filter((row) => row.recordId === "" || row.recordId.startsWith("pending:"));
      const linked = new Set(plan.operations.flatMap((one) => (one.kind === "link" ? [one.rowNumber] : [])));
      // A row whose record has an unconfirmed write is somebody's too; it only waits.
      for (const { rule, rowNumber } of plan.findings) if (rule === "F4" && rowNumber !== null) linked.add(rowNumber);
      const merged = mergedIds(plan);
      const ended = [...plan.forget, ...archivesOf(plan).map((one) => one.recordId)];
      const judged = ended.filter((id) => !merged.includes(id));
      for (const row of idless.filter(({ rowNumber }) => !linked.has(rowNumber))) {
        const cell = row.cells[keyField.name];
        const read = cell ? readRowKey(keyField, cell, zone) : null;
        if (read?.kind !== "key" || read.key === "") continue;
        const same = judged.filter(
          (id) => canonicalCrm(keyField, input.snapshot.get(id)?.[keyField.name]?.crm ?? "", zone) === read.key,
        );
        expect(same).toEqual([]);
      }
    });
  });

  it("asks before every archive", () => {
    forEachPlan((_input, plan) => {
      if (archivesOf(plan).length > 0) expect(plan.guard.map(({ kind }) => kind)).toContain("many-deletes");
    });
  });

  it("F4 leaves everything alone that a write without answer may have changed", () => {
    forEachPlan((input, plan) => {
      const ids = plan.operations.flatMap((one) =>
        one.kind === "create" ? [] : one.kind === "link" ? [one.recordId, one.baseId] : [one.recordId],
      );
      const touched = [...ids, ...plan.forget, ...plan.tombstones, ...plan.adoptions.map((one) => one.recordId)];
      expect(touched.filter((id) => input.quarantined.has(id))).toEqual([]);
    });
  });

  it("R6 touches no row that was unlinked", () => {
    forEachPlan((input, plan) => {
      const unlinked = new Set(input.rows.filter((row) => isUnlinked(row.recordId)).map((row) => row.rowNumber));
      const about = plan.operations.filter((one) => "rowNumber" in one && unlinked.has(one.rowNumber ?? 0));
      expect(about).toEqual([]);
      expect(plan.findings.filter(({ rowNumber }) => unlinked.has(rowNumber ?? 0))).toEqual([]);
    });
  });
});
