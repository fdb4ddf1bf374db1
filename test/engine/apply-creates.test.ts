import { SyncError } from "../../src/domain/errors";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { CreateOperation } from "../../src/domain/plan";
import { applyCreates, areFindable, createTokens } from "../../src/engine/apply/apply-creates";
import type { Crm } from "../../src/ports/crm";
import type { IdReplacement, Table } from "../../src/ports/table";
import { openIntent, saveIntent } from "../../src/state/journal";
import { saveDelta } from "../../src/state/snapshot-store";
import { buildCreate, buildIntent, engineWorld, groupWork, scriptedCrm, writeAll } from "./engine-world";

type Answer = (operations: readonly WriteOperation[]) => readonly Outcome[];

interface Applied {
  readonly answers: readonly Answer[];
  /** Operations whose row could not be found again. */
  readonly moved?: readonly string[];
  /** Records that the base knows. */
  readonly base?: readonly string[];
}

function apply(batches: readonly (readonly CreateOperation[])[], { answers, moved = [], base = [] }: Applied) {
  const crm = scriptedCrm([], answers);
  const replaced: IdReplacement[] = [];
  const table: Partial<Table> = {
    writeIds: (writes) => writes.map(({ operationId }) => ({ operationId, placed: !moved.includes(operationId) })),
    replaceIds: (replacements) => {
      replaced.push(...replacements);
      return replacements.map(({ from }) => ({ from, rows: 1 }));
    },
  };
  const world = engineWorld({ crm, table });
  saveDelta(world.store, "m1", 1, new Map(base.map((id) => [id, {}])));
  world.store.commit(1);
  const operations = batches.flat();
  const intent = buildIntent(operations, { tokens: createTokens(world.deps, operations) });
  const work = groupWork(world.deps, { intent });
  applyCreates(work, batches);
  return { crm, result: work.result, ids: Object.fromEntries(replaced.map(({ from, to }) => [from, to])) };
}

const exists = (operationId: string, recordId: string | null): Outcome => ({
  kind: "exists",
  operationId,
  recordId,
  message: "The CRM already has a record with this key.",
});

describe("the tokens of creates", () => {
  it("are one of its own per row, for a row without id", () => {
    const tokens = createTokens(engineWorld().deps, [buildCreate(1), buildCreate(2)]);
    expect(tokens).toMatchObject([
      { operationId: "c1", id: "pending:t1", rowNumber: 2, expectedId: "", row: { email: "tp1@x.com" } },
      { operationId: "c2", id: "pending:t2", rowNumber: 3, expectedId: "" },
    ]);
  });
});

describe("creates that are sent to the CRM", () => {
  it("give each row its record's id, whatever the order of the answer, and remember both sides", () => {
    const { result, ids } = apply([[buildCreate(1), buildCreate(2)]], {
      answers: [(operations) => [...writeAll(operations)].reverse()],
    });
    expect(ids).toEqual({ "pending:t1": "900", "pending:t2": "901" });
    expect(result.tally).toEqual({ successes: 2, created: 2 });
    expect(result.delta.get("901")).toEqual({
      email: { sheet: "tp2@x.com", crm: "p2@x.com" },
      name: { sheet: "tName 2", crm: "Name 2" },
      city: { sheet: "", crm: "" },
    });
  });

  it("are kept for undo as the CRM answered, beside what the row showed", () => {
    const { result } = apply([[buildCreate(1)]], { answers: [writeAll] });
    expect(result.effects).toEqual([
      {
        kind: "created",
        recordId: "900",
        title: "p1@x.com",
        values: { email: "p1@x.com", name: "Name 1" },
        row: { email: "tp1@x.com", name: "tName 1", city: "" },
      },
    ]);
  });

  it("are not sent for a row that moved or was edited before its token stood there", () => {
    const { crm, result, ids } = apply([[buildCreate(1), buildCreate(2)]], { answers: [writeAll], moved: ["c1"] });
    expect(crm.sent[0]?.map((operation) => operation.operationId)).toEqual(["c2"]);
    // A token that stands somewhere else by now is blanked.
    expect(ids).toEqual({ "pending:t1": "", "pending:t2": "900" });
    expect(result.messages).toMatchObject([{ severity: "note", rowNumber: 2, recordId: null }]);
    expect(result.tally).toEqual({ skipped: 1, successes: 1, created: 1 });
  });

  it("ask the CRM nothing when no row is left", () => {
    const { crm, result } = apply([[buildCreate(1)]], { answers: [], moved: ["c1"] });
    expect(crm.sent).toEqual([]);
    expect(result.itemsDone).toBe(1);
  });

  it("free the row that the CRM refuses, and say why", () => {
    const refused: Outcome = { kind: "refused", operationId: "c1", field: "email", message: "That is no address." };
    const { result, ids } = apply([[buildCreate(1)]], { answers: [() => [refused]] });
    expect(ids).toEqual({ "pending:t1": "" });
    expect(result.messages).toMatchObject([
      { severity: "error", rowNumber: 2, field: "email", message: "That is no address." },
    ]);
    expect(result.delta.size).toBe(0);
  });

  it("are sent again without the fields that the CRM refuses, as long as their unique key is sent (F10)", () => {
    const refuse = (operationId: string, field: string): Outcome => ({
      kind: "refused",
      operationId,
      field,
      message: `No ${field}.`,
    });
    const bad = buildCreate(1);
    const city = { ...bad.changes[1], field: "city", from: "", to: "?", sheet: "t?", rule: "R1" };
    const create = { ...bad, changes: [...bad.changes, city] };
    const again: Answer = () => [refuse("c1", "name")];
    const { crm, result, ids } = apply([[create]], { answers: [() => [refuse("c1", "city")], again, writeAll] });
    expect(crm.sent[2]).toMatchObject([{ values: { email: "p1@x.com" } }]);
    expect(result.messages).toMatchObject([
      { field: "city", rowNumber: 2 },
      { field: "name", rowNumber: 2 },
    ]);
    expect(result.tally).toEqual({ errors: 2, successes: 1, created: 1 });
    expect(ids).toEqual({ "pending:t1": "900" });
    for (const key of [null, { field: "email", value: "p1@x.com", unique: false }]) {
      const other = apply([[{ ...create, key }]], { answers: [() => [refuse("c1", "city")]] });
      expect(other.crm.sent).toHaveLength(1);
      expect(other.ids).toEqual({ "pending:t1": "" });
    }
  });

  it("free the row when what is left of it cannot be sent, and keep the batch", () => {
    const { result, ids } = apply([[buildCreate(1), buildCreate(2)]], {
      answers: [
        ([, second]) => [
          { kind: "refused", operationId: "c1", field: "name", message: "No." },
          ...writeAll(second ? [second] : []),
        ],
        () => {
          throw new SyncError("retryable", "rate-limited", "Too many calls.");
        },
      ],
    });
    expect(result.thrown).toBeNull();
    expect(result.messages.map(({ message }) => message)).toEqual([
      "No.",
      "It was not sent again: Too many calls. The next sync sends it.",
    ]);
    expect(ids).toEqual({ "pending:t1": "", "pending:t2": "900" });
  });

  it.each<[string, Answer]>([
    ["the CRM did not confirm", () => [{ kind: "unknown", operationId: "c1", message: "no answer" }]],
    ["the answer does not name", () => []],
  ])("leave the token with a row that %s: it may exist already", (_what, answer) => {
    const { result, ids } = apply([[buildCreate(1)]], { answers: [answer] });
    expect(ids).toEqual({});
    expect(result.messages[0]?.message).toContain("did not confirm");
    expect(result.tally).toEqual({ errors: 1 });
    expect(result.pending).toMatchObject([{ token: "pending:t1", missedMs: null, operation: { id: "c1" } }]);
    expect(result.delta.size + result.effects.length).toBe(0);
  });

  it("link a row to the record that has its key already (R2)", () => {
    const { result, ids } = apply([[buildCreate(1)]], { answers: [() => [exists("c1", "77")]] });
    expect(ids).toEqual({ "pending:t1": "77" });
    expect(result.tally).toEqual({ successes: 1, linked: 1 });
    expect(result.delta.size).toBe(0);
  });

  it.each<[string, string | null, readonly string[]]>([
    ["stands in another row", "77", ["77"]],
    ["the CRM does not name", null, []],
  ])("free a row whose record %s, as a duplicate (R16)", (_what, recordId, base) => {
    const { result, ids } = apply([[buildCreate(1)]], { answers: [() => [exists("c1", recordId)]], base });
    expect(ids).toEqual({ "pending:t1": "" });
    expect(result.messages.map((message) => message.message)).toEqual([
      "This is a duplicate: The CRM already has a record with this key. Nothing was sent.",
    ]);
  });

  it("link a record to one row only, also when several rows of a run lead to it (R16)", () => {
    const { ids } = apply([[buildCreate(1), buildCreate(2)]], {
      answers: [() => [exists("c1", "77"), exists("c2", "77")]],
    });
    expect(ids).toEqual({ "pending:t1": "77", "pending:t2": "" });
    const later = apply([[buildCreate(1)], [buildCreate(2)]], {
      answers: [writeAll, () => [exists("c2", "900")]],
    });
    expect(later.ids).toEqual({ "pending:t1": "900", "pending:t2": "" });
  });

  it("free the rows of a batch that could not be sent and of those behind it, and keep what is done", () => {
    const error = new SyncError("auth", "token-expired", "The key has expired.");
    const batches = [[buildCreate(1)], [buildCreate(2)], [buildCreate(3)]];
    const { result, ids } = apply(batches, {
      answers: [
        writeAll,
        () => {
          throw error;
        },
      ],
    });
    expect(result.thrown).toBe(error);
    expect(result.itemsDone).toBe(1);
    expect(result.pending).toEqual([]);
    expect(ids).toEqual({ "pending:t1": "900", "pending:t2": "", "pending:t3": "" });
  });

  it("take no new batch once the time is up, but always one, and free the rows of the others", () => {
    const crm = scriptedCrm([], [writeAll, writeAll]);
    const replaced: IdReplacement[] = [];
    const table: Partial<Table> = {
      writeIds: (writes) => writes.map(({ operationId }) => ({ operationId, placed: true })),
      replaceIds: (replacements) => {
        replaced.push(...replacements);
        return replacements.map(({ from }) => ({ from, rows: 1 }));
      },
    };
    const world = engineWorld({ crm, table });
    const deps = { ...world.deps, deadlineMs: world.clock.now() };
    const operations = [buildCreate(1), buildCreate(2)];
    const work = groupWork(deps, { intent: buildIntent(operations, { tokens: createTokens(deps, operations) }) });
    applyCreates(work, [[buildCreate(1)], [buildCreate(2)]]);
    expect(crm.sent).toHaveLength(1);
    expect(work.result.itemsDone).toBe(1);
    expect(replaced.map(({ to }) => to)).toEqual(["900", ""]);
  });
});

describe("creates that nobody could tell were sent", () => {
  const keyless = (n: number) => buildCreate(n, { key: null });

  it.each<[string, readonly CreateOperation[], boolean]>([
    ["all have a unique key", [buildCreate(1), buildCreate(2)], true],
    ["one has none", [buildCreate(1), keyless(2)], false],
    [
      "one has a key that several may hold",
      [buildCreate(1, { key: { field: "name", value: "A", unique: false } })],
      false,
    ],
  ])("are findable: %s", (_what, operations, wanted) => {
    expect(areFindable(operations)).toBe(wanted);
  });

  /** What the journal says at every call that the engine makes. */
  function stages(operations: readonly CreateOperation[]): string[] {
    const seen: string[] = [];
    const crm: Partial<Crm> = {
      write: (_type, writes) => {
        seen.push(`send: ${openIntent(world.store, "m1")?.stage}`);
        return writeAll(writes);
      },
    };
    const table: Partial<Table> = {
      writeIds: (writes) => {
        seen.push(`tokens: ${openIntent(world.store, "m1")?.stage}`);
        return writes.map(({ operationId }) => ({ operationId, placed: true }));
      },
      replaceIds: (replacements) => replacements.map(({ from }) => ({ from, rows: 1 })),
    };
    const world = engineWorld({ crm, table });
    const stage = areFindable(operations) ? "sending" : "preparing";
    const intent = buildIntent(operations, { stage, tokens: createTokens(world.deps, operations) });
    saveIntent(world.store, intent);
    const flush = jest.spyOn(world.store, "flush");
    applyCreates(groupWork(world.deps, { intent }), [operations]);
    return [...seen, `flushed: ${flush.mock.calls.length}`];
  }

  it("are noted as sent before the first one is, after the tokens stand on their rows", () => {
    expect(stages([buildCreate(1), keyless(2)])).toEqual(["tokens: preparing", "send: sending", "flushed: 1"]);
  });

  it("cost no such note when their keys will tell", () => {
    expect(stages([buildCreate(1)])).toEqual(["tokens: sending", "send: sending", "flushed: 0"]);
  });
});
