import { type EchoState, NO_ECHOES } from "../domain/echo";
import type { Plan } from "../domain/plan";
import { watchEchoes } from "../merge/watch-echoes";
import { loadCheckpoint } from "../state/checkpoint";
import { loadEchoes, saveEchoes } from "../state/echo-state";
import type { RunDocument } from "../state/run-document";
import { loadEffects } from "../state/undo-log";
import type { RunDeps } from "./run-deps";

/** What earlier runs wrote and what came back changed (rule F12). Saving the mapping starts it anew. */
export function echoesNow({ store, mapping }: Pick<RunDeps, "store" | "mapping">): EchoState {
  return loadCheckpoint(store, mapping.id).relink ? NO_ECHOES : loadEchoes(store, mapping.id);
}

/** Remembers under intent n what this run wrote, and which fields its plan held back. */
export function noteEchoes(
  deps: RunDeps,
  { plan, run, n }: { readonly plan: Plan; readonly run: RunDocument; readonly n: number },
): void {
  const { store, mapping } = deps;
  const effects = loadEffects(store, run.id).map(({ effect }) => effect);
  const state = watchEchoes(echoesNow(deps), { plan, effects });
  // Nothing is watched, so nothing has to be counted: a run with nothing to do writes nothing.
  const watches = Object.keys(state.fields).length > 0 || Object.keys(loadEchoes(store, mapping.id).fields).length > 0;
  if (watches) saveEchoes(store, mapping.id, state, n);
}
