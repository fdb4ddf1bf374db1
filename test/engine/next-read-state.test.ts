import type { Operation, Plan } from "../../src/domain/plan";
import type { RecordId, RecordRead } from "../../src/domain/record";
import type { Snapshot } from "../../src/domain/snapshot";
import { nextReadState } from "../../src/engine/finish/next-read-state";
import { countUnnoticed, unnoticedNote } from "../../src/engine/read/unnoticed";
import { type SeenSides, unsettledIds, watchOf } from "../../src/engine/settle/unsettled";
import { planSync } from "../../src/merge/plan-sync";
import { NO_READING, type ReadState } from "../../src/state/read-state";
import type { ReadingProgress } from "../../src/state/run-document";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  buildSurvivor,
  EMAIL,
  NAME,
  PEOPLE,
} from "../support/merge-builders";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 2, 9);

const BEFORE: ReadState = {
  ...NO_READING,
  about: "people",
  newestMs: START_MS - 2 * HOUR_MS,
  scannedMs: START_MS - HOUR_MS,
  seenMs: START_MS - 2 * HOUR_MS,
  lastFullMs: START_MS - 9 * HOUR_MS,
  lastIncrementalMs: START_MS - HOUR_MS,
  verifiedMs: START_MS - 9 * HOUR_MS,
  verifiedId: "20",
  retry: ["1", "2"],
};

const PROGRESS: ReadingProgress = {
  started: true,
  cursor: null,
  staged: 0,
  seen: 0,
  about: "people",
  startMs: START_MS,
};

const stateAfter = (reading: Partial<ReadingProgress>, unsettled: readonly RecordId[] = [], before = BEFORE) =>
  nextReadState(before, { ...PROGRESS, ...reading }, unsettled);

describe("where the next reading begins", () => {
  it("is the newest change that the window has shown", () => {
    const newestMs = START_MS - HOUR_MS / 2;
    expect(stateAfter({ mode: "window", newestMs })).toMatchObject({
      newestMs,
      scannedMs: START_MS,
      lastIncrementalMs: START_MS,
      lastFullMs: BEFORE.lastFullMs,
    });
  });

  it("stays where it was when nothing was seen, or only what was seen before", () => {
    expect(stateAfter({ mode: "window", newestMs: 0 }).newestMs).toBe(BEFORE.newestMs);
    expect(stateAfter({ mode: "window" }).newestMs).toBe(BEFORE.newestMs);
    expect(stateAfter({ mode: "linked+window", newestMs: START_MS - 5 * HOUR_MS }).newestMs).toBe(BEFORE.newestMs);
  });

  it("is never behind the start of the reading", () => {
    expect(stateAfter({ mode: "linked+window", newestMs: START_MS + 900 }).newestMs).toBe(START_MS);
  });

  it("is the start of a full comparison, with the moment itself", () => {
    expect(stateAfter({ mode: "full" })).toMatchObject({
      newestMs: START_MS - 1,
      seenMs: START_MS,
      scannedMs: START_MS,
      lastFullMs: START_MS,
      lastIncrementalMs: null,
      verifiedMs: START_MS,
      fullDue: false,
    });
  });

  it("does not move by a run that only pushes, which remembers what it left all the same", () => {
    const next = stateAfter({ mode: "linked" }, ["2", "3"]);
    expect(next).toEqual({ ...BEFORE, seenMs: START_MS, retry: ["1", "2", "3"] });
    expect(stateAfter({ mode: "linked" }, ["3"], NO_READING)).toMatchObject({ newestMs: null, retry: [] });
    expect(stateAfter({ mode: "linked" }, [], { ...BEFORE, fullDue: true }).fullDue).toBe(true);
    expect(stateAfter({ mode: "linked", damaged: true }).fullDue).toBe(true);
  });

  it("does not move by a run of an older version or one that read nothing", () => {
    expect(nextReadState(BEFORE, { started: true, cursor: null, staged: 2, seen: 9 }, ["3"])).toBe(BEFORE);
  });

  it("says up to when the last run had seen every change: what may still be on its way does not count", () => {
    const newestMs = START_MS - HOUR_MS / 2;
    expect(stateAfter({ mode: "window", newestMs }).seenMs).toBe(newestMs + 1);
    expect(stateAfter({ mode: "window", newestMs: START_MS - 60_000 }).seenMs).toBe(START_MS - 600_000);
    expect(stateAfter({ mode: "linked+window", newestMs }).seenMs).toBe(START_MS);
  });

  it("keeps the place of the verification, and moves it with its last id or when all were read", () => {
    const { verifiedMs, verifiedId } = BEFORE;
    expect(stateAfter({ mode: "window" })).toMatchObject({ verifiedMs, verifiedId });
    expect(stateAfter({ mode: "window", verifiedId: "30" })).toMatchObject({ verifiedMs: START_MS, verifiedId: "30" });
    expect(stateAfter({ mode: "linked+window" })).toMatchObject({ verifiedMs: START_MS, verifiedId });
  });

  it("replaces what was unsettled, and asks for everything when that is too much", () => {
    expect(stateAfter({ mode: "window" }, ["9", "8", "9"])).toMatchObject({ retry: ["9", "8"], fullDue: false });
    const many = Array.from({ length: 5_001 }, (_, n) => String(n));
    expect(stateAfter({ mode: "window" }, many)).toMatchObject({ retry: [], fullDue: true });
    expect(stateAfter({ mode: "window" }, many.slice(1)).retry).toHaveLength(5_000);
  });
});

const BASE = buildSnapshot({ "1": ["a@x.com", "Ann", "Rome"], "2": ["b@x.com", "Bob", "Oslo"] });

function seen(change: Partial<SeenSides> = {}): SeenSides {
  const fields = PEOPLE.fields.map((field) => buildPlanField(field));
  const none = { records: new Map(), reads: new Map(), listed: new Set<RecordId>(), tombstones: new Set<RecordId>() };
  return { ...none, snapshot: BASE, fields, rows: ROWS, ...change };
}

const byId = (...records: readonly ReturnType<typeof buildRecord>[]) =>
  new Map(records.map((record) => [record.id, record]));

/** The plan of a run both ways over these records and the rows of the base. */
function planOf(records: ReadonlyMap<RecordId, ReturnType<typeof buildRecord>>, rows = ROWS): Plan {
  return planSync(buildPlanInput({ records: [...records.values()], rows, snapshot: BASE, complete: false }));
}

const ROWS = [buildRow(2, "1", "a@x.com", "Ann", "Rome"), buildRow(3, "2", "b@x.com", "Bob", "Oslo")];
const EMPTY_PLAN = { operations: [], tombstones: [] } as unknown as Plan;
const withOperations = (...operations: readonly Operation[]) => ({ ...EMPTY_PLAN, operations });

/** What is unsettled when the run ends with this base. */
const unsettled = (plan: Plan, about: Partial<SeenSides>, base: Snapshot = BASE) =>
  unsettledIds(plan, watchOf(plan, seen(about)), base);

describe("what a run leaves unsettled", () => {
  it("is nothing when all that was read stands in the base", () => {
    const records = byId(buildRecord("1", "a@x.com", "Ann", "Rome"), buildRecord("2", "b@x.com", "Bob", "Oslo"));
    expect(unsettled(planOf(records), { records })).toEqual([]);
  });

  it("is a value of the CRM that the base does not hold at the end", () => {
    const records = byId(buildRecord("1", "a@x.com", "Ann", "Paris"));
    const plan = planOf(records);
    expect(plan.operations.map((operation) => operation.kind)).toEqual(["write-cells"]);
    expect(unsettled(plan, { records })).toEqual(["1"]);
    expect(unsettled(plan, { records }, buildSnapshot({ "1": ["a@x.com", "Ann", "Paris"] }))).toEqual([]);
    expect(unsettled(plan, { records }, buildSnapshot({}))).toEqual(["1"]);
  });

  it("is an open conflict", () => {
    const records = byId(buildRecord("1", "a@x.com", "Ann", "Paris"));
    const plan = planOf(records, [buildRow(2, "1", "a@x.com", "Ann", "London")]);
    expect(plan.conflicts).toHaveLength(1);
    expect(unsettled(plan, { records })).toEqual(["1"]);
  });

  it("is a value that no plan mentions, because its column does not move it", () => {
    const records = byId(buildRecord("1", "a@x.com", "Ann", "Paris"));
    expect(unsettled(EMPTY_PLAN, { records })).toEqual(["1"]);
    expect(unsettled(EMPTY_PLAN, { records, fields: [EMAIL, NAME].map((field) => buildPlanField(field)) })).toEqual([]);
  });

  it("is a field without base", () => {
    const base: Snapshot = new Map([["1", { email: { sheet: "ta@x.com", crm: "a@x.com" } }]]);
    const records = byId(buildRecord("1", "a@x.com", "", ""));
    expect(unsettled(EMPTY_PLAN, { records, snapshot: base }, base)).toEqual(["1"]);
  });

  it("is an edit that was not sent, whatever came of the record before", () => {
    const records = byId(buildRecord("1", "a@x.com", "Ann", "Rome"));
    const plan = planOf(records, [buildRow(2, "1", "a@x.com", "Ann", "London")]);
    expect(plan.operations.map((operation) => operation.kind)).toEqual(["update"]);
    expect(unsettled(plan, { records })).toEqual(["1"]);
    expect(unsettled(plan, { records }, buildSnapshot({ "1": ["a@x.com", "Ann", "London"] }))).toEqual([]);
  });

  it("is a new record whose row was not written", () => {
    const records = byId(buildRecord("9", "n@x.com", "New", ""));
    const plan = planSync(buildPlanInput({ records: [...records.values()], rows: ROWS, snapshot: BASE }));
    const append = plan.operations.find((operation) => operation.kind === "append-row");
    if (!append) throw new Error("no row for the new record");
    const about = { records, listed: new Set(["9"]) };
    expect(unsettled(withOperations(append), about)).toEqual(["9"]);
    expect(unsettled(withOperations(append), about, buildSnapshot({ "9": ["n@x.com", "New", ""] }))).toEqual([]);
  });

  it("is a listed record of which nothing came, unless a row or a tombstone stands for it", () => {
    const records = byId(buildRecord("9", "n@x.com", "New", ""));
    const about = { records, listed: new Set(["9"]) };
    expect(unsettled(EMPTY_PLAN, about)).toEqual(["9"]);
    expect(unsettled(EMPTY_PLAN, { ...about, rows: [buildRow(4, "9")] })).toEqual([]);
    expect(unsettled(EMPTY_PLAN, { ...about, tombstones: new Set(["9"]) })).toEqual([]);
    expect(unsettled({ ...EMPTY_PLAN, tombstones: ["9"] }, about)).toEqual([]);
    expect(unsettled(EMPTY_PLAN, { records })).toEqual([]);
  });

  it("is a record that is gone, unreadable or merged away while its pair stays", () => {
    const survivor = buildSurvivor(["2"], buildRecord("5", "s@x.com", "", ""));
    const gone: RecordRead = { kind: "gone", askedId: "1" };
    const reads = new Map<RecordId, RecordRead>([["1", gone]]);
    expect(unsettled(EMPTY_PLAN, { reads, records: byId(survivor) })).toEqual(["1", "2"]);
    expect(unsettled(EMPTY_PLAN, { reads, records: byId(survivor) }, buildSnapshot({}))).toEqual([]);
    const unreadable = new Map<RecordId, RecordRead>([["2", { kind: "unreadable", askedId: "2", reason: "no" }]]);
    expect(unsettled(EMPTY_PLAN, { reads: unreadable })).toEqual(["2"]);
  });
});

describe("changes that the windows missed", () => {
  const fields = PEOPLE.fields.map((field) => field.name);
  const at = { fields, sinceMs: START_MS, expected: new Set<RecordId>() };
  const changed = { ...buildRecord("1", "a@x.com", "Ann", "Paris"), modifiedMs: START_MS - 1 };

  it("are linked records that differ from the base and are older than the window that would come next", () => {
    expect(countUnnoticed([changed], BASE, at)).toBe(1);
    expect(countUnnoticed([{ ...changed, modifiedMs: START_MS }], BASE, at)).toBe(0);
    expect(countUnnoticed([buildRecord("1", "a@x.com", "Ann", "Rome")], BASE, at)).toBe(0);
    expect(countUnnoticed([buildRecord("9", "n@x.com", "New", "")], BASE, at)).toBe(0);
  });

  it("are none that an earlier run knew of, and none in a field without base or stamp", () => {
    expect(countUnnoticed([changed], BASE, { ...at, expected: new Set(["1"]) })).toBe(0);
    expect(countUnnoticed([changed], BASE, { ...at, fields: ["email", "name"] })).toBe(0);
    expect(countUnnoticed([changed], new Map([["1", {}]]), at)).toBe(0);
  });

  it("are named in one sentence", () => {
    expect(unnoticedNote("People", 1).message).toBe("Full comparison: 1 record had changed unnoticed.");
    expect(unnoticedNote("People", 12).message).toBe("Full comparison: 12 records had changed unnoticed.");
  });
});
