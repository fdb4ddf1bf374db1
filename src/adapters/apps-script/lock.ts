import { SyncError } from "../../domain/errors";
import type { Lock } from "../../ports/lock";

/**
 * The document's lock. An execution without document (a clock run) has none: the script's lock is taken then, which
 * shuts out every other file too, so hold it for moments only. May be taken again by who holds it.
 */
export function createLock(): Lock {
  let depth = 0;
  return {
    reach: () => (LockService.getDocumentLock() ? "document" : "script"),
    hold(waitMs, work) {
      if (depth > 0) return work();
      const lock = LockService.getDocumentLock() ?? LockService.getScriptLock();
      if (!lock.tryLock(Math.max(0, waitMs))) {
        throw new SyncError("retryable", "busy", "Another run is working on this file.", {
          hint: "Wait until it has ended, then try again.",
          retryAfterMs: 10_000,
        });
      }
      depth++;
      try {
        return work();
      } finally {
        depth--;
        lock.releaseLock();
      }
    },
  };
}
