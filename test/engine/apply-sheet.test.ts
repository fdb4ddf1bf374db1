import type { CellChange } from "../../src/domain/plan";
import { applySheet } from "../../src/engine/apply/apply-sheet";
import type { SheetOperation } from "../../src/merge/batch-plan";
import type { CellOutcome, TableChunk } from "../../src/ports/table";
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
  const work = groupWork(engineWorld({ table }).deps);
  applySheet(work, operations);
  return { chunk: chunks[0], result: work.result };
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
  });

  it("are kept for undo as they were read back, a typed value that was replaced as the loser (F2, F5)", () => {
    const [name, city] = WRITE.cells;
    if (!name || !city) throw new Error("two cells");
    const operation: SheetOperation = { ...WRITE, cells: [name, { ...city, overwrites: true }] } as SheetOperation;
    const { result } = apply(
      [operation, APPEND],
      [
        written("7", "city", "t12.5"),
        written("7", "name", "tBea"),
        written("8", "name", "tBob "),
        written("8", "city", ""),
      ],
    );
    const cellOf7 = { kind: "cell", recordId: "7", title: "Ann" };
    expect(result.effects).toEqual([
      { ...cellOf7, field: "name", before: "tAnn", after: "tBea", crm: "Bea", loser: false },
      { ...cellOf7, field: "city", before: "tRome", after: "t12.5", crm: "12.5", loser: true },
      { kind: "appended", recordId: "8", title: "Bob", cells: { name: "tBob ", city: "" } },
    ]);
  });

  it("leave no trace for undo where they were left alone", () => {
    const { result } = apply([WRITE, APPEND], [skipped("formula"), written("7", "city", "n12.5")]);
    expect(result.effects).toMatchObject([{ kind: "cell", field: "city" }]);
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
