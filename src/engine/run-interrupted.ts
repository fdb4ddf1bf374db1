import type { RunDocument } from "../state/run-document";

/** Work was cut short after part of it was done and stored: the run as it stands, and why. */
export class RunInterrupted extends Error {
  constructor(
    readonly run: RunDocument,
    readonly reason: unknown,
  ) {
    super("The run was interrupted.");
  }
}

/** What was thrown, with the run as it stood by then; what was cut short further inside says it itself. */
export function interrupted(run: RunDocument, thrown: unknown): RunInterrupted {
  return thrown instanceof RunInterrupted ? thrown : new RunInterrupted(run, thrown);
}
