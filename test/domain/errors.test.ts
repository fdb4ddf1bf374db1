import { SyncError, toSyncError } from "../../src/domain/errors";

describe("errors that people see", () => {
  it("keeps what it was given and fills the rest", () => {
    const error = new SyncError("retryable", "rate-limited", "Slow down", { retryAfterMs: 500 });
    expect(error).toMatchObject({
      kind: "retryable",
      code: "rate-limited",
      message: "Slow down",
      hint: "",
      retryAfterMs: 500,
    });
    expect(new SyncError("auth", "expired", "x", { hint: "Connect again" })).toMatchObject({
      hint: "Connect again",
      retryAfterMs: null,
    });
  });

  it("passes its own errors on and makes bugs of all others, with their message", () => {
    const own = new SyncError("record", "refused", "No");
    expect(toSyncError(own)).toBe(own);
    expect(toSyncError(new TypeError("x is not a function"))).toMatchObject({
      kind: "bug",
      code: "unexpected",
      message: "x is not a function",
    });
    expect(toSyncError("thrown text")).toMatchObject({ kind: "bug", message: "thrown text" });
    expect(toSyncError(undefined).hint).not.toBe("");
  });
});
