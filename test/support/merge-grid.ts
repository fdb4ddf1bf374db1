import type { ConflictPolicy, Direction } from "../../src/domain/mapping";
import type { Field } from "../../src/domain/schema";
import type { Shadow } from "../../src/domain/snapshot";
import type { CrmValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { type FieldDecision, mergeField } from "../../src/merge/merge-field";
import type { PlanField } from "../../src/merge/plan-field";
import { buildCell, buildPlanField, buildShadow, type CellSpec } from "./merge-builders";

/** One field of a pair as a test describes it; `base` is what both sides held, null: there is no base. */
export interface Situation {
  readonly field: Field;
  readonly base: CrmValue | null;
  /** The base where its sides differ; goes before `base`. */
  readonly shadow?: Shadow;
  readonly cell: CellSpec;
  readonly crm: CrmValue;
  readonly column?: Partial<PlanField>;
  readonly run?: Direction;
  readonly policy?: ConflictPolicy;
  readonly seen?: boolean;
}

/** What the merge decides for a situation; column and run move both ways and conflicts ask, unless it says otherwise. */
export function decide(situation: Situation): FieldDecision {
  const { field, base, crm, column = {}, run = "both", policy = "ask", seen = false } = situation;
  const shadow = situation.shadow ?? (base === null ? null : buildShadow(field, base));
  const sides = { cell: buildCell(situation.cell), crm, shadow, policy, seen };
  return mergeField(buildPlanField(field, column), sides, { run, zone: UTC, zoneChanged: false });
}

/**
 * A decision as a word of the grid: `.` nothing · `=` adopted · `>F2` sent to the CRM · `<F3` written into the sheet
 * (`!`: over what somebody changed, a loser) · `?F5` conflict · `eF10` error · `nF7` note.
 */
function decisionWord(decision: FieldDecision): string {
  switch (decision.kind) {
    case "none":
      return ".";
    case "adopt":
      return "=";
    case "to-crm":
      return `>${decision.rule}${decision.overwrites ? "!" : ""}`;
    case "to-sheet":
      return `<${decision.rule}${decision.overwrites ? "!" : ""}`;
    case "conflict":
      return `?${decision.rule}`;
    case "finding":
      return `${decision.severity === "error" ? "e" : "n"}${decision.rule}`;
  }
}

/** Column directions and, under each, the directions a run may have: the order of the words in a line of the grid. */
const MOVES: readonly (readonly [column: Direction, run: Direction])[] = [
  ["both", "both"],
  ["both", "pull"],
  ["both", "push"],
  ["pull", "both"],
  ["pull", "pull"],
  ["pull", "push"],
  ["push", "both"],
  ["push", "pull"],
  ["push", "push"],
];

/** The decisions for a situation under every move, in the order of `MOVES`. */
export function decideAll(situation: Situation): string {
  const words = MOVES.map(([direction, run]) =>
    decisionWord(decide({ ...situation, column: { ...situation.column, direction }, run })),
  );
  return words.join(" ");
}
