import fc from "fast-check";
import type { Operation, Plan } from "../../src/domain/plan";
import type { PlanInput } from "../../src/merge/plan-input";
import { planSync } from "../../src/merge/plan-sync";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { planInput } from "../support/arbitrary-world";

/** Checks something of the plan of every world. */
function always(check: (input: PlanInput, plan: Plan) => void): void {
  fc.assert(fc.property(planInput(), (input) => check(input, planSync(input))));
}

const kinds = (plan: Plan) => plan.operations.map(({ kind }) => kind);

/** The record whose row an operation is about. */
function placeOf(operation: Operation): readonly [recordId: string, rowNumber: number] | null {
  if (operation.kind === "create" || operation.kind === "append-row") return null;
  return [operation.recordId, operation.rowNumber];
}

/** A key that a row or record gives up is free for another row: the run that follows may create or link it. */
function movesKey({ keyField }: PlanInput, plan: Plan): boolean {
  const isKey = ({ field }: { readonly field: string }) => field === keyField?.name;
  return plan.operations.some(
    (operation) =>
      (operation.kind === "update" && operation.changes.some(isKey)) ||
      (operation.kind === "write-cells" && operation.cells.some(isKey)),
  );
}

describe("laws of a plan", () => {
  it("I5 leaves nothing to do after it was applied", () => {
    always((input, plan) => {
      if (movesKey(input, plan)) return;
      const next = applyPlanInMemory(input, plan);
      expect(planSync(next).operations).toEqual([]);
    });
  });

  it("I5 leaves the base in peace after the run that follows", () => {
    always((input, plan) => {
      const next = applyPlanInMemory(input, plan);
      const settled = applyPlanInMemory(next, planSync(next));
      expect(planSync(settled)).toMatchObject({
        operations: [],
        adoptions: [],
        forget: [],
        tombstones: [],
        revive: [],
      });
    });
  });

  it("sends nothing to the CRM in a run that pulls", () => {
    always(({ run }, plan) => {
      if (run === "pull") expect(kinds(plan).filter((kind) => kind === "create" || kind === "update")).toEqual([]);
    });
  });

  it("writes no user cell in a run that pushes", () => {
    always(({ run }, plan) => {
      if (run === "push") expect(kinds(plan).filter((kind) => /write-cells|append-row/.test(kind))).toEqual([]);
    });
  });

  it("gives every operation an id of its own", () => {
    always((_input, plan) => {
      const ids = plan.operations.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it("I3 I6 ties a record to one row and a row to one record", () => {
    always((_input, plan) => {
      const places = plan.operations.flatMap((operation) => [placeOf(operation) ?? []].filter((place) => place.length));
      const pairs = new Set(places.map(([record, row]) => `${record} ${row}`)).size;
      expect(new Set(places.map(([record]) => record)).size).toBe(pairs);
      expect(new Set(places.map(([, row]) => row)).size).toBe(pairs);
    });
  });

  it("I3 keeps at most one row per record, copies that were there before apart", () => {
    always((input, plan) => {
      const before = duplicateIds(input);
      expect(duplicateIds(applyPlanInMemory(input, plan)).filter((id) => !before.includes(id))).toEqual([]);
    });
  });

  it("touches no row that it found an error in, unless the error is about one field", () => {
    always((_input, plan) => {
      const frozen = plan.findings.filter(
        ({ severity, field, rule }) => severity === "error" && field === null && rule !== "R21",
      );
      const rows = new Set(frozen.map(({ rowNumber }) => rowNumber));
      const touched = plan.operations.filter((operation) => "rowNumber" in operation && rows.has(operation.rowNumber));
      expect(touched).toEqual([]);
    });
  });

  it("F5 leaves a field alone whose conflict is open", () => {
    always((_input, plan) => {
      const open = new Set(plan.conflicts.map(({ recordId, field }) => `${recordId} ${field}`));
      const touched = plan.operations.flatMap((operation) =>
        operation.kind === "update"
          ? operation.changes.map(({ field }) => `${operation.recordId} ${field}`)
          : operation.kind === "write-cells"
            ? operation.cells.map(({ field }) => `${operation.recordId} ${field}`)
            : [],
      );
      expect(touched.filter((place) => open.has(place))).toEqual([]);
    });
  });

  it("appends no record that has a row, a tombstone or a base", () => {
    always((input, plan) => {
      const known = new Set([
        ...input.rows.map(({ recordId }) => recordId),
        ...input.tombstones,
        ...input.snapshot.keys(),
      ]);
      const appended = plan.operations.filter(({ kind }) => kind === "append-row").map(({ id }) => id.slice(2));
      expect(appended.filter((id) => known.has(id))).toEqual([]);
    });
  });

  it("counts what it lists, in plain JSON", () => {
    always((_input, plan) => {
      const { creates, updates, appends, rowWrites, links } = plan.counts;
      expect(creates + updates + appends + rowWrites + links).toBe(plan.operations.length);
      expect(plan.counts.errors + plan.counts.notes).toBe(plan.findings.length);
      expect(plan.counts.conflicts).toBe(plan.conflicts.length);
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    });
  });
});

function duplicateIds(input: PlanInput): string[] {
  const ids = input.rows.map(({ recordId }) => recordId).filter((id) => id !== "");
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}
