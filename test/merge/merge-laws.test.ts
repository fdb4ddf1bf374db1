import fc from "fast-check";
import { canonicalCrm, canonicalSheet } from "../../src/domain/canonical-value";
import type { BlankPolicy, ConflictPolicy, Direction } from "../../src/domain/mapping";
import { encodeValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { type FieldDecision, type FieldSides, isInStep, mergeField } from "../../src/merge/merge-field";
import type { PlanField } from "../../src/merge/plan-field";
import { nastyText, sheetValue, wireValue } from "../support/arbitrary-values";
import { ALL_TYPES, fieldOfType } from "../support/fields-by-type";

/** Many runs: a case is cheap and most of them hit only one rule. */
const RUNS = 400;

interface Case {
  readonly column: PlanField;
  readonly sides: FieldSides;
  readonly run: Direction;
}

const DIRECTIONS: readonly Direction[] = ["both", "pull", "push"];
const POLICIES: readonly ConflictPolicy[] = ["ask", "sheet-wins", "crm-wins", "newest-wins"];
const BLANKS: readonly BlankPolicy[] = ["keep", "clear"];

/** Any field of any type with any base, any cell, any CRM value. */
function anyCase(): fc.Arbitrary<Case> {
  return fc.constantFrom(...ALL_TYPES).chain((type) => {
    const field = fieldOfType(type);
    // The last instant there is makes a conversion throw; a test of that conversion says so.
    const crm = fc.oneof(wireValue(field), nastyText()).filter((value) => !value.startsWith("+275760"));
    const encoded = sheetValue().map(encodeValue);
    const sides = fc.record({
      cell: fc.record({ value: sheetValue(), formula: fc.option(fc.constant("=A1")) }),
      crm,
      shadow: fc.option(fc.record({ sheet: encoded, crm })),
      policy: fc.constantFrom(...POLICIES),
      seen: fc.boolean(),
    });
    return fc.record({
      column: fc.record({
        field: fc.constant(field),
        header: fc.constant(type),
        direction: fc.constantFrom(...DIRECTIONS),
        blank: fc.constantFrom(...BLANKS),
        formulaColumn: fc.boolean(),
      }),
      // Half of the bases fit what the sides show: else nearly every case would be a conflict.
      sides: fc
        .tuple(sides, fc.boolean(), fc.boolean())
        .map(([given, sameCell, sameCrm]) => alignBase(given, sameCell, sameCrm)),
      run: fc.constantFrom(...DIRECTIONS),
    });
  });
}

function alignBase(sides: FieldSides, sameCell: boolean, sameCrm: boolean): FieldSides {
  if (sides.shadow === null) return sides;
  const sheet = sameCell ? encodeValue(sides.cell.value) : sides.shadow.sheet;
  return { ...sides, shadow: { sheet, crm: sameCrm ? sides.crm : sides.shadow.crm } };
}

function decide({ column, sides, run }: Case): FieldDecision {
  return mergeField(column, sides, { run, zone: UTC, zoneChanged: false });
}

/** Checks something of every decision; a decision that is not of that kind passes. */
function always(check: (given: Case, decision: FieldDecision) => void): void {
  fc.assert(
    fc.property(anyCase(), (given) => check(given, decide(given))),
    { numRuns: RUNS },
  );
}

describe("laws of merging one field", () => {
  it("decides every case, with a reason wherever it speaks", () => {
    always((_given, decision) => {
      if (decision.kind === "finding") expect(decision.message).not.toBe("");
      if ("rule" in decision) expect(decision.rule).toMatch(/^F\d+$/);
    });
  });

  it("never writes where both sides are equal", () => {
    always(({ column, sides }, decision) => {
      const sheet = canonicalSheet(column.field, sides.cell.value, UTC);
      if (sides.cell.value.kind === "unreadable" || sheet !== canonicalCrm(column.field, sides.crm, UTC)) return;
      expect(["none", "adopt"]).toContain(decision.kind);
    });
  });

  it("F1 F4 decides nothing where both sides are in step with the base", () => {
    let inStep = 0;
    always(({ column, sides, run }, decision) => {
      if (!isInStep(column, sides, { run, zone: UTC, zoneChanged: false })) return;
      expect(decision).toEqual({ kind: "none" });
      inStep += 1;
    });
    expect(inStep).toBeGreaterThan(RUNS / 20);
  });

  it("sends nothing to the CRM in a run or column that pulls", () => {
    always(({ column, run }, decision) => {
      if (run === "pull" || column.direction === "pull") expect(decision.kind).not.toBe("to-crm");
    });
  });

  it("writes nothing into the sheet in a run or column that pushes", () => {
    always(({ column, run }, decision) => {
      if (run === "push" || column.direction === "push") expect(decision.kind).not.toBe("to-sheet");
    });
  });

  it("F7 never writes over a formula", () => {
    always(({ sides }, decision) => {
      if (sides.cell.formula !== null) expect(decision.kind).not.toBe("to-sheet");
    });
  });

  it("F8 reports an unreadable cell and does nothing else", () => {
    always(({ sides }, decision) => {
      const known = sides.cell.formula === null && sides.shadow?.sheet === encodeValue(sides.cell.value);
      if (sides.cell.value.kind === "unreadable" && !known)
        expect(decision).toMatchObject({ kind: "finding", rule: "F8" });
    });
  });

  it("F9 clears the CRM's value only where blanks clear", () => {
    always(({ column, sides }, decision) => {
      if (decision.kind !== "to-crm" || decision.value !== "") return;
      // A number that no cell can hold reads as blank in choices; a test of that conversion says so.
      if (sides.cell.value.kind === "number") return;
      expect(column.blank).toBe("clear");
      expect(sides.cell.formula).toBeNull();
    });
  });

  it("never sends or writes what the other side already shows", () => {
    always(({ column, sides }, decision) => {
      if (decision.kind === "to-crm")
        expect(canonicalCrm(column.field, decision.value, UTC)).not.toBe(canonicalCrm(column.field, sides.crm, UTC));
      if (decision.kind === "to-sheet") expect(decision.value).not.toBe(encodeValue(sides.cell.value));
    });
  });

  it("names a typed value wherever it is written over", () => {
    always(({ column, sides }, decision) => {
      const typed = encodeValue(sides.cell.value);
      // A cell of spaces is a blank, which has no opinion.
      const blank = canonicalSheet(column.field, sides.cell.value, UTC) === "";
      if (decision.kind !== "to-sheet" || sides.shadow === null || blank) return;
      expect(decision.overwrites).toBe(typed !== sides.shadow.sheet);
    });
  });

  it("F5 names every value of the CRM as a loser that somebody changed and that is replaced", () => {
    always(({ column, sides }, decision) => {
      if (decision.kind !== "to-crm") return;
      const before = sides.shadow === null ? "" : canonicalCrm(column.field, sides.shadow.crm, UTC);
      expect(decision.overwrites).toBe(canonicalCrm(column.field, sides.crm, UTC) !== before);
    });
  });

  it("F5 newest wins asks wherever ask does: only the times of both sides tell more", () => {
    always(({ column, sides, run }) => {
      const decided = (policy: ConflictPolicy) => decide({ column, sides: { ...sides, policy }, run });
      expect(decided("newest-wins")).toEqual(decided("ask"));
    });
  });

  it("F6 leaves a difference without base open until it was seen", () => {
    always(({ column, sides }, decision) => {
      const blank = canonicalSheet(column.field, sides.cell.value, UTC) === "";
      const crmBlank = canonicalCrm(column.field, sides.crm, UTC) === "";
      if (sides.shadow !== null || sides.seen || blank || crmBlank) return;
      expect(["conflict", "adopt", "finding"]).toContain(decision.kind);
    });
  });

  it("F1 says nothing to anybody where neither side changed, old labels of choices and cells that were left blank apart", () => {
    always(({ column, sides }, decision) => {
      const { shadow, cell, crm } = sides;
      if (/choice/.test(column.field.type) || cell.value.kind === "unreadable" || shadow === null) return;
      const isLeftBlank = shadow.sheet === "" && shadow.crm !== "" && shadow.crm === crm && cell.value.kind === "blank";
      if (isLeftBlank) {
        // Filled from the CRM (F6) or left; nothing is sent, and nobody is asked.
        expect(["none", "to-sheet", "adopt", "finding"]).toContain(decision.kind);
        if (column.formulaColumn || shadow.apart) expect(decision.kind).not.toBe("to-sheet");
        return;
      }
      if (shadow.sheet === encodeValue(cell.value) && shadow.crm === crm) expect(decision).toEqual({ kind: "none" });
    });
  });
});
