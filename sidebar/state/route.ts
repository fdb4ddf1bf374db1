import type { AppView, CrmName, Direction, MappingSummary, RunView } from "../../src/contract/views";

/** How a run screen begins: with a new run, or with one that the server already knows. */
export type RunStart =
  | {
      readonly kind: "new";
      readonly mappingId: string;
      readonly mappingName: string;
      readonly direction: Direction;
      readonly preview: boolean;
    }
  | { readonly kind: "resume"; readonly run: RunView };

/** What the editor opens. */
export interface EditorSource {
  readonly crm: CrmName;
  /** null: the server chooses by the headers. */
  readonly objectType: string | null;
  readonly tabId: number;
  readonly headerRow: number | null;
  readonly mappingId: string | null;
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
  const { crm, objectType, tabId } = mapping;
  return { kind: "mapping", source: { crm, objectType, tabId, headerRow: null, mappingId: mapping.id } };
}

/** A new run of a mapping. */
export function startRun(mapping: MappingSummary, direction: Direction, preview: boolean): Route {
  const start: RunStart = { kind: "new", mappingId: mapping.id, mappingName: mapping.name, direction, preview };
  return { kind: "run", start };
}
