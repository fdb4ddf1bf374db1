import { SyncError } from "../../src/domain/errors";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { UpdateOperation } from "../../src/domain/plan";
import type { RecordRead } from "../../src/domain/record";
import { applyUpdates } from "../../src/engine/apply/apply-updates";
import { buildUpdate, engineWorld, found, groupWork, scriptedCrm, writeAll } from "./engine-world";

type Answer = (operations: readonly WriteOperation[]) => readonly Outcome[];

function apply(
  batches: readonly (readonly UpdateOperation[])[],
  reads: readonly RecordRead[],
  answers: readonly Answer[],
) {
  const crm = scriptedCrm(reads, answers);
  const world = engineWorld({ crm });
  const work = groupWork(world.deps);
  applyUpdates(work, batches);
  return { ...world, crm, result: work.result };
}

const ANN = found("1", "ann@x.com", "Ann", "Rome");
const refuse = (id: string, field: string | null): Outcome => ({
  kind: "refused",
  operationId: id,
  field,
  message: "That is no city.",
});

describe("updates that are sent to the CRM", () => {
  it("are remembered as what the sheet showed and what the CRM answered", () => {
    const update = buildUpdate("1", { name: ["Ann", " Bea"] });
    const trimmed: Answer = (operations) =>
      writeAll(operations).map(
        (one) => ({ ...one, record: { id: "1", values: { name: "Bea" }, modifiedMs: 0, mergedIds: [] } }) as Outcome,
      );
    const { result } = apply([[update]], [ANN], [trimmed]);
    expect([...result.delta]).toEqual([["1", { name: { sheet: "t Bea", crm: "Bea" } }]]);
    expect(result.tally).toEqual({ successes: 1, updated: 1 });
    expect(result.itemsDone).toBe(1);
    expect(result.effects).toEqual([
      {
        kind: "field",
        recordId: "1",
        title: "Record 1",
        field: "name",
        before: "Ann",
        after: "Bea",
        sheet: "t Bea",
        loser: false,
      },
    ]);
  });

  it("keep a value that somebody had changed in the CRM as the loser (F5)", () => {
    const plain = buildUpdate("1", { name: ["Ann", "Bea"], city: ["Rome", "Bonn"] });
    const update: UpdateOperation = {
      ...plain,
      changes: plain.changes.map((change) => (change.field === "city" ? { ...change, overwrites: true } : change)),
    };
    const { result } = apply([[update]], [ANN], [writeAll]);
    expect(result.effects).toMatchObject([
      { field: "name", before: "Ann", loser: false },
      { field: "city", before: "Rome", after: "Bonn", loser: true },
    ]);
  });

  it("are not sent where the record holds the value already, and count (a call that failed after all)", () => {
    const update = buildUpdate("1", { name: ["A", "Ann"], city: ["Rome", "Bonn"] });
    const all = buildUpdate("2", { name: ["B", "Bob"] });
    const { crm, result } = apply([[update, all]], [ANN, found("2", "bob@x.com", "Bob")], [writeAll]);
    expect(crm.sent).toMatchObject([[{ recordId: "1", values: { city: "Bonn" } }]]);
    expect(result.tally).toEqual({ successes: 2, updated: 2 });
    expect(Object.fromEntries(result.delta)).toEqual({
      "1": { name: { sheet: "tAnn", crm: "Ann" }, city: { sheet: "tBonn", crm: "Bonn" } },
      "2": { name: { sheet: "tBob", crm: "Bob" } },
    });
  });

  it("leave out a field that somebody changed in the CRM meanwhile, and send the others", () => {
    const update = buildUpdate("1", { name: ["Ann", "Bea"], city: ["Oslo", "Bonn"] });
    const { crm, result } = apply([[update]], [ANN], [writeAll]);
    expect(crm.sent[0]).toMatchObject([{ operationId: "u1", recordId: "1", values: { name: "Bea" } }]);
    expect(result.messages).toMatchObject([
      { severity: "note", field: "city", message: expect.stringContaining("meantime") },
    ]);
    expect(result.delta.get("1")).toEqual({ name: { sheet: "tBea", crm: "Bea" } });
    expect(result.tally).toEqual({ skipped: 1, successes: 1, updated: 1 });
  });

  it("are not sent at all when every field moved", () => {
    const { crm, result } = apply([[buildUpdate("1", { city: ["Oslo", "Bonn"] })]], [ANN], []);
    expect(crm.sent).toEqual([]);
    expect(result.tally).toEqual({ skipped: 1 });
    expect(result.itemsDone).toBe(1);
  });

  it("take a value that the CRM does not name for blank", () => {
    const { crm } = apply([[buildUpdate("1", { phone: ["", "12"] })]], [ANN], [writeAll]);
    expect(crm.sent).toHaveLength(1);
  });

  it.each<[string, RecordRead, string]>([
    ["was deleted", { kind: "gone", askedId: "1" }, "was deleted in the CRM"],
    [
      "was merged",
      { kind: "merged", askedId: "1", record: { id: "9", values: {}, modifiedMs: 0, mergedIds: ["1"] } },
      "was merged",
    ],
    ["may not be read any more", { kind: "unreadable", askedId: "1", reason: "no" }, "can no longer be read"],
  ])("are not sent to a record that %s", (_what, read, said) => {
    const { crm, result } = apply([[buildUpdate("1", { name: ["Ann", "Bea"] })]], [read], []);
    expect(crm.sent).toEqual([]);
    expect(result.messages).toMatchObject([
      { severity: "error", recordId: "1", rowNumber: 2, message: expect.stringContaining(said) },
    ]);
    expect(result.delta.size).toBe(0);
  });

  it("are sent again without the one field that the CRM refuses (F10)", () => {
    const update = buildUpdate("1", { name: ["Ann", "Bea"], city: ["Rome", "?"] });
    const { crm, result } = apply([[update]], [ANN], [() => [refuse("u1", "city")], writeAll]);
    expect(crm.sent[1]).toMatchObject([{ values: { name: "Bea" } }]);
    expect(result.messages).toMatchObject([{ severity: "error", field: "city", message: "That is no city." }]);
    expect(result.tally).toEqual({ errors: 1, successes: 1, updated: 1 });
    expect(Object.keys(result.delta.get("1") ?? {})).toEqual(["name"]);
  });

  it("are sent again until the CRM takes the rest, without each field that it refuses (F10)", () => {
    const update = buildUpdate("1", { email: ["ann@x.com", "?"], name: ["Ann", "Bea"], city: ["Rome", "?"] });
    const other = buildUpdate("2", { name: ["Bob", "Rob"], city: ["", "?"] });
    const last: Answer = ([, second]) => [refuse("u1", "city"), ...writeAll(second ? [second] : [])];
    const { crm, result } = apply(
      [[update, other]],
      [ANN, found("2", "bob@x.com", "Bob")],
      [() => [refuse("u1", "email"), refuse("u2", "city")], last, writeAll],
    );
    // What one batch has to send again goes together.
    expect(crm.sent.slice(1)).toMatchObject([
      [{ values: { name: "Bea", city: "?" } }, { values: { name: "Rob" } }],
      [{ values: { name: "Bea" } }],
    ]);
    expect(result.messages.map(({ recordId, field }) => `${recordId} ${field}`)).toEqual([
      "1 email",
      "2 city",
      "1 city",
    ]);
    expect(result.tally).toEqual({ errors: 3, successes: 2, updated: 2 });
    expect(Object.keys(result.delta.get("1") ?? {})).toEqual(["name"]);
  });

  it("are sent again at once without all fields that one refusal names, each with its own error (F10)", () => {
    const update = buildUpdate("1", { email: ["ann@x.com", "?"], name: ["Ann", "Bea"], city: ["Rome", "?"] });
    const fields = [
      { field: "email", message: "No address." },
      { field: "city", message: "No city." },
    ];
    const both: Outcome = { kind: "refused", operationId: "u1", field: "email", message: "No, no.", fields };
    const { crm, result } = apply([[update]], [ANN], [() => [both], writeAll]);
    expect(crm.sent[1]).toMatchObject([{ values: { name: "Bea" } }]);
    expect(crm.sent).toHaveLength(2);
    expect(result.messages).toMatchObject(fields);
    const nothingLeft = apply(
      [[buildUpdate("1", { email: ["ann@x.com", "?"], city: ["Rome", "?"] })]],
      [ANN],
      [() => [both]],
    );
    expect(nothingLeft.crm.sent).toHaveLength(1);
    expect(nothingLeft.result.messages).toMatchObject(fields);
  });

  it.each<[string, string | null, number]>([
    ["names no field", null, 1],
    ["names a field that was not sent", "phone", 1],
    ["refuses the rest as well", "city", 2],
  ])("end with an error when the CRM %s", (_what, field, writes) => {
    const update = buildUpdate("1", { name: ["Ann", "Bea"], city: ["Rome", "?"] });
    const answers = [() => [refuse("u1", field)], () => [refuse("u1", "name")]];
    const { crm, result } = apply([[update]], [ANN], answers);
    expect(crm.sent).toHaveLength(writes);
    expect(result.messages).toHaveLength(writes);
    expect(result.tally.updated).toBeUndefined();
    expect(result.delta.size).toBe(0);
  });

  it("do not repeat a batch because what was refused cannot be sent again", () => {
    const bad = buildUpdate("1", { name: ["Ann", "Bea"], city: ["Rome", "?"] });
    const good = buildUpdate("2", { name: ["Bob", "Rob"] });
    const { result } = apply(
      [[bad, good]],
      [ANN, found("2", "bob@x.com", "Bob")],
      [
        ([, second]) => [refuse("u1", "city"), ...writeAll(second ? [second] : [])],
        () => {
          throw new SyncError("retryable", "rate-limited", "Too many calls.");
        },
      ],
    );
    expect(result.thrown).toBeNull();
    expect(result.itemsDone).toBe(1);
    expect([...result.delta.keys()]).toEqual(["2"]);
    expect(result.messages.map((message) => message.message)).toEqual([
      "That is no city.",
      "The rest of this row was not sent: Too many calls. The next sync sends it.",
    ]);
  });

  it.each<[string, Outcome | null, RegExp]>([
    ["is gone", { kind: "gone", operationId: "u1" }, /was deleted in the CRM/],
    [
      "would take another record's key",
      { kind: "exists", operationId: "u1", recordId: "9", message: "Record 9 has it." },
      /^Another record already holds this key\. Record 9 has it\.$/,
    ],
    ["is not confirmed", { kind: "unknown", operationId: "u1", message: "no answer" }, /did not confirm/],
    ["is not in the answer", null, /did not confirm/],
  ])("are errors of their row when the record %s, and the next goes through", (_what, outcome, said) => {
    const updates = [buildUpdate("1", { name: ["Ann", "Bea"] }), buildUpdate("2", { name: ["Bob", "Rob"] })];
    const answer: Answer = (operations) => [...writeAll(operations.slice(1)), ...(outcome ? [outcome] : [])];
    const { result } = apply([updates], [ANN, found("2", "bob@x.com", "Bob")], [answer]);
    expect(result.messages).toMatchObject([{ severity: "error", recordId: "1", message: expect.stringMatching(said) }]);
    expect(result.tally).toEqual({ errors: 1, successes: 1, updated: 1 });
    expect([...result.delta.keys()]).toEqual(["2"]);
    const isUnknown = outcome === null || outcome.kind === "unknown";
    expect([...result.unconfirmed.keys()]).toEqual(isUnknown ? ["1"] : []);
  });

  it("stop at a batch that cannot be sent, and keep what is done", () => {
    const batches = ["1", "2", "3"].map((id) => [buildUpdate(id, { name: ["X", "Y"] })]);
    const reads = ["1", "2", "3"].map((id) => found(id, "", "X"));
    const error = new SyncError("retryable", "rate-limited", "Too many calls.");
    const { crm, result } = apply(batches, reads, [
      writeAll,
      () => {
        throw error;
      },
    ]);
    expect(result.thrown).toBe(error);
    expect(result.itemsDone).toBe(1);
    expect([...result.delta.keys()]).toEqual(["1"]);
    expect(crm.sent).toHaveLength(2);
  });

  it("take no new batch once the time is up, but always one", () => {
    const crm = scriptedCrm(
      ["1", "2"].map((id) => found(id, "", "X")),
      [writeAll, writeAll],
    );
    const world = engineWorld({ crm });
    const work = groupWork({ ...world.deps, deadlineMs: world.clock.now() });
    applyUpdates(
      work,
      ["1", "2"].map((id) => [buildUpdate(id, { name: ["X", "Y"] })]),
    );
    expect(work.result.itemsDone).toBe(1);
    expect(crm.sent).toHaveLength(1);
  });
});
