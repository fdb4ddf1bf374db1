import { SyncError } from "../../src/domain/errors";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { ArchiveOperation } from "../../src/domain/plan";
import type { RecordRead } from "../../src/domain/record";
import { applyArchives } from "../../src/engine/apply/apply-archives";
import type { WorkMode } from "../../src/engine/apply/group-result";
import type { IdReplacement } from "../../src/ports/table";
import { buildRecord } from "../support/merge-builders";
import { engineWorld, found, groupWork, scriptedCrm } from "./engine-world";

type Answer = (operations: readonly WriteOperation[]) => readonly Outcome[];

/** Archive of a person who is expected to hold these values; `rowNumber` null: no row stands for it (R8). */
function archive(recordId: string, change: Partial<ArchiveOperation> = {}): ArchiveOperation {
  return {
    kind: "archive",
    id: `x${recordId}`,
    rule: "R8",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: null,
    expected: { email: "ann@x.com", name: "Ann", city: "" },
    ...change,
  };
}

function apply(
  batches: readonly (readonly ArchiveOperation[])[],
  given: { reads: readonly RecordRead[]; answers?: readonly Answer[]; mode?: WorkMode; late?: boolean },
) {
  const crm = scriptedCrm(given.reads, given.answers ?? []);
  const replaced: (readonly IdReplacement[])[] = [];
  const table = {
    replaceIds: (list: readonly IdReplacement[]) => {
      replaced.push(list);
      return [];
    },
  };
  const world = engineWorld({ crm, table });
  const deps = given.late ? { ...world.deps, deadlineMs: world.clock.now() } : world.deps;
  const { mode = "fresh" } = given;
  const work = groupWork(deps, { mode });
  applyArchives(work, batches);
  return { sent: crm.sent, replaced, result: work.result };
}

const ANN = found("1", "ann@x.com", "Ann");
const GONE: RecordRead = { kind: "gone", askedId: "1" };
const archiveAll: Answer = (operations) =>
  operations.map((operation) => {
    const recordId = operation.kind === "archive" ? operation.recordId : "";
    return { kind: "archived", operationId: operation.operationId, recordId };
  });

describe("records that are archived", () => {
  it("are read once more, sent, forgotten by the base and remembered by undo", () => {
    const { sent, result, replaced } = apply([[archive("1")]], { reads: [ANN], answers: [archiveAll] });
    expect(sent).toEqual([[{ kind: "archive", operationId: "x1", recordId: "1" }]]);
    expect([...result.delta]).toEqual([["1", null]]);
    expect(result.effects).toEqual([{ kind: "archived", recordId: "1", title: "Record 1" }]);
    expect(result.tally).toEqual({ successes: 1, archived: 1 });
    expect(result.itemsDone).toBe(1);
    expect(replaced).toEqual([]);
  });

  it("asks for the fields that the plan saw, of all records of a batch at once", () => {
    const asked: unknown[] = [];
    const world = engineWorld({
      crm: {
        read: (_type, fields, ids) => {
          asked.push([fields, ids]);
          return [];
        },
      },
    });
    applyArchives(groupWork(world.deps), [[archive("1"), archive("2", { expected: { phone: "", name: "" } })]]);
    expect(asked).toEqual([
      [
        ["email", "name", "city", "phone"],
        ["1", "2"],
      ],
    ]);
  });

  it("count as archived when they are gone already: a cut-off execution did it", () => {
    const { sent, result } = apply([[archive("1")]], { reads: [GONE], mode: "resume" });
    expect(sent).toEqual([]);
    expect(result.tally).toEqual({ successes: 1, archived: 1 });
    expect([...result.delta]).toEqual([["1", null]]);
    expect(result.effects).toHaveLength(1);
  });

  it("count as archived when they are gone in the very moment", () => {
    const { result } = apply([[archive("1")]], {
      reads: [ANN],
      answers: [() => [{ kind: "gone", operationId: "x1" }]],
    });
    expect(result.tally).toEqual({ successes: 1, archived: 1 });
  });

  it("of a run that was given up are only looked at", () => {
    const { sent, result } = apply([[archive("1"), archive("2")]], {
      reads: [GONE, found("2", "other@x.com")],
      mode: "look",
    });
    expect(sent).toEqual([]);
    expect([...result.delta.keys()]).toEqual(["1"]);
    expect(result.tally).toEqual({ successes: 1, archived: 1 });
    expect(result.messages).toEqual([]);
  });
});

describe("records that stay", () => {
  it.each<[string, RecordRead | null, "note" | "error", RegExp]>([
    ["changed meanwhile", found("1", "ann@x.com", "Anna"), "note", /changed in the CRM in the meantime/],
    ["got a value meanwhile", found("1", "ann@x.com", "Ann", "Rome"), "note", /changed in the CRM in the meantime/],
    ["were merged", { kind: "merged", askedId: "1", record: buildRecord("9") }, "note", /merged into 9/],
    ["may not be read", { kind: "unreadable", askedId: "1", reason: "No permission." }, "error", /No permission\.$/],
    ["nobody knows of", null, "error", /no answer/],
  ])("because they %s are not sent and keep their base", (_what, read, severity, said) => {
    const { sent, result } = apply([[archive("1")]], { reads: read ? [read] : [] });
    expect(sent).toEqual([]);
    expect(result.messages).toMatchObject([{ severity, recordId: "1", message: expect.stringMatching(said) }]);
    expect(result.delta.size).toBe(0);
    expect(result.effects).toEqual([]);
    expect(result.itemsDone).toBe(1);
  });

  it("because the CRM refuses are errors of their own; the others go", () => {
    const answer: Answer = (operations) => [
      { kind: "refused", operationId: "x1", field: null, message: "Not allowed." },
      ...archiveAll(operations.slice(1)),
    ];
    const { result } = apply([[archive("1"), archive("2")]], {
      reads: [ANN, found("2", "ann@x.com", "Ann")],
      answers: [answer],
    });
    expect(result.messages).toMatchObject(
      [{ severity: "error", recordId: "1", message: /Not allowed\.$/ }].map(asMessage),
    );
    expect(result.tally).toEqual({ errors: 1, successes: 1, archived: 1 });
    expect([...result.delta.keys()]).toEqual(["2"]);
  });

  it("get their row back where an undo took the link off before, in one call", () => {
    const linked = [archive("1", { rowNumber: 2 }), archive("2", { rowNumber: 3 }), archive("3")];
    const refuse: Answer = ([one]) => [
      { kind: "refused", operationId: one?.operationId ?? "", field: null, message: "No." },
    ];
    const { replaced } = apply([linked], {
      reads: [found("1", "ann@x.com", "Anna"), found("2", "ann@x.com", "Ann"), found("3", "other@x.com")],
      answers: [refuse],
    });
    expect(replaced).toEqual([
      [
        { from: "unlinked:1", to: "1" },
        { from: "unlinked:2", to: "2" },
      ],
    ]);
  });
});

describe("records of which nobody knows whether they were archived", () => {
  it.each<[string, readonly Outcome[]]>([
    ["the CRM says so", [{ kind: "unknown", operationId: "x1", message: "no answer" }]],
    ["the answer does not name them", []],
  ])("are left alone for a while when %s", (_what, outcomes) => {
    const { result, replaced } = apply([[archive("1", { rowNumber: 2 })]], { reads: [ANN], answers: [() => outcomes] });
    expect(result.messages).toMatchObject([{ severity: "error", message: expect.stringContaining("did not confirm") }]);
    expect([...result.unconfirmed.keys()]).toEqual(["1"]);
    expect(result.delta.size).toBe(0);
    expect(result.effects).toEqual([]);
    expect(replaced).toEqual([]);
  });
});

describe("batches of archives", () => {
  const batches = ["1", "2"].map((id) => [archive(id)]);
  const reads = ["1", "2"].map((id) => found(id, "ann@x.com", "Ann"));

  it("stop at the first that cannot be sent, and keep what is done", () => {
    const error = new SyncError("retryable", "rate-limited", "Too many calls.");
    const fail: Answer = () => {
      throw error;
    };
    const { result } = apply(batches, { reads, answers: [archiveAll, fail] });
    expect(result.thrown).toBe(error);
    expect(result.itemsDone).toBe(1);
    expect([...result.delta.keys()]).toEqual(["1"]);
    expect(result.tally).toEqual({ successes: 1, archived: 1 });
  });

  it("begin with one, and take no other once the time is up", () => {
    const { sent, result } = apply(batches, { reads, answers: [archiveAll, archiveAll], late: true });
    expect(sent).toHaveLength(1);
    expect(result.itemsDone).toBe(1);
  });
});

function asMessage<T extends { readonly message: RegExp }>(given: T) {
  return { ...given, message: expect.stringMatching(given.message) };
}
