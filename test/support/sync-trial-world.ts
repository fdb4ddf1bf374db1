import type { Replies, RpcName, RpcRequest } from "../../src/contract/rpc";
import type { TrialCrm } from "./sync-trial-crm";

/** A cell as a person sees it. */
export interface ShownCell {
  readonly text: string;
  /** With `=`; `""` where there is none. */
  readonly formula: string;
}

/** What becomes of writes that a killed execution had not flushed. */
export type Unflushed = "lost" | "kept" | "first" | "half";

/** Where an execution is killed: right before or right after the effect of an external call. */
export interface KillPoint {
  readonly k: number;
  readonly when: "before" | "after";
  readonly unflushed: Unflushed;
}

/** Something that goes wrong at the nth call of the CRM. */
export interface CrmFault {
  readonly crmCall: number;
  readonly kind: /** The CRM asks for patience, with a time or without. */
    | "busy"
    | "busy-untimed"
    /** A fault of the server, nothing happened; for a write nobody can tell. */
    | "lost-request"
    /** The token is dead. */
    | "token"
    /** The answer cannot be read: cut off, or a page of HTML. A write may have happened. */
    | "garbled"
    /** Writes: everything happened, the answer did not arrive. */
    | "lost-answer"
    /** Writes: the first half happened, the answer did not arrive. */
    | "half"
    /** Writes: the answer did not arrive, everything happens half a minute later. */
    | "late";
}

/** An external call of the add-on. */
export interface TrialCall {
  /** 1-based, over all executions since the last `restart`. */
  readonly k: number;
  readonly method: string;
  /** It can change something outside. */
  readonly writes: boolean;
  /** Writes that were not flushed when the call began. */
  readonly unflushed: number;
  /** What it reads or writes of what people write too; missing: nothing, or not known in this world. */
  readonly about?: CallSubject;
}

/** Cells of a tab, or records. */
export type CallSubject =
  | {
      readonly kind: "cells";
      readonly tab: string;
      readonly row: number;
      readonly column: number;
      readonly rows: number;
      readonly columns: number;
    }
  /** `ids` null: all of them; `fields` null: all. */
  | { readonly kind: "records"; readonly ids: readonly string[] | null; readonly fields: readonly string[] | null };

/** The execution was killed: what the caller sees of it. */
export class Killed extends Error {
  constructor() {
    super("The execution was killed.");
  }
}

/** An error reply of the add-on. */
export class ReplyError extends Error {
  constructor(
    readonly kind: string,
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Numbering of external calls, and what happens at a call of a number. */
export interface TrialCalls {
  /** Starts the numbers at 1 again and forgets what was due. */
  restart(): void;
  log(): readonly TrialCall[];
  /** An execution is under way: whoever acts, acts in the middle of it. */
  readonly busy: boolean;
  killAt(point: KillPoint | null): void;
  /** Google's services fail before or after the effect of call k, once or from there on to the end of the execution. */
  breakAt(k: number, when: "before" | "after" | "from"): void;
  /** Somebody acts right before call k. */
  before(k: number, action: () => void): void;
  /** Told before each call, after what was due. */
  onCall: (call: TrialCall) => void;
}

/** What a person does in the mapped tab. Rows and columns are 1-based. */
export interface TrialHand {
  type(row: number, column: number, text: string): void;
  formula(row: number, column: number, formula: string, shows: string): void;
  insertRows(beforeRow: number, count: number): void;
  deleteRows(row: number, count: number): void;
  sortRows(firstRow: number, column: number, ascending: boolean): void;
  moveRows(row: number, count: number, beforeRow: number): void;
  copyRows(fromRow: number, count: number, toRow: number): void;
  moveColumn(column: number, beforeColumn: number): void;
}

/** A contact of the CRM. */
export interface TrialRecord {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What the CRM's own people do with contacts; values by the names of a trial's fields. */
export interface TrialPortal {
  create(values: Readonly<Record<string, string>>): string;
  update(id: string, values: Readonly<Record<string, string>>): void;
  archive(id: string): void;
  restore(id: string): void;
  /** Id of the record that goes on. */
  merge(survivorId: string, otherId: string): string;
  /** Live ones. */
  records(): readonly TrialRecord[];
}

/**
 * The whole add-on between a sheet and a CRM, as a trial sees it: on fakes in one process, or the built bundle in the
 * emulated Apps Script. Only executions take time; people act at once.
 */
export interface TrialWorld {
  readonly calls: TrialCalls;
  readonly hand: TrialHand;
  readonly portal: TrialPortal;
  /** Fields of records whose write nobody confirmed. */
  readonly unconfirmed: readonly { readonly atMs: number; readonly recordId: string; readonly field: string }[];
  /** A call of the CRM goes wrong, counted from now on; null: none does any more. */
  failAt(fault: CrmFault | null): void;
  now(): number;
  /** Time goes by. */
  pass(ms: number): Promise<void>;
  /** One call of the sidebar, an execution of its own. Throws `Killed` or `ReplyError`. */
  call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]>;
  /** The hourly clock trigger. Throws `Killed`. */
  clock(): Promise<void>;
  /** The mapped tab from row 1 on, used part only. */
  cells(tabId: number): readonly (readonly ShownCell[])[];
  /** A tab that the user made; gives its id. */
  addTab(name: string, headers: readonly string[]): number;
  readonly crm: TrialCrm;
  /** Token of the connection, a secret (I17). */
  readonly token: string;
  /** Connects the user to the CRM. */
  connect(): Promise<void>;
  /** Does a text stand in any cell or note of the file? */
  holds(text: string): boolean;
  close(): Promise<void>;
}
