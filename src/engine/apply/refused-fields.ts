import type { Outcome, RefusedField, RefusedOutcome } from "../../domain/outcome";
import type { CrmChange } from "../../domain/plan";
import type { GroupResult, MessagePlace } from "./group-result";

/** Every field that a refusal blames, each with its reason. */
function blamedFields(outcome: RefusedOutcome): readonly RefusedField[] {
  return outcome.fields ?? [outcome];
}

/** Reports a refusal: one error for each field that it blames (rule F10). */
export function reportRefused(outcome: RefusedOutcome, at: MessagePlace, result: GroupResult): void {
  reportFields(blamedFields(outcome), at, result);
}

/** Reports fields that were refused, an error each (rule F10). */
export function reportFields(refused: readonly RefusedField[], at: MessagePlace, result: GroupResult): void {
  for (const { field, message } of refused) result.report("error", { ...at, field }, message);
}

/** Changes that were refused as a whole, parted into those that are to be sent again and the fields that are to blame. */
export interface PartedChanges {
  readonly rest: readonly CrmChange[];
  readonly refused: readonly RefusedField[];
}

/**
 * Parts changes that the CRM refused (rule F10); null: it blames nothing that was sent, or it leaves nothing. What is left
 * is always less than what was sent, so sending the rest, and the rest of that, comes to an end.
 */
export function partRefused(changes: readonly CrmChange[], outcome: Outcome | undefined): PartedChanges | null {
  if (outcome?.kind !== "refused") return null;
  const refused = blamedFields(outcome).filter(({ field }) => changes.some((change) => change.field === field));
  const rest = changes.filter((change) => refused.every(({ field }) => field !== change.field));
  return rest.length === 0 || rest.length === changes.length ? null : { rest, refused };
}
