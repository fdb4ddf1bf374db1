import { SyncError } from "../../src/domain/errors";
import { GroupResult } from "../../src/engine/apply/group-result";

const AT = { rowNumber: 2, recordId: "1", title: "Ann" };
const ann = (crm: string) => ({ name: { crm, sheet: `t${crm}` } });

describe("what an item of a group notes", () => {
  it("counts with the item", () => {
    const result = new GroupResult();
    const done = result.attempt(() => {
      result.shadows("1", ann("Ann"));
      result.shadows("1", { city: { crm: "Rome", sheet: "tRome" } });
      result.count("updated", 2);
      result.report("error", AT, "No.");
      result.report("note", { ...AT, field: "name" }, "Left.");
    });
    expect([done, result.itemsDone, result.thrown]).toEqual([true, 1, null]);
    expect(result.delta.get("1")).toEqual({ ...ann("Ann"), city: { crm: "Rome", sheet: "tRome" } });
    expect(result.tally).toEqual({ updated: 2, errors: 1, skipped: 1 });
    expect(result.messages).toEqual([
      { severity: "error", ...AT, field: null, message: "No." },
      { severity: "note", ...AT, field: "name", message: "Left." },
    ]);
  });

  it("is taken back when the item throws, since it will be done again; what items before it noted stays", () => {
    const result = new GroupResult();
    const error = new SyncError("retryable", "rate-limited", "Too many calls.");
    result.attempt(() => {
      result.shadows("1", ann("Ann"));
      result.effects.push({ kind: "archived", recordId: "1", title: "Ann" });
      result.report("note", AT, "first");
    });
    const done = result.attempt(() => {
      result.shadows("1", ann("Bea"));
      result.delta.set("2", null);
      result.effects.push({ kind: "archived", recordId: "2", title: "Bob" });
      result.report("error", AT, "second");
      result.count("updated");
      throw error;
    });
    expect([done, result.itemsDone, result.thrown]).toEqual([false, 1, error]);
    expect([...result.delta]).toEqual([["1", ann("Ann")]]);
    expect(result.effects.map(({ recordId }) => recordId)).toEqual(["1"]);
    expect(result.messages.map(({ message }) => message)).toEqual(["first"]);
    expect(result.tally).toEqual({ skipped: 1 });
  });

  it("makes an error of whatever was thrown", () => {
    const result = new GroupResult();
    result.attempt(() => {
      throw new TypeError("x is not a function");
    });
    expect(result.thrown).toMatchObject({ kind: "bug", message: "x is not a function" });
  });
});
