import { SyncError } from "../domain/errors";
import { isLeased, LEASE_MS, loadLease, saveLease } from "../state/lease";
import { isWorking, loadRuns, type RunDocument, saveRun } from "../state/run-document";
import { type AppDeps, LOCK_WAIT_MS } from "./app-deps";

/**
 * Does work while no other execution writes into this file. An execution that has the document holds its lock. One that has
 * none (a clock run) could only lock all files of all users: it does so for the moments in which it takes and gives back a
 * lease, a document of this file that everybody heeds (section 6.1). Throws SyncError retryable `busy`.
 */
export function alone<T>(deps: AppDeps, work: () => T): T {
  const leased = working.get(deps);
  if (leased !== undefined) return work();
  if ((deps.lock.reach?.() ?? "document") === "document") {
    return deps.lock.hold(LOCK_WAIT_MS, () => {
      if (isLeased(deps.store, "", deps.clock.now())) throw busy();
      return work();
    });
  }
  const owner = deps.newId();
  deps.lock.hold(LOCK_WAIT_MS, () => takeLease(deps, owner));
  working.set(deps, owner);
  try {
    return work();
  } finally {
    working.delete(deps);
    deps.lock.hold(LOCK_WAIT_MS, () => giveBack(deps, owner));
  }
}

/**
 * Writes down that this execution works on the run now, and looks once more whether somebody leased the file meanwhile.
 * Throws SyncError retryable `busy`.
 */
export function announceWork(deps: AppDeps, run: RunDocument): void {
  if (working.has(deps)) return;
  const nowMs = deps.clock.now();
  saveRun(deps.store, { ...run, leaseUntilMs: nowMs + LEASE_MS });
  deps.store.flush();
  if (isLeased(deps.store, "", nowMs)) throw busy();
}

/** Executions that hold a lease now. */
const working = new WeakMap<AppDeps, string>();

/**
 * Somebody with the document's lock does not see the script's: both sides write down that they work before they look for
 * each other, so that at least one of them sees the other and gives way.
 */
function takeLease(deps: AppDeps, owner: string): void {
  const { store, clock } = deps;
  const nowMs = clock.now();
  if (isLeased(store, owner, nowMs)) throw busy();
  saveLease(store, { version: 1, owner, epoch: (loadLease(store)?.epoch ?? 0) + 1, untilMs: nowMs + LEASE_MS });
  store.flush();
  if (loadLease(store)?.owner !== owner) throw busy();
  if (loadRuns(store).some((run) => isWorking(run, nowMs) && run.leaseUntilMs > nowMs + LEASE_MS - BEGINNING_MS)) {
    giveBack(deps, owner);
    throw busy();
  }
}

/** A run that somebody began to work on this little ago may have looked for a lease before there was one, ms. */
const BEGINNING_MS = 60_000;

function giveBack({ store }: AppDeps, owner: string): void {
  const lease = loadLease(store);
  if (lease?.owner !== owner) return;
  saveLease(store, { ...lease, untilMs: 0 });
  store.flush();
}

function busy(): SyncError {
  return new SyncError("retryable", "busy", "Another run is working on this file.", {
    hint: "Wait until it has ended, then try again.",
    retryAfterMs: 10_000,
  });
}
