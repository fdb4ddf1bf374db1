import type { RemoveRowOperation, RestoreRowOperation, UnlinkOperation } from "../../src/domain/plan";
import type { Row, RowContent } from "../../src/domain/row";
import { applyRemovals, applyRestores, applyUnlinks } from "../../src/engine/apply/apply-rows";
import type { WorkMode } from "../../src/engine/apply/group-result";
import type { IdWrite, RemovalOutcome, RowRemoval, RowRestore, Table, TableRead } from "../../src/ports/table";
import { buildRow } from "../support/merge-builders";
import { buildIntent, engineWorld, groupWork, MAPPING, tableOf } from "./engine-world";

describe("rows whose link is taken off", () => {
  const unlink = (recordId: string): UnlinkOperation => ({
    kind: "unlink",
    id: `n${recordId}`,
    rule: "R6",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: Number(recordId) + 1,
    row: { email: `t${recordId}@x.com`, name: "", city: "" },
  });

  /** `placed`: operations whose row is still what the plan saw; `standing`: ids in the sheet before. */
  function apply(mode: WorkMode, given: { placed?: readonly string[]; standing?: readonly string[] }) {
    const written: (readonly IdWrite[])[] = [];
    const table: Partial<Table> = {
      writeIds: (writes) => {
        written.push(writes);
        return writes.map(({ operationId }) => ({ operationId, placed: given.placed?.includes(operationId) === true }));
      },
    };
    if (mode !== "fresh") table.read = () => tableOf((given.standing ?? []).map((id, at) => buildRow(at + 2, id)));
    const work = groupWork(engineWorld({ table }).deps, { mode });
    applyUnlinks(work, [unlink("1"), unlink("2")]);
    return { written, result: work.result };
  }

  it("say in their id cell which record they had; the base forgets it, undo remembers", () => {
    const { written, result } = apply("fresh", { placed: ["n1", "n2"] });
    expect(written).toEqual([
      [
        { operationId: "n1", id: "unlinked:1", rowNumber: 2, row: unlink("1").row, expectedId: "1" },
        { operationId: "n2", id: "unlinked:2", rowNumber: 3, row: unlink("2").row, expectedId: "2" },
      ],
    ]);
    expect([...result.delta]).toEqual([
      ["1", null],
      ["2", null],
    ]);
    expect(result.effects).toEqual([
      { kind: "unlinked", recordId: "1", title: "Record 1" },
      { kind: "unlinked", recordId: "2", title: "Record 2" },
    ]);
    expect(result.tally).toEqual({ successes: 2 });
  });

  it("stay linked when they changed meanwhile, with a note", () => {
    const { result } = apply("fresh", { placed: ["n2"] });
    expect(result.messages).toMatchObject([
      { severity: "note", recordId: "1", rowNumber: 2, message: expect.stringContaining("keeps its record ID") },
    ]);
    expect([...result.delta.keys()]).toEqual(["2"]);
    expect(result.tally).toEqual({ skipped: 1, successes: 1 });
  });

  it("are not written again after a cut-off, whatever they show by now", () => {
    const { written, result } = apply("resume", { standing: ["unlinked:1", "2"], placed: ["n2"] });
    expect(written.map((writes) => writes.map(({ operationId }) => operationId))).toEqual([["n2"]]);
    expect(result.tally).toEqual({ successes: 2 });
    expect(apply("resume", { standing: ["unlinked:1", "unlinked:2"] }).written).toEqual([]);
  });

  it("of a run that was given up are only looked at", () => {
    const { written, result } = apply("look", { standing: ["unlinked:1", "2"], placed: ["n1", "n2"] });
    expect(written).toEqual([]);
    expect([...result.delta.keys()]).toEqual(["1"]);
    expect(result.messages).toEqual([]);
  });
});

const HEADERS = ["CRM record ID", "Email", "Name", "City", "CRM sync status", "Notes"] as const;

/** All cells of a row of the tab: record id, e-mail, name, city, status and a column that is not mapped. */
function content(...values: readonly (string | { formula: string })[]): RowContent {
  return {
    cells: HEADERS.map((header, at) => {
      const value = values[at] ?? "";
      return typeof value === "string" ? { header, value, formula: null } : { header, value: "tX", ...value };
    }),
  };
}

function read(rows: readonly Row[], change: Partial<TableRead> = {}): TableRead {
  const columns = MAPPING.columns.map((mapping, at) => ({ mapping, column: at + 2, header: HEADERS[at + 1] ?? "" }));
  return { ...tableOf(rows), columns, ownHeaders: [HEADERS[0], HEADERS[4]], ...change };
}

describe("rows that are deleted", () => {
  const remove = (recordId: string, change: Partial<RemoveRowOperation> = {}): RemoveRowOperation => ({
    kind: "remove-row",
    id: `r${recordId}`,
    rule: "R6",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: 2,
    row: { email: "tann@x.com", name: "tAnn", city: "" },
    onlyIfUnmappedBlank: false,
    ...change,
  });
  const ANN = content("t1", "tann@x.com", "tAnn", "", "tConflict");

  type Given = {
    readonly held?: RowContent | null;
    readonly operation?: Partial<RemoveRowOperation>;
    readonly outcome?: RemovalOutcome;
    readonly mode?: WorkMode;
    readonly table?: TableRead;
  };

  /** Record 1's row, of which the journal has `held`. */
  function apply({ held = ANN, operation = {}, outcome, mode = "fresh", table }: Given) {
    const removed: (readonly RowRemoval[])[] = [];
    const standing = outcome === undefined ? [buildRow(2, "1")] : [];
    const fake: Partial<Table> = {
      read: () => table ?? read(mode === "look" ? standing : [buildRow(2, "1")]),
      removeRows: (removals) => {
        removed.push(removals);
        return removals.map(({ recordId }) => outcome ?? { kind: "removed", recordId });
      },
    };
    const intent = buildIntent([], { contents: held ? [["1", held]] : [] });
    const work = groupWork(engineWorld({ table: fake }).deps, { mode, intent });
    applyRemovals(work, [remove("1", operation)]);
    return { removed, result: work.result };
  }

  const skipped = (reason: Extract<RemovalOutcome, { kind: "skipped" }>["reason"]): RemovalOutcome => ({
    kind: "skipped",
    recordId: "1",
    reason,
  });

  it("go with all that they hold, as the journal has it; the base forgets them, undo keeps every cell", () => {
    const held = content("t1", "tann@x.com", "tAnn", "", "", { formula: "=A1" });
    const { removed, result } = apply({ held });
    expect(removed).toEqual([[{ recordId: "1", content: held }]]);
    expect([...result.delta]).toEqual([["1", null]]);
    expect(result.effects).toEqual([{ kind: "removed-row", recordId: "1", title: "Record 1", content: held }]);
    expect(result.tally).toEqual({ successes: 1, rowsRemoved: 1 });
  });

  it.each(["resume", "look"] as const)("that are missing after a cut-off went by this very work (%s)", (mode) => {
    const { result } = apply({ mode, outcome: skipped("row-missing") });
    expect(result.effects).toHaveLength(1);
    expect([...result.delta]).toEqual([["1", null]]);
    expect(result.tally).toEqual({ successes: 1, rowsRemoved: 1 });
  });

  it("stay when a mapped cell is not what the plan saw", () => {
    const { removed, result } = apply({ held: content("t1", "tann@x.com", "tAnna") });
    expect(removed).toEqual([]);
    expect(result.messages).toMatchObject([{ severity: "note", message: expect.stringContaining("was edited") }]);
    expect(result.delta.size).toBe(0);
  });

  it("stay when the journal has nothing of them, and say so", () => {
    const { removed, result } = apply({ held: null });
    expect(removed).toEqual([]);
    expect(result.messages).toMatchObject([{ message: expect.stringContaining("no longer in the sheet") }]);
  });

  it.each([
    ["row-missing", "no longer in the sheet"],
    ["edited-meanwhile", "was edited"],
    ["row-doubled", "several rows"],
  ] as const)("stay when the sheet says %s, and keep their base", (reason, said) => {
    const { result } = apply({ outcome: skipped(reason) });
    expect(result.messages).toMatchObject([{ severity: "note", message: expect.stringContaining(said) }]);
    expect(result.delta.size).toBe(0);
    expect(result.effects).toEqual([]);
    expect(result.tally).toEqual({ skipped: 1 });
  });

  it("of a run that was given up are only looked at", () => {
    const { removed, result } = apply({ mode: "look" });
    expect(removed).toEqual([]);
    expect(result.delta.size).toBe(0);
    expect(result.messages).toEqual([]);
  });

  describe("only when nothing stands beside the mapped cells", () => {
    const operation = { onlyIfUnmappedBlank: true };

    it("go when only the add-on's own cells are filled", () => {
      expect(apply({ operation }).removed).toHaveLength(1);
    });

    it("take an unticked checkbox for blank", () => {
      expect(apply({ operation, held: content("t1", "tann@x.com", "tAnn", "", "", "b0") }).removed).toHaveLength(1);
    });

    it.each<[string, string | { formula: string }]>([
      ["a ticked checkbox", "b1"],
      ["a value", "tcall her"],
      ["a formula", { formula: "=A1" }],
    ])("stay for %s in a column that is not mapped", (_what, cell) => {
      const { removed, result } = apply({ operation, held: content("t1", "tann@x.com", "tAnn", "", "", cell) });
      expect(removed).toEqual([]);
      expect(result.messages).toMatchObject([{ message: expect.stringContaining("columns that are not mapped") }]);
    });

    it("go in spite of such a value where the user chose that (R6)", () => {
      expect(apply({ held: content("t1", "tann@x.com", "tAnn", "", "", "tnote") }).removed).toHaveLength(1);
    });

    it("take a second column of the same header for one that is not mapped", () => {
      const twice: RowContent = { cells: [...ANN.cells, { header: "City", value: "tRome", formula: null }] };
      expect(apply({ operation, held: twice }).removed).toEqual([]);
    });

    it("find the mapped cells by their headers where columns moved since", () => {
      const moved: RowContent = { cells: [{ header: "Notes", value: "", formula: null }, ...ANN.cells.slice(0, 5)] };
      expect(apply({ operation, held: moved }).removed).toHaveLength(1);
    });
  });
});

describe("rows that are put back", () => {
  const KEPT = content("t1", "tann@x.com", "tAnn", "tRome", "tConflict", { formula: "=A1" });
  const restore = (recordId: string): RestoreRowOperation => ({
    kind: "restore-row",
    id: `b${recordId}`,
    rule: "I15",
    title: `Record ${recordId}`,
    recordId,
    content: KEPT,
  });

  /** `standing`: ids in the sheet before. */
  function apply(mode: WorkMode, given: { placed?: boolean; standing?: readonly string[] } = {}) {
    const restored: (readonly RowRestore[])[] = [];
    const table: Partial<Table> = {
      restoreRows: (rows) => {
        restored.push(rows);
        return rows.map(({ id }) => ({ id, placed: given.placed !== false }));
      },
    };
    if (mode === "look") table.read = () => read((given.standing ?? []).map((id, at) => buildRow(at + 2, id)));
    const work = groupWork(engineWorld({ table }).deps, { mode });
    applyRestores(work, [restore("1")]);
    return { restored, result: work.result };
  }

  it.each(["fresh", "resume"] as const)("come with all their cells and without a link (%s)", (mode) => {
    const { restored, result } = apply(mode);
    expect(restored).toEqual([[{ id: "unlinked:1", content: KEPT }]]);
    expect(result.tally).toEqual({ successes: 1, appended: 1 });
    expect(result.delta.size).toBe(0);
  });

  it("are an error when they could not be placed", () => {
    const { result } = apply("fresh", { placed: false });
    expect(result.messages).toMatchObject([{ severity: "error", recordId: "1", rowNumber: null }]);
    expect(result.tally).toEqual({ errors: 1 });
  });

  it("of a run that was given up are only looked at", () => {
    expect(apply("look", { standing: ["1", "unlinked:1"] })).toMatchObject({
      restored: [],
      result: { tally: { successes: 1, appended: 1 } },
    });
    expect(apply("look", { standing: ["1"] })).toMatchObject({ restored: [], result: { tally: {}, messages: [] } });
  });
});
