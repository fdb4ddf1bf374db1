import type { CellChange, LinkOperation } from "../../src/domain/plan";
import { applyLinks, applySheet } from "../../src/engine/apply-sheet";
import type { SheetOperation } from "../../src/merge/batch-plan";
import type { CellOutcome, IdWrite, TableChunk } from "../../src/ports/table";
import { saveDelta } from "../../src/state/snapshot-store";
import { engineWorld, groupWork } from "./engine-world";

const cell = (field: string, from: string, to: string): CellChange => ({
  field,
  from,
  to,
  crm: to.slice(1),
  rule: "F3",
});

const WRITE: SheetOperation = {
  kind: "write-cells",
  id: "w7",
  rule: "F3",
  title: "Ann",
  recordId: "7",
  rowNumber: 4,
  cells: [cell("name", "tAnn", "tBea"), cell("city", "tRome", "n12.5")],
};
const APPEND: SheetOperation = {
  kind: "append-row",
  id: "a8",
  rule: "R5",
  title: "Bob",
  recordId: "8",
  cells: [cell("name", "", "tBob"), cell("city", "", "")],
};

function apply(operations: readonly SheetOperation[], outcomes: readonly CellOutcome[]) {
  const chunks: TableChunk[] = [];
  const table = {
    write: (chunk: TableChunk) => {
      chunks.push(chunk);
      return outcomes;
    },
  };
  const { result } = groupWork(engineWorld().deps);
  applySheet(engineWorld({ table }).deps, operations, result);
  return { chunk: chunks[0], result };
}

const written = (recordId: string, field: string, readBack: string): CellOutcome => ({
  kind: "written",
  recordId,
  field,
  readBack,
});
const skipped = (reason: Extract<CellOutcome, { kind: "skipped" }>["reason"], field = "name"): CellOutcome => ({
  kind: "skipped",
  recordId: "7",
  field,
  reason,
});

describe("cells that are written into the sheet", () => {
  it("go in one write, each with what the cell is expected to hold", () => {
    const { chunk } = apply([WRITE, APPEND], []);
    expect(chunk).toEqual({
      cells: [
        { recordId: "7", field: "name", expected: "tAnn", value: { kind: "text", text: "Bea" } },
        { recordId: "7", field: "city", expected: "tRome", value: { kind: "number", number: 12.5 } },
      ],
      appends: [{ recordId: "8", cells: { name: { kind: "text", text: "Bob" }, city: { kind: "blank" } } }],
    });
  });

  it("are remembered as they were read back, not as they were written", () => {
    const { result } = apply(
      [WRITE, APPEND],
      [
        written("8", "name", "tBob "),
        written("7", "city", "t12.5"),
        written("8", "city", ""),
        written("7", "name", "tBea"),
      ],
    );
    expect(Object.fromEntries(result.delta)).toEqual({
      "7": { name: { sheet: "tBea", crm: "Bea" }, city: { sheet: "t12.5", crm: "12.5" } },
      "8": { name: { sheet: "tBob ", crm: "Bob" }, city: { sheet: "", crm: "" } },
    });
    expect(result.tally).toEqual({ successes: 2, cellsWritten: 4, appended: 1 });
    expect(result.itemsDone).toBe(1);
  });

  it.each([
    ["edited-meanwhile", /was edited while the sync ran/],
    ["formula", /holds a formula now/],
    ["row-missing", /row is no longer in the sheet/],
    ["row-doubled", /stands in several rows/],
    ["column-missing", /column is no longer in the sheet/],
    ["misplaced", /Rows moved/],
  ] as const)("that were left alone (%s) are a note at their row and field and keep their base", (reason, said) => {
    const { result } = apply([WRITE], [skipped(reason), written("7", "city", "n12.5")]);
    expect(result.messages).toMatchObject([
      { severity: "note", rowNumber: 4, recordId: "7", field: "name", message: expect.stringMatching(said) },
    ]);
    expect(result.delta.get("7")).toEqual({ city: { sheet: "n12.5", crm: "12.5" } });
    expect(result.tally).toEqual({ skipped: 1, successes: 1, cellsWritten: 1 });
  });

  it("that a data validation refuses are an error, because somebody has to act", () => {
    const { result } = apply([WRITE], [skipped("validation"), written("7", "city", "n12.5")]);
    expect(result.messages).toMatchObject([
      { severity: "error", rowNumber: 4, field: "name", message: expect.stringMatching(/data validation refuses/) },
    ]);
    expect(result.delta.get("7")).toEqual({ city: { sheet: "n12.5", crm: "12.5" } });
    expect(result.tally).toEqual({ errors: 1, successes: 1, cellsWritten: 1 });
  });

  it("of a row that could not be written at all are no success", () => {
    const { result } = apply([WRITE], [skipped("row-missing"), skipped("row-missing", "city")]);
    expect(result.tally).toEqual({ skipped: 2 });
    expect(result.delta.size).toBe(0);
  });

  it("of a row that the sheet says nothing about are named as left out", () => {
    const { result } = apply([APPEND], []);
    expect(result.messages).toMatchObject([{ severity: "note", recordId: "8", rowNumber: null, field: null }]);
    expect(result.delta.size).toBe(0);
  });
});

describe("ids that are put into rows", () => {
  const link = (id: string, change: Partial<LinkOperation> = {}): LinkOperation => ({
    kind: "link",
    id,
    rule: "R2",
    title: "Ann",
    recordId: "7",
    baseId: "7",
    expectedId: "",
    rowNumber: 3,
    row: { email: "ta@x.com" },
    ...change,
  });

  function applyIds(operations: readonly LinkOperation[], placed: (write: IdWrite) => boolean) {
    const table = {
      writeIds: (writes: readonly IdWrite[]) =>
        [...writes].reverse().map((write) => ({ operationId: write.operationId, placed: placed(write) })),
    };
    const world = engineWorld({ table });
    const name = { sheet: "tAnn", crm: "Ann" };
    saveDelta(world.store, "m1", 1, new Map([["6", { name }]]));
    world.store.commit(1);
    const { result } = groupWork(world.deps);
    applyLinks(world.deps, operations, result);
    return result;
  }

  it("count as linked where they stand, and are a note where the row changed", () => {
    const result = applyIds(
      [link("l1"), link("l2", { recordId: "8", baseId: "8", rowNumber: 9 })],
      ({ id }) => id === "7",
    );
    expect(result.tally).toEqual({ successes: 1, linked: 1, skipped: 1 });
    expect(result.messages).toMatchObject([{ severity: "note", rowNumber: 9, recordId: "8" }]);
  });

  it("carry the base of a merged record over to its survivor (R11)", () => {
    const result = applyIds([link("l1", { rule: "R11", baseId: "6", expectedId: "6" })], () => true);
    expect(Object.fromEntries(result.delta)).toEqual({ "7": { name: { sheet: "tAnn", crm: "Ann" } }, "6": null });
  });

  it("leave the base of a merged record where it is when its row could not be found", () => {
    const result = applyIds([link("l1", { rule: "R11", baseId: "6", expectedId: "6" })], () => false);
    expect(result.delta.size).toBe(0);
  });
});
