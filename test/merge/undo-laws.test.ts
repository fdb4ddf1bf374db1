import fc from "fast-check";
import type { Effect } from "../../src/domain/effect";
import type { Plan } from "../../src/domain/plan";
import type { CrmRecord, RecordRead } from "../../src/domain/record";
import { decodeValue } from "../../src/domain/value";
import type { PlanInput } from "../../src/merge/plan-input";
import { planSync } from "../../src/merge/plan-sync";
import { planUndo } from "../../src/merge/plan-undo";
import { applyPlanInMemory } from "../support/apply-plan-in-memory";
import { planInput } from "../support/arbitrary-world";

/** Fields and cells that a plan writes, as the engine notes them once they are written. */
function effectsOf(plan: Plan): Effect[] {
  return plan.operations.flatMap((operation): Effect[] => {
    const { title } = operation;
    if (operation.kind === "update") {
      const { recordId } = operation;
      return operation.changes.map(({ field, from, to, sheet }) => {
        return { kind: "field", recordId, title, field, before: from, after: to, sheet, loser: false };
      });
    }
    if (operation.kind !== "write-cells") return [];
    const { recordId } = operation;
    return operation.cells.map(({ field, from, to, crm }) => {
      return { kind: "cell", recordId, title, field, before: from, after: to, crm, loser: false };
    });
  });
}

function undoOf(effects: readonly Effect[], now: PlanInput): Plan {
  const found = ([id, record]: [string, CrmRecord]): [string, RecordRead] => [
    id,
    { kind: "found", askedId: id, record },
  ];
  return planUndo({
    mappingId: now.mappingId,
    objectType: now.schema.type,
    runId: "r1",
    madeAtMs: 0,
    fields: now.fields,
    zone: now.zone,
    effects: effects.map((effect, at) => ({ id: `1:${at}`, effect })),
    only: null,
    rows: now.rows,
    reads: new Map([...now.records].map(found)),
    snapshot: now.snapshot,
    quarantined: new Set(),
    records: now.records.size,
  });
}

/** Only updates and writes of cells: the rest of a plan is about whole rows and records. */
function valuesOnly(plan: Plan): Plan {
  const operations = plan.operations.filter(
    ({ kind }) => kind === "update" || kind === "write-cells" || kind === "link",
  );
  return { ...plan, operations };
}

/** Every place that a plan writes to: side, record, field. */
function placesOf(plan: Plan): string[] {
  return effectsOf(plan).map((effect) =>
    "field" in effect ? `${effect.kind} ${effect.recordId} ${effect.field}` : "",
  );
}

/** Somebody else's edits, in records and in cells without formula. */
const EDITS = fc.array(
  fc.record({
    side: fc.constantFrom("field", "cell"),
    id: fc.constantFrom("1", "2", "3", "4"),
    to: fc.constantFrom("", "Xena", "Yves"),
  }),
  { maxLength: 3 },
);

function edit(input: PlanInput, edits: readonly { side: string; id: string; to: string }[]): PlanInput {
  const records = new Map(input.records);
  let { rows } = input;
  for (const { side, id, to } of edits) {
    const record = records.get(id);
    if (side === "field" && record) records.set(id, { ...record, values: { ...record.values, name: to } });
    if (side === "field") continue;
    rows = rows.map((row) => {
      const { name } = row.cells;
      if (row.recordId !== id || !name || name.formula !== null) return row;
      return {
        ...row,
        cells: { ...row.cells, name: { value: decodeValue(to === "" ? "" : `t${to}`), formula: null } },
      };
    });
  }
  return { ...input, records, rows };
}

/** A run, what somebody edits after it, and the undo of the run. */
function always(check: (ran: PlanInput, effects: readonly Effect[], later: PlanInput, undo: Plan) => void): void {
  const law = fc.property(planInput(), EDITS, (input, edits) => {
    const plan = valuesOnly(planSync(input));
    const ran = applyPlanInMemory(input, plan);
    const later = edit(ran, edits);
    const effects = effectsOf(plan);
    check(ran, effects, later, undoOf(effects, later));
  });
  fc.assert(law, { numRuns: 200 });
}

describe("laws of an undo", () => {
  it("I15 what goes back and what is left is what the run wrote, each place once", () => {
    always((_ran, effects, _later, undo) => {
      const places = effects.map((one) => ("field" in one ? `${one.kind} ${one.recordId} ${one.field}` : ""));
      const left = undo.findings.map(({ recordId, field }) => `${recordId} ${field}`);
      const back = placesOf(undo);
      expect(back.length + left.length).toBe(new Set(places).size);
      for (const place of back) expect(places).toContain(place);
      expect(undo.guard[0]?.count).toBe(back.length);
    });
  });

  it("I15 every place that nobody touched since goes back, and only those", () => {
    always((ran, effects, later, undo) => {
      const back = new Set(placesOf(undo));
      for (const effect of effects) {
        if (!("field" in effect)) continue;
        const { kind, recordId, field } = effect;
        // Nobody can tell copies of a row apart (R13), so none of them is written to.
        const isDoubled = later.rows.filter((row) => row.recordId === recordId).length > 1;
        const isTouched =
          kind === "field"
            ? ran.records.get(recordId)?.values[field] !== later.records.get(recordId)?.values[field]
            : JSON.stringify(cellOf(ran, recordId, field)) !== JSON.stringify(cellOf(later, recordId, field));
        expect(back.has(`${kind} ${recordId} ${field}`)).toBe(!isTouched && !(kind === "cell" && isDoubled));
      }
    });
  });

  it("I15 puts back exactly what was there before", () => {
    always((_ran, effects, later, undo) => {
      const after = applyPlanInMemory(later, undo);
      const back = new Set(placesOf(undo));
      for (const effect of effects) {
        if (effect.kind === "field" && back.has(`field ${effect.recordId} ${effect.field}`))
          expect(after.records.get(effect.recordId)?.values[effect.field] ?? "").toBe(effect.before);
        if (effect.kind === "cell" && back.has(`cell ${effect.recordId} ${effect.field}`))
          expect(cellOf(after, effect.recordId, effect.field)?.value).toEqual(decodeValue(effect.before));
      }
    });
  });

  it("I5 F1 nothing that went back is written again by the sync that follows, unless its other side was edited since", () => {
    always((ran, effects, later, undo) => {
      const edited =
        later.rows !== ran.rows || [...later.records].some(([id, record]) => ran.records.get(id) !== record);
      const movesKey = effects.some((effect) => "field" in effect && effect.field === ran.keyField?.name);
      if (edited || movesKey) return;
      const after = applyPlanInMemory(later, undo);
      const again = new Set(placesOf(planSync(after)).map((place) => place.replace(/^(field|cell) /, "")));
      for (const place of placesOf(undo)) expect(again).not.toContain(place.replace(/^(field|cell) /, ""));
    });
  });
});

function cellOf(input: PlanInput, recordId: string, field: string) {
  return input.rows.find((row) => row.recordId === recordId)?.cells[field];
}
