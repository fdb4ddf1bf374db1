/** Side that we wrote to. */
export type EchoSide = "sheet" | "crm";

/** A value that we wrote, and what stood there instead when a later run looked. */
export interface EchoWrite {
  readonly side: EchoSide;
  /** Number of the run that wrote. */
  readonly run: number;
  readonly wrote: string;
  readonly found: { readonly run: number; readonly value: string } | null;
}

/** What was written to one field of a record in the last runs. */
export interface EchoEntry {
  readonly stopped: boolean;
  readonly writes: readonly EchoWrite[];
}

/** What rule F12 remembers between runs, plain JSON. Saving the mapping starts it anew. */
export interface EchoState {
  readonly version: 1;
  /** Runs that were watched. */
  readonly run: number;
  /** By `fieldKey`. */
  readonly fields: Readonly<Record<string, EchoEntry>>;
}

export const NO_ECHOES: EchoState = { version: 1, run: 0, fields: {} };
