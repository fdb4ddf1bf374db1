import { type Intent, openIntent } from "../../state/journal";
import type { RunDocument } from "../../state/run-document";
import { lookAt } from "../apply/apply-group";
import type { RunDeps } from "../run-deps";

/** What an execution finds when it begins. */
export interface Recovery {
  readonly run: RunDocument;
  /** Work of this run that was cut off: it is gone on with. null: none. */
  readonly cutOff: Intent | null;
}

/**
 * Settles what a cut-off execution left of this mapping, before anything else (section 6.1): what was saved but not
 * committed is dropped, and an open intent is looked at. Work of the same run goes on; of a run that was given up, only
 * what is in place counts: base, undo log and, in the totals of this run, the number. The rest is left to the next plan.
 * Intents of other mappings stay open until their own next run: nobody else touches their tokens and shadows.
 */
export function recover(deps: RunDeps, run: RunDocument): Recovery {
  deps.store.rollBack();
  const intent = openIntent(deps.store, deps.mapping.id);
  if (intent === null) return { run, cutOff: null };
  if (intent.runId === run.id && run.phase === "applying") return { run, cutOff: intent };
  return { run: lookAt(deps, run, intent), cutOff: null };
}
