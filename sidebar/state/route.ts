import type { AppView, CrmName, Direction, MappingSummary, RunView } from "../../src/contract/views";

/** How a run screen begins: with a new run, or with one that the server already knows. */
export type RunStart =
  | {
      readonly kind: "new";
      readonly mappingId: string;
      readonly mappingName: string;
      readonly direction: Direction;
      readonly preview: boolean;
      /** The preview opens at its conflicts. */
      readonly atConflicts: boolean;
    }
  | { readonly kind: "resume"; readonly run: RunView }
  /** A run that waits for a decision. */
  | { readonly kind: "open"; readonly runId: string; readonly mappingName: string }
  /** Takes a run back, or only these of its effects. */
  | {
      readonly kind: "undo";
      readonly runId: string;
      readonly mappingName: string;
      readonly only: readonly string[] | null;
    };

/** What the editor opens. */
export interface EditorSource {
  readonly crm: CrmName;
  /** null: the server chooses by the headers. */
  readonly objectType: string | null;
  readonly tabId: number;
  readonly headerRow: number | null;
  readonly mappingId: string | null;
  /** Opens with the policies unfolded. */
  readonly atPolicies?: true;
}

/** The view that is shown. */
export type Route =
  | { readonly kind: "home" }
  | { readonly kind: "connect" }
  | { readonly kind: "start" }
  | { readonly kind: "mapping"; readonly source: EditorSource }
  | { readonly kind: "run"; readonly start: RunStart }
  | { readonly kind: "history" }
  | { readonly kind: "schedule"; readonly mapping: MappingSummary }
  | { readonly kind: "remove" };

/** Home. */
export const HOME: Route = { kind: "home" };

/** Where the sidebar opens: at the run that is not finished, else at home. */
export function openingRoute(app: AppView): Route {
  return app.run !== null && !isOver(app.run) ? { kind: "run", start: { kind: "resume", run: app.run } } : HOME;
}

/** Whether nothing more happens in the run. */
export function isOver(run: RunView): boolean {
  return run.phase === "done" || run.phase === "cancelled" || run.phase === "failed";
}

/** Whether the run goes on by steps, without anyone's decision. */
export function isMoving(run: RunView): boolean {
  return !isOver(run) && run.phase !== "waiting";
}

/** The editor for a saved mapping. */
export function editMapping(mapping: MappingSummary): Route {
  return { kind: "mapping", source: sourceOf(mapping) };
}

/** The editor at the policies and limits of a saved mapping. */
export function editPolicies(mapping: MappingSummary): Route {
  return { kind: "mapping", source: { ...sourceOf(mapping), atPolicies: true } };
}

function sourceOf({ id, crm, objectType, tabId }: MappingSummary): EditorSource {
  return { crm, objectType, tabId, headerRow: null, mappingId: id };
}

/** A new run of a mapping. */
export function startRun(mapping: MappingSummary, direction: Direction, preview: boolean): Route {
  return newRun(mapping, direction, { preview, atConflicts: false });
}

/** A preview of a mapping that opens at its conflicts. */
export function settleConflicts(mapping: MappingSummary): Route {
  return newRun(mapping, mapping.direction, { preview: true, atConflicts: true });
}

function newRun(
  { id, name }: MappingSummary,
  direction: Direction,
  how: { readonly preview: boolean; readonly atConflicts: boolean },
): Route {
  return { kind: "run", start: { kind: "new", mappingId: id, mappingName: name, direction, ...how } };
}

/** The plan of a mapping that waits. */
export function openWaiting(runId: string, mappingName: string): Route {
  return { kind: "run", start: { kind: "open", runId, mappingName } };
}
