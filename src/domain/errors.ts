/** What the caller does next decides the kind of an error. */
export type ErrorKind =
  /** Set-up is wrong: the run does not start. */
  | "config"
  /** The connection is dead: reconnect. */
  | "auth"
  /** May work later: back off inside the deadline. */
  | "retryable"
  /** This item only. */
  | "record"
  /** The run ends; what is done stays done. */
  | "fatal"
  /** Our mistake. */
  | "bug";

/** The one root of all errors that people see. `code` is stable kebab-case; `hint` says what to do. */
export class SyncError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string;
  /** Earliest sensible retry, ms from now; null: unknown. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { hint?: string; retryAfterMs?: number | null } = {},
  ) {
    super(message);
    this.name = "SyncError";
    this.kind = kind;
    this.code = code;
    this.hint = options.hint ?? "";
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Any thrown value as a SyncError; unknown ones become bugs with their message kept. */
export function toSyncError(thrown: unknown): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SyncError("bug", "unexpected", message, {
    hint: "Try again. If it happens again, report it with this text.",
  });
}
