import type { Conflict, Finding, Plan } from "../../src/domain/plan";
import { planMessages, planTally, toldKeys } from "../../src/engine/finish/plan-messages";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput } from "../support/merge-builders";

const PLACE = { rowNumber: 4, recordId: "7", field: "city", title: "Ann" };
const kept = (message: string): Finding => ({ severity: "note", rule: "F7", ...PLACE, message });
const wrong: Finding = { severity: "error", rule: "F10", ...PLACE, message: "No number." };
const conflict = (crm: string): Conflict => ({
  ...PLACE,
  rule: "F5",
  sheet: "tRome",
  crm,
  base: null,
});

function plan(findings: readonly Finding[], conflicts: readonly Conflict[]): Plan {
  return { ...planSync(buildPlanInput()), findings, conflicts };
}

const CLOCK = { trigger: "schedule", mappingName: "People" } as const;
const HAND = { trigger: "manual", mappingName: "People" } as const;
const NOTHING = new Set<string>();
const told = (before: Plan) => new Set(toldKeys(before));

describe("what the history says about a plan", () => {
  const first = plan([kept("A formula."), wrong], [conflict("Oslo")]);

  it("names findings and open conflicts, and counts them", () => {
    expect(planMessages(first, CLOCK, NOTHING).map(({ message }) => message)).toEqual([
      "A formula.",
      "No number.",
      expect.stringContaining('the sheet has "Rome", the CRM has "Oslo"'),
    ]);
    expect(planTally(first)).toEqual({ errors: 1, skipped: 2 });
  });

  it("F7 F5 tells a note and a conflict once by the clock, errors each time", () => {
    const messages = planMessages(first, CLOCK, told(first));
    expect(messages.map(({ message }) => message)).toEqual([
      "No number.",
      "2 notes of earlier runs still hold. Sync by hand to list them.",
    ]);
    const one = plan([kept("A formula.")], []);
    expect(planMessages(one, CLOCK, told(one)).map(({ message }) => message)).toEqual([
      "1 note of earlier runs still holds. Sync by hand to list it.",
    ]);
  });

  it("F7 F5 tells them again for another value, and in another row's number not", () => {
    const next = plan([{ ...kept("A formula."), rowNumber: 9 }], [conflict("Bonn")]);
    const messages = planMessages(next, CLOCK, told(first)).map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining('the CRM has "Bonn"'), expect.stringMatching(/^1 note of/)]);
  });

  it("lists all that is open to whoever starts a run by hand", () => {
    expect(planMessages(first, HAND, told(first))).toHaveLength(3);
  });
});
