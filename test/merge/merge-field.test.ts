import { canonicalCrm, canonicalSheet } from "../../src/domain/canonical-value";
import type { ConflictPolicy } from "../../src/domain/mapping";
import { decodeValue, encodeValue, type SheetValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { isInStep, mergeField } from "../../src/merge/merge-field";
import { buildField } from "../support/fake-schema";
import { buildCell, buildPlanField, buildShadow, CITY, formulaCell } from "../support/merge-builders";
import { decide, decideAll, type Situation } from "../support/merge-grid";

const SCORE = buildField({ name: "score", type: "number" });
const POLICIES: readonly ConflictPolicy[] = ["ask", "sheet-wins", "crm-wins", "newest-wins"];
const CLEAR = { blank: "clear" } as const;
const ERROR: SheetValue = { kind: "unreadable", text: "#REF!" };

/** Both sides of a city: what they held, what the sheet shows now, what the CRM has now. */
function city(base: string | null, cell: Situation["cell"], crm: string, more: Partial<Situation> = {}): Situation {
  return { field: CITY, base, cell, crm, ...more };
}

function score(base: string | null, cell: string, crm: string, more: Partial<Situation> = {}): Situation {
  return { field: SCORE, base, cell, crm, ...more };
}

/** A new row's cell that was left blank beside "Rome". */
function leftBlank({ formulas = false, apart }: { readonly formulas?: boolean; readonly apart?: true }): Situation {
  const shadow = apart ? { sheet: "", crm: "Rome", apart } : { sheet: "", crm: "Rome" };
  return { ...city("Rome", "", "Rome"), shadow, column: { formulaColumn: formulas } };
}

/**
 * Per line: what happens, the situation, and the decision for the moves
 * column both: run both, pull, push · column pull: run both, pull, push · column push: run both, pull, push.
 */
const GRID: readonly (readonly [title: string, situation: Situation, both: string, pull: string, push: string])[] = [
  ["F1 nothing changed", city("Rome", "Rome", "Rome"), ". . .", ". . .", ". . ."],
  ["F2 the sheet changed", city("Rome", "Oslo", "Rome"), ">F2 . >F2", "<F2! <F2! .", ">F2 . >F2"],
  ["F3 the CRM changed", city("Rome", "Rome", "Oslo"), "<F3 <F3 .", "<F3 <F3 .", "nF3 nF3 nF3"],
  [
    "F3 the CRM filled what was blank on both sides, clear",
    city("", "", "Rome", { column: CLEAR }),
    "<F3 <F3 .",
    "<F3 <F3 .",
    "nF3 nF3 nF3",
  ],
  ["F4 both changed to the same", city("Rome", "Oslo", "Oslo"), "= = =", "= = =", "= = ="],
  ["F4 both were emptied", city("Rome", "", ""), "= = =", "= = =", "= = ="],
  ["F5 both changed, ask", city("Rome", "Oslo", "Bonn"), "?F5 ?F5 ?F5", "<F5! <F5! .", ">F5! . >F5!"],
  [
    "F5 both changed, sheet wins",
    city("Rome", "Oslo", "Bonn", { policy: "sheet-wins" }),
    ">F5! . >F5!",
    "<F5! <F5! .",
    ">F5! . >F5!",
  ],
  [
    "F5 both changed, CRM wins",
    city("Rome", "Oslo", "Bonn", { policy: "crm-wins" }),
    "<F5! <F5! .",
    "<F5! <F5! .",
    ">F5! . >F5!",
  ],
  [
    "F5 both changed, newest wins without times to compare",
    city("Rome", "Oslo", "Bonn", { policy: "newest-wins" }),
    "?F5 ?F5 ?F5",
    "<F5! <F5! .",
    ">F5! . >F5!",
  ],
  ["F6 no base, equal", city(null, "Rome", "Rome"), "= = =", "= = =", "= = ="],
  ["F6 no base, both blank", city(null, "", ""), "= = =", "= = =", "= = ="],
  ["F6 no base, cell blank", city(null, "", "Rome"), "<F6 <F6 .", "<F6 <F6 .", ". . ."],
  ["F6 no base, CRM blank", city(null, "Rome", ""), ">F6 . >F6", ". . .", ">F6 . >F6"],
  ["F6 no base, different, not seen", city(null, "Rome", "Oslo"), "?F6 ?F6 ?F6", "?F6 ?F6 ?F6", "?F6 ?F6 ?F6"],
  ["F9 cell emptied, keep", city("Rome", "", "Rome"), "<F9 <F9 .", "<F9 <F9 .", ". . ."],
  ["F9 cell emptied, keep, CRM changed", city("Rome", "", "Oslo"), "<F9 <F9 .", "<F9 <F9 .", ". . ."],
  [
    "F9 cell emptied, keep, CRM changed, sheet wins",
    city("Rome", "", "Oslo", { policy: "sheet-wins" }),
    "<F9 <F9 .",
    "<F9 <F9 .",
    ". . .",
  ],
  ["F9 cell emptied, clear", city("Rome", "", "Rome", { column: CLEAR }), ">F9 . >F9", "<F9 <F9 .", ">F9 . >F9"],
  ["F9 cell of spaces, clear", city("Rome", "  ", "Rome", { column: CLEAR }), ">F9 . >F9", "<F9 <F9 .", ">F9 . >F9"],
  [
    "F9 cell emptied, clear, CRM changed, ask",
    city("Rome", "", "Oslo", { column: CLEAR }),
    "?F5 ?F5 ?F5",
    "<F9 <F9 .",
    ">F5! . >F5!",
  ],
  [
    "F9 cell emptied, clear, CRM changed, sheet wins",
    city("Rome", "", "Oslo", { column: CLEAR, policy: "sheet-wins" }),
    ">F5! . >F5!",
    "<F9 <F9 .",
    ">F5! . >F5!",
  ],
  [
    "F9 cell emptied, clear, CRM changed, CRM wins",
    city("Rome", "", "Oslo", { column: CLEAR, policy: "crm-wins" }),
    "<F5! <F5! .",
    "<F9 <F9 .",
    ">F5! . >F5!",
  ],
  ["F10 text in a number", score("5", "five", "5"), "eF10 . eF10", "<F2! <F2! .", "eF10 . eF10"],
  ["F10 text in a number, no base, CRM blank", score(null, "five", ""), "eF10 . eF10", ". . .", "eF10 . eF10"],
  ["F10 text in a number, CRM changed, ask", score("5", "five", "6"), "?F5 ?F5 ?F5", "<F5! <F5! .", "?F5 . ?F5"],
  [
    "F10 text in a number, CRM changed, sheet wins",
    score("5", "five", "6", { policy: "sheet-wins" }),
    "?F5 . ?F5",
    "<F5! <F5! .",
    "?F5 . ?F5",
  ],
  [
    "F10 text in a number, CRM changed, CRM wins",
    score("5", "five", "6", { policy: "crm-wins" }),
    "<F5! <F5! .",
    "<F5! <F5! .",
    "?F5 . ?F5",
  ],
  ["F7 formula changed", city("Rome", formulaCell("Oslo"), "Rome"), ">F2 . >F2", "nF7 nF7 .", ">F2 . >F2"],
  ["F7 formula, CRM changed", city("Rome", formulaCell("Rome"), "Oslo"), "nF7 nF7 .", "nF7 nF7 .", "nF3 nF3 nF3"],
  ["F7 formula equal to the CRM", city("Rome", formulaCell("Oslo"), "Oslo"), "= = =", "= = =", "= = ="],
  [
    "F7 formula, both changed, CRM wins",
    city("Rome", formulaCell("Oslo"), "Bonn", { policy: "crm-wins" }),
    "nF7 nF7 .",
    "nF7 nF7 .",
    ">F5! . >F5!",
  ],
  [
    "F7 formula that shows a blank, clear",
    city("Rome", formulaCell(""), "Rome", { column: CLEAR }),
    "nF7 nF7 .",
    "nF7 nF7 .",
    ". . .",
  ],
  ["F7 formula that shows a blank, no base", city(null, formulaCell(""), "Rome"), "nF7 nF7 .", "nF7 nF7 .", ". . ."],
  ["F7 formula, no base, CRM blank", city(null, formulaCell("Rome"), ""), ">F6 . >F6", ". . .", ">F6 . >F6"],
  ["F7 cell that was left blank for formulas that are gone", leftBlank({}), "<F6 <F6 .", "<F6 <F6 .", ". . ."],
  ["F7 cell that was left blank in a column of formulas", leftBlank({ formulas: true }), ". . .", ". . .", ". . ."],
  ["F7 cell that an undo left blank", leftBlank({ apart: true }), ". . .", ". . .", ". . ."],
  ["F8 error value", city("Rome", ERROR, "Rome"), "nF8 nF8 nF8", "nF8 nF8 nF8", "nF8 nF8 nF8"],
  ["F8 error value, CRM changed", city("Rome", ERROR, "Oslo"), "nF8 nF8 nF8", "nF8 nF8 nF8", "nF8 nF8 nF8"],
  ["F8 error value, no base", city(null, ERROR, ""), "nF8 nF8 nF8", "nF8 nF8 nF8", "nF8 nF8 nF8"],
  [
    "F8 error of a formula, clear",
    city("Rome", { value: ERROR, formula: "=A1" }, "Rome", { column: CLEAR }),
    "nF8 nF8 nF8",
    "nF8 nF8 nF8",
    "nF8 nF8 nF8",
  ],
];

describe("one field of a linked pair", () => {
  it.each(GRID)("%s", (_title, situation, both, pull, push) => {
    expect(decideAll(situation).split(" ")).toEqual(`${both} ${pull} ${push}`.split(" "));
  });

  it.each(POLICIES)("F6 a difference without base stays open until somebody saw it, under %s too", (policy) => {
    const open = "?F6 ?F6 ?F6";
    expect(decideAll(city(null, "Rome", "Oslo", { policy }))).toBe(`${open} ${open} ${open}`);
  });

  it.each<[ConflictPolicy, string, string]>([
    ["ask", "?F6 ?F6 ?F6", ">F6! . >F6!"],
    ["newest-wins", "?F6 ?F6 ?F6", ">F6! . >F6!"],
    ["sheet-wins", ">F6! . >F6!", ">F6! . >F6!"],
  ])("F6 a difference without base that was seen follows %s", (policy, both, push) => {
    const words = decideAll(city(null, "Rome", "Oslo", { policy, seen: true })).split(" ");
    expect(words.slice(0, 3).join(" ")).toBe(both);
    expect(words.slice(6).join(" ")).toBe(push);
  });

  it.each<[string, Partial<Situation>]>([
    ["both ways with CRM wins", { policy: "crm-wins" }],
    ["one-way pull", { column: { direction: "pull" } }],
  ])("F6 a difference that was seen takes the CRM's value: %s", (_title, more) => {
    expect(decide(city(null, "Rome", "Oslo", { ...more, seen: true }))).toMatchObject({
      kind: "to-sheet",
      rule: "F6",
      value: "tOslo",
    });
  });

  it.each<[string, Partial<Situation>]>([
    ["both ways with CRM wins", { policy: "crm-wins" }],
    ["one-way pull", { column: { direction: "pull" } }],
  ])("F6 names the typed value as a loser: %s", (_title, more) => {
    expect(decide(city(null, "Rome", "Oslo", { ...more, seen: true }))).toMatchObject({ overwrites: true });
  });
});

describe("what a decision carries", () => {
  it("F2 sends the value in the CRM's form", () => {
    expect(decide(score("5", " 1,250.50 ", "5"))).toEqual({
      kind: "to-crm",
      rule: "F2",
      value: "1250.5",
      overwrites: false,
    });
  });

  it("F3 writes the value in the sheet's form", () => {
    const decision = decide({ field: SCORE, base: "5", cell: { kind: "number", number: 5 }, crm: "6.50" });
    expect(decision).toEqual({ kind: "to-sheet", rule: "F3", value: "n6.5", overwrites: false });
  });

  it("F3 does not call a value typed that equals the base", () => {
    expect(decide(score("5", "5.0", "6"))).toMatchObject({ kind: "to-sheet", rule: "F3", overwrites: false });
  });

  it("F4 adopts both raw values, not their canonical forms", () => {
    expect(decide(score("5", "1,250.0", "1250.00"))).toEqual({ kind: "adopt", sheet: "t1,250.0", crm: "1250.00" });
  });

  it("F9 sends the blank", () => {
    expect(decide(city("Rome", "", "Rome", { column: CLEAR }))).toEqual({
      kind: "to-crm",
      rule: "F9",
      value: "",
      overwrites: false,
    });
  });

  it("F7 names the CRM's value that was not written", () => {
    const decision = decide(city("Rome", formulaCell("Rome"), "Oslo"));
    expect(decision.kind === "finding" ? decision.message : "").toMatch(/"City" holds a formula.*"Oslo"/);
  });

  it("F8 names the column and what the cell shows", () => {
    const decision = decide(city("Rome", ERROR, "Rome"));
    expect(decision.kind === "finding" ? decision.message : "").toMatch(/"City" shows #REF!/);
  });

  it("F10 names the column, the value and the allowed form", () => {
    const decision = decide(score("5", "five", "5"));
    expect(decision.kind === "finding" ? decision.message : "").toMatch(
      /"score".*"five" is not a number; write digits/,
    );
  });
});

describe("a side that did not change", () => {
  const EMAIL = buildField({ name: "email", type: "email" });
  const merge = (field: typeof EMAIL, cell: string, crm: string, shadow: { sheet: string; crm: string }) =>
    mergeField(
      buildPlanField(field),
      { cell: buildCell(cell), crm, shadow, policy: "ask", seen: false },
      { run: "both", zone: UTC, zoneChanged: false },
    );

  it("F1 leaves a known pair alone although the two sides differ", () => {
    const shadow = { sheet: "tA long name", crm: "A long n" };
    expect(merge(CITY, "A long name", "A long n", shadow)).toEqual({ kind: "none" });
  });

  it("F4 keeps an equivalent pair as it is when nothing moved", () => {
    expect(merge(EMAIL, "Ann@X.com", "ann@x.com", { sheet: "tAnn@X.com", crm: "ann@x.com" })).toEqual({ kind: "none" });
  });

  it("F1 does not send an edit that only changes what comparison ignores", () => {
    const shadow = { sheet: "tA long name", crm: "A long n" };
    expect(merge(CITY, "A long name ", "A long n", shadow)).toEqual({ kind: "none" });
  });

  it("F3 judges the CRM by its own shadow, not by the sheet's", () => {
    const shadow = { sheet: "tA long name", crm: "A long n" };
    expect(merge(CITY, "A long name", "Short", shadow)).toMatchObject({ kind: "to-sheet", rule: "F3" });
  });

  it("F2 judges the sheet by its own shadow, not by the CRM's", () => {
    const shadow = { sheet: "tA long name", crm: "A long n" };
    expect(merge(CITY, "Another", "A long n", shadow)).toMatchObject({ kind: "to-crm", rule: "F2" });
  });

  describe("when an option was renamed since", () => {
    const stage = (label: string) =>
      buildField({
        name: "stage",
        type: "choice",
        options: [
          { value: "lead", label },
          { value: "won", label: "Won" },
        ],
      });

    it("F1 rewrites the cell that shows the old label", () => {
      const decision = merge(stage("Prospect"), "Lead stage", "lead", { sheet: "tLead stage", crm: "lead" });
      expect(decision).toEqual({ kind: "to-sheet", rule: "F1", value: "tProspect", overwrites: false });
    });

    it("F4 adopts the new label once somebody typed it", () => {
      const decision = merge(stage("Prospect"), "Prospect", "lead", { sheet: "tLead stage", crm: "lead" });
      expect(decision).toEqual({ kind: "adopt", sheet: "tProspect", crm: "lead" });
    });

    it("F2 sends another option that somebody chose", () => {
      const decision = merge(stage("Prospect"), "Won", "lead", { sheet: "tLead stage", crm: "lead" });
      expect(decision).toEqual({ kind: "to-crm", rule: "F2", value: "won", overwrites: false });
    });

    it("F3 writes another option that the CRM has now", () => {
      const decision = merge(stage("Prospect"), "Lead stage", "won", { sheet: "tLead stage", crm: "lead" });
      expect(decision).toMatchObject({ kind: "to-sheet", rule: "F3", value: "tWon", overwrites: false });
    });

    it("F7 does not rewrite a formula that shows the old label", () => {
      const sides = {
        cell: formulaCell("Lead stage"),
        crm: "lead",
        shadow: { sheet: "tLead stage", crm: "lead" },
        policy: "ask",
        seen: false,
      } as const;
      const decision = mergeField(buildPlanField(stage("Prospect")), sides, {
        run: "both",
        zone: UTC,
        zoneChanged: false,
      });
      expect(decision).toMatchObject({ kind: "finding", rule: "F7" });
    });

    it("F1 rewrites the cell whose old label now names another option", () => {
      const field = buildField({
        name: "stage",
        type: "choice",
        options: [
          { value: "a", label: "Beta" },
          { value: "b", label: "Alpha" },
        ],
      });
      const decision = merge(field, "Alpha", "a", { sheet: "tAlpha", crm: "a" });
      expect(decision).toMatchObject({ kind: "to-sheet", rule: "F1", value: "tBeta" });
    });

    it("F1 leaves a cell that an undo has put back, though it names another option (I15)", () => {
      const apart = { sheet: "tWon", crm: "lead", apart: true } as const;
      expect(merge(stage("Lead"), "Won", "lead", apart)).toEqual({ kind: "none" });
      const pair = { sheet: "tWon", crm: "lead" };
      expect(merge(stage("Lead"), "Won", "lead", pair)).toMatchObject({ kind: "to-sheet", rule: "F1" });
    });

    it("F1 is quiet about an option that is off the list but still held", () => {
      const decision = merge(stage("Lead"), "removed", "removed", { sheet: "tremoved", crm: "removed" });
      expect(decision).toEqual({ kind: "none" });
    });

    it("F6 takes an option off the list on both sides for equal", () => {
      const sides = { cell: buildCell("removed"), crm: "removed", shadow: null, policy: "ask", seen: false } as const;
      const decision = mergeField(buildPlanField(stage("Lead")), sides, { run: "both", zone: UTC, zoneChanged: false });
      expect(decision).toMatchObject({ kind: "adopt" });
    });
  });

  it("F1 does not take another time zone for an edit", () => {
    const field = buildField({ name: "at", type: "datetime" });
    const cell: SheetValue = { kind: "wall", text: "2026-07-01T14:00:00" };
    const crm = "2026-07-01T12:00:00.000Z";
    expect(canonicalSheet(field, cell, UTC)).not.toBe(canonicalCrm(field, crm, UTC));
    const sides = {
      cell: buildCell(cell),
      crm,
      shadow: { sheet: encodeValue(cell), crm },
      policy: "ask",
      seen: false,
    } as const;
    expect(mergeField(buildPlanField(field), sides, { run: "both", zone: UTC, zoneChanged: false })).toEqual({
      kind: "none",
    });
  });

  it("F4 takes both instants of the repeated autumn hour for equal", () => {
    const field = buildField({ name: "at", type: "datetime" });
    const zone = { name: "Test/Autumn", offsetMinutes: (ms: number) => (ms < Date.UTC(2026, 9, 25, 1) ? 120 : 60) };
    const sides = {
      cell: buildCell({ kind: "wall", text: "2026-10-25T02:30:00" } as const),
      crm: "2026-10-25T01:30:00.000Z",
      shadow: { sheet: "w2026-10-25T02:30:00", crm: "2026-10-25T00:30:00.000Z" },
      policy: "ask",
      seen: false,
    } as const;
    expect(mergeField(buildPlanField(field), sides, { run: "both", zone, zoneChanged: false })).toMatchObject({
      kind: "adopt",
    });
  });
});

describe("a CRM's text that only looks like an error", () => {
  const known = { shadow: { sheet: "u#REF!", crm: "#REF!" } };

  it("F8 is no error while it stands as the last run wrote it", () => {
    expect(decide({ ...city(null, ERROR, "#REF!"), ...known })).toEqual({ kind: "none" });
    expect(decide({ ...city(null, ERROR, "Oslo"), ...known })).toMatchObject({ kind: "to-sheet", value: "tOslo" });
  });

  it("F8 is one where a formula shows it, or where something else was written", () => {
    const formula = { value: ERROR, formula: "=A1" };
    expect(decide({ ...city(null, formula, "#REF!"), ...known })).toMatchObject({ kind: "finding", rule: "F8" });
    expect(decide(city("Rome", ERROR, "Rome"))).toMatchObject({ kind: "finding", rule: "F8" });
  });
});

describe("a text that no cell can hold", () => {
  it("F10 stays in the CRM, and the column and the limit are named", () => {
    const decision = decide(city("Rome", "Rome", "x".repeat(50_001)));
    expect(decision).toMatchObject({ kind: "finding", severity: "error", rule: "F10" });
    expect(decision.kind === "finding" ? decision.message : "").toMatch(/^"City" has 50.?001 characters/);
    expect(decide(city("Rome", "Rome", "x".repeat(50_000)))).toMatchObject({ kind: "finding", rule: "F10" });
    expect(decide(city("Rome", "Rome", "x".repeat(49_000)))).toMatchObject({ kind: "to-sheet", rule: "F3" });
  });
});

describe("a cell that a new row left blank", () => {
  it("F7 takes nothing while it holds a formula of its own, and nothing where the base had a value", () => {
    expect(decide({ ...city(null, formulaCell(""), "Rome"), shadow: { sheet: "", crm: "Rome" } })).toEqual({
      kind: "none",
    });
  });

  it("F1 a cell that showed spaces is no cell that was left blank", () => {
    expect(decide({ ...city(null, "", "Rome"), shadow: { sheet: "t ", crm: "Rome" } })).toEqual({ kind: "none" });
  });

  it("F1 rewrites several choices whose option was renamed", () => {
    const field = buildField({ name: "tags", type: "multi-choice", options: [{ value: "a", label: "New" }] });
    const situation = { field, base: null, shadow: { sheet: "tOld", crm: "a" }, cell: "Old", crm: "a" };
    expect(decide(situation)).toMatchObject({ kind: "to-sheet", rule: "F1", value: "tNew" });
  });
});

describe("a field that is in step", () => {
  const wall = { kind: "wall", text: "2026-07-01T14:00:00" } as const;
  const stage = buildField({ name: "stage", type: "choice", options: [{ value: "lead", label: "Lead" }] });
  const tags = buildField({ name: "tags", type: "multi-choice", options: [{ value: "a", label: "A" }] });
  const at = buildField({ name: "at", type: "datetime" });

  it.each<[string, Situation & { readonly zoneChanged?: boolean }, boolean]>([
    ["both sides show the base", city("Rome", "Rome", "Rome"), true],
    ["a blank pair", city("", "", ""), true],
    ["no base", city(null, "Rome", "Rome"), false],
    ["the CRM changed", city("Rome", "Rome", "Oslo"), false],
    ["the sheet changed", city("Rome", "Oslo", "Rome"), false],
    ["a cell that was left blank beside a value", leftBlank({}), false],
    ["an error value that the base knows", { ...city("", ERROR, ""), shadow: { sheet: "u#REF!", crm: "" } }, false],
    ["a choice under its label of today", { field: stage, base: "lead", cell: "Lead", crm: "lead" }, true],
    [
      "a choice under an old label",
      { field: stage, base: null, shadow: { sheet: "tProspect", crm: "lead" }, cell: "Prospect", crm: "lead" },
      false,
    ],
    ["several choices, whose labels are looked at one by one", { field: tags, base: "a", cell: "A", crm: "a" }, false],
    ["a time", { field: at, base: "2026-07-01T14:00:00.000Z", cell: wall, crm: "2026-07-01T14:00:00.000Z" }, true],
    [
      "a time in a file whose zone changed",
      { field: at, base: "2026-07-01T14:00:00.000Z", cell: wall, crm: "2026-07-01T14:00:00.000Z", zoneChanged: true },
      false,
    ],
    ["a text in a file whose zone changed", { ...city("Rome", "Rome", "Rome"), zoneChanged: true }, true],
  ])("%s", (_title, { zoneChanged = false, ...situation }, expected) => {
    const { field, base, crm } = situation;
    const shadow = situation.shadow ?? (base === null ? null : buildShadow(field, base));
    const sides = { cell: buildCell(situation.cell), crm, shadow };
    expect(isInStep(buildPlanField(field), sides, { run: "both", zone: UTC, zoneChanged })).toBe(expected);
  });
});

describe("a file whose time zone changed", () => {
  const crm = "2026-07-01T14:00:00.000Z";
  const merge = (type: "datetime" | "text", cell: string, shadow: { sheet: string; crm: string }, value: string) =>
    mergeField(
      buildPlanField(buildField({ name: "at", type })),
      { cell: { value: decodeValue(cell), formula: null }, crm: value, shadow, policy: "ask", seen: false },
      { run: "both", zone: UTC, zoneChanged: true },
    );

  it("F1 shows the same instant by the clock of today", () => {
    const old = "w2026-07-01T16:00:00";
    const decision = merge("datetime", old, { sheet: old, crm }, crm);
    expect(decision).toEqual({ kind: "to-sheet", rule: "F1", value: "w2026-07-01T14:00:00", overwrites: false });
  });

  it("F1 leaves texts alone", () => {
    expect(merge("text", "tA long name", { sheet: "tA long name", crm: "A long n" }, "A long n")).toEqual({
      kind: "none",
    });
  });
});
