import type { Operation } from "../../src/domain/plan";
import { batchPlan, type WorkItem } from "../../src/merge/batch-plan";
import { unlinkedRecords, withDependents } from "../../src/merge/leave-out";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput, buildRecord, buildRow, buildSnapshot } from "../support/merge-builders";

const LIMITS = { crmBatch: 2, sheetCells: 4 };
const values = (at: number) => [`p${at}@x.com`, `Name ${at}`, "Rome"];

/** Three edited rows, three new rows, one row to link, two changed records, one record without row. */
function mixedPlan() {
  const linked = [1, 2, 3, 4, 5];
  const city = (at: number) => (at <= 3 ? "Oslo" : "Rome");
  const rows = [
    ...linked.map((at) => buildRow(at + 1, `${at}`, `p${at}@x.com`, `Name ${at}`, city(at))),
    ...[6, 7, 8].map((at) => buildRow(at + 1, "", `p${at}@x.com`)),
    buildRow(12, "", "p9@x.com"),
  ];
  const records = [
    ...linked.map((at) => buildRecord(`${at}`, `p${at}@x.com`, at > 3 ? "New name" : `Name ${at}`, "Rome")),
    buildRecord("9", "p9@x.com"),
    buildRecord("10", ...values(10)),
  ];
  const snapshot = buildSnapshot(Object.fromEntries(linked.map((at) => [at, values(at)])));
  return planSync(buildPlanInput({ rows, records, snapshot }));
}

/** Nothing but what a sync does to records and rows that ended, and an undo to rows that it brings back. */
function endingPlan(): readonly Operation[] {
  const snapshot = buildSnapshot(Object.fromEntries([1, 2, 3, 4].map((at) => [at, values(at)])));
  const world = { rows: [buildRow(2, "1", ...values(1))], snapshot };
  const records = [2, 3, 4].map((at) => buildRecord(`${at}`, ...values(at)));
  const archives = planSync(buildPlanInput({ ...world, records, gone: "remove-row", removedRows: "archive" }));
  const unlinks = planSync(buildPlanInput({ ...world, gone: "unlink" }));
  const restore = {
    kind: "restore-row",
    id: "r:9",
    rule: "I15",
    title: "",
    recordId: "9",
    content: { cells: [] },
  } as const;
  return [...archives.operations, ...unlinks.operations, restore];
}

function inWords(items: readonly WorkItem[]): string[] {
  return items.map(({ kind, operations }) => `${kind}: ${operations.map(({ id }) => id).join(" ")}`);
}

describe("the steps of applying a plan", () => {
  it("writes ids first, then the CRM, then the sheet, each in pieces of its limit", () => {
    expect(inWords(batchPlan(mixedPlan().operations, LIMITS))).toEqual([
      "links: l:9",
      "update: u:1 u:2",
      "update: u:3",
      "create: c:7 c:8",
      "create: c:9",
      "sheet: w:4 w:5",
      "sheet: a:10",
    ]);
  });

  it("R6 R8 unlinks before the CRM, restores before the sheet, and deletes rows last, all at once", () => {
    expect(inWords(batchPlan([...endingPlan(), ...mixedPlan().operations], { crmBatch: 2, sheetCells: 100 }))).toEqual([
      "links: l:9",
      "unlinks: n:1",
      "update: u:1 u:2",
      "update: u:3",
      "create: c:7 c:8",
      "create: c:9",
      "archive: x:2 x:3",
      "archive: x:4",
      "restores: r:9",
      "sheet: w:4 w:5 a:10",
      "removals: d:1",
    ]);
  });

  it("gives every operation to exactly one step", () => {
    const wanted = [...endingPlan(), ...mixedPlan().operations];
    const given = batchPlan(wanted, LIMITS).flatMap((item) => item.operations.map(({ id }) => id));
    expect([...given].sort()).toEqual(wanted.map(({ id }) => id).sort());
  });

  it("leaves out with a link what hangs on it, and nothing else", () => {
    const plan = mixedPlan();
    expect([...withDependents(plan, new Set(["l:9", "u:1"]))].sort()).toEqual(["l:9", "u:1"]);
    const linked = planSync(
      buildPlanInput({
        rows: [buildRow(2, "", "p9@x.com", "Typed")],
        records: [buildRecord("9", "p9@x.com", "", "Rome")],
      }),
    );
    expect(linked.operations.map(({ id }) => id)).toEqual(["l:9", "u:9", "w:9"]);
    expect([...withDependents(linked, new Set(["l:9"]))].sort()).toEqual(["l:9", "u:9", "w:9"]);
    expect([...unlinkedRecords(linked, new Set(["l:9"]))]).toEqual(["9"]);
  });

  it("leaves out nothing of a pair for a write of it that is left out: only a link has others hang on it", () => {
    const plan = planSync(
      buildPlanInput({
        rows: [buildRow(2, "1", "p1@x.com", "Name 1", "Oslo")],
        records: [buildRecord("1", "p1@x.com", "New name", "Rome")],
        snapshot: buildSnapshot({ 1: values(1) }),
      }),
    );
    expect(plan.operations.map(({ id }) => id)).toEqual(["u:1", "w:1"]);
    expect([...withDependents(plan, new Set(["u:1"]))]).toEqual(["u:1"]);
    expect([...unlinkedRecords(plan, new Set(["u:1"]))]).toEqual([]);
  });

  it.each([
    [5, ["sheet: w:4 w:5 a:10"]],
    [4, ["sheet: w:4 w:5", "sheet: a:10"]],
    [2, ["sheet: w:4 w:5", "sheet: a:10"]],
    [1, ["sheet: w:4", "sheet: w:5", "sheet: a:10"]],
  ])("fills a chunk of the sheet up to its limit of %i cells", (sheetCells, expected) => {
    const items = batchPlan(mixedPlan().operations, { crmBatch: 100, sheetCells });
    expect(inWords(items).filter((words) => words.startsWith("sheet"))).toEqual(expected);
  });

  it("gives an operation that is larger than a chunk a chunk of its own", () => {
    const items = batchPlan(mixedPlan().operations, { crmBatch: 100, sheetCells: 1 });
    expect(inWords(items).filter((words) => words.startsWith("sheet"))).toEqual([
      "sheet: w:4",
      "sheet: w:5",
      "sheet: a:10",
    ]);
  });

  it("has no steps for an empty plan", () => {
    expect(batchPlan([], LIMITS)).toEqual([]);
  });
});
