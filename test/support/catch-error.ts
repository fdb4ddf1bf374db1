import { SyncError } from "../../src/domain/errors";

/** The SyncError that a call throws; fails the test when it throws nothing or anything else. */
export function catchSyncError(call: () => unknown): SyncError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof SyncError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}
