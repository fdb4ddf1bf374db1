import type { RunView } from "../../src/contract/views";
import type { RunStart } from "./route";

/** An ordinary run, one that takes another back, or one that brings back chosen values which it replaced. */
export type RunKind = "sync" | "undo" | "restore";

/** Kind of the run on the page. One that is opened again later no longer says that its values were chosen. */
export function runKind(start: RunStart, run: RunView | null): RunKind {
  if (start.kind === "undo") return start.only === null ? "undo" : "restore";
  return run !== null && run.undoOf !== null ? "undo" : "sync";
}
