import type { Json } from "./json";

/** What a worker needs once: it compiles the bundle one time and runs it in a fresh context per execution. */
export interface WorkerSetup {
  readonly code: string;
  readonly contextPath: string;
  readonly port: import("node:worker_threads").MessagePort;
  /** One Int32: bumped by the host after each reply. */
  readonly flag: SharedArrayBuffer;
}

/** Host to worker: begin an execution. */
export interface StartMessage {
  readonly kind: "start";
  readonly execution: number;
  readonly functionName: string;
  readonly args: readonly Json[];
  /** Arguments of google.script.run are plain JSON; those of triggers may hold enums and service objects. */
  readonly reviveArgs: boolean;
  /** Whether the returned value must follow the rules of google.script.run. */
  readonly client: boolean;
  readonly timeZone: string;
  readonly clock: "live" | "virtual";
  /** Virtual: the clock at the start, epoch ms. Live: what to add to the machine's clock, ms. */
  readonly clockMs: number;
}

/** A finished execution, seen from the worker. */
export type ExecutionEnd =
  | { readonly kind: "returned"; readonly value: Json }
  | { readonly kind: "threw"; readonly message: string; readonly name: string; readonly stack: string };

/** Worker to host, on the call port. */
export type WorkerMessage =
  | {
      readonly kind: "call";
      readonly n: number;
      readonly execution: number;
      readonly at: number;
      readonly op: string;
      readonly args: string;
    }
  | { readonly kind: "log"; readonly execution: number; readonly line: string }
  | { readonly kind: "end"; readonly execution: number; readonly at: number; readonly end: ExecutionEnd };

/** Host to worker, on the call port: the answer to call number n, as JSON text of a ReplyBody. */
export interface HostReply {
  readonly n: number;
  readonly clockMs: number;
  readonly body: string;
}

export type ReplyBody =
  | { readonly value: Json }
  | { readonly error: { readonly name: string; readonly message: string } };

/** What the worker hands to the context; functions take and give primitives only, so that no foreign object enters. */
export interface ContextBridge {
  /** Blocking service call: operation, JSON array of arguments; returns JSON of a ReplyBody. */
  readonly call: (op: string, args: string) => string;
  /** Pure helpers without the host: digests, gzip, text encodings. Bytes are latin1 strings. */
  readonly compute: (op: string, first: string, second: string) => string;
  /** Epoch ms of the emulated clock. */
  readonly now: () => number;
  /** Offset from UTC of the script's time zone at an instant, ms. */
  readonly offsetAt: (ms: number) => number;
  readonly log: (line: string) => void;
  readonly timeZone: string;
}
