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
