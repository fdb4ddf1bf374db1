import type { CrmName, Mapping } from "../domain/mapping";
import type { Zone } from "../domain/zone";
import type { Clock } from "../ports/clock";
import type { Crm } from "../ports/crm";
import type { Grid } from "../ports/grid";
import type { History } from "../ports/history";
import type { Lock } from "../ports/lock";
import type { Log } from "../ports/log";
import type { Memory } from "../ports/memory";
import type { Notices } from "../ports/notices";
import type { SheetSetup } from "../ports/sheet-setup";
import type { Store } from "../ports/store";
import type { Table } from "../ports/table";
import type { Tokens } from "../ports/tokens";
import type { Triggers } from "../ports/triggers";
import type { User } from "../ports/user";

/** Everything the calls of the add-on work with; made once per execution by the composition root. */
export interface AppDeps {
  readonly grid: Grid;
  readonly setup: SheetSetup;
  readonly store: Store;
  readonly history: History;
  readonly tokens: Tokens;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly lock: Lock;
  readonly log: Log;
  readonly user: User;
  readonly notices: Notices;
  readonly triggers: Triggers;
  readonly zone: Zone;
  /** Client of a CRM; waits for its limits only up to the deadline (epoch ms). */
  connect(crm: CrmName, token: string, deadlineMs: number): Crm;
  table(mapping: Mapping): Table;
  newId(): string;
}

/** A slice of a run works at most this long, so that no call of the sidebar passes 30 s. */
export const SLICE_MS = 22_000;

/** Time for calls that are no run: reading fields, checking a token. */
export const CALL_MS = 20_000;

/** How long a call waits for another execution on this file, ms. */
export const LOCK_WAIT_MS = 10_000;
