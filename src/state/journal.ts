import type { Operation } from "../domain/plan";
import type { Store } from "../ports/store";
import type { IdWrite } from "../ports/table";
import { loadUndamaged } from "./load-undamaged";

/** An intent: written before anything outside changes, closed by the commit point (sync-rules section 6.1). */
export interface Intent {
  readonly version: 1;
  readonly n: number;
  readonly runId: string;
  readonly mappingId: string;
  readonly accountId: string;
  readonly startedMs: number;
  readonly kind: "links" | "crm" | "sheet";
  readonly operations: readonly Operation[];
  /** Tokens given to rows whose create is on its way. */
  readonly tokens: readonly IdWrite[];
}

const PREFIX = "journal/";

/** Opens an intent; flush before anything outside changes. */
export function saveIntent(store: Store, intent: Intent): void {
  store.save(`${PREFIX}${intent.n}`, intent);
}

/** Drops an intent that is committed or settled. */
export function removeIntent(store: Store, n: number): void {
  store.remove(`${PREFIX}${n}`);
}

/** Intents that were opened and never committed, oldest first: the run that wrote them was cut off. */
export function openIntents(store: Store): readonly Intent[] {
  const numbers = store.keys(PREFIX).map((key) => Number(key.slice(PREFIX.length)));
  return numbers
    .filter((n) => n > store.committed())
    .sort((a, b) => a - b)
    .map((n) => loadUndamaged(store, `${PREFIX}${n}`) as Intent | null)
    .filter((intent): intent is Intent => intent !== null);
}

/** Number of the next intent: above everything opened or committed. */
export function nextIntentNumber(store: Store): number {
  const opened = store.keys(PREFIX).map((key) => Number(key.slice(PREFIX.length)));
  return Math.max(store.committed(), 0, ...opened) + 1;
}
