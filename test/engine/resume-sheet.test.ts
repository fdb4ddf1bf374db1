import { SyncError } from "../../src/domain/errors";
import type { AppendRowOperation, CellChange } from "../../src/domain/plan";
import type { Row } from "../../src/domain/row";
import { applySheet } from "../../src/engine/apply/apply-sheet";
import type { WorkMode } from "../../src/engine/apply/group-result";
import { stepRun } from "../../src/engine/step-run";
import type { SheetOperation } from "../../src/merge/batch-plan";
import type { BaseShows, ChunkBefore, Table, TableChunk } from "../../src/ports/table";
import { saveDelta } from "../../src/state/snapshot-store";
import { buildRow, formulaCell } from "../support/merge-builders";
import { CONTACTS, EngineTrial } from "./engine-trial";
import { buildIntent, engineWorld, groupWork, tableOf } from "./engine-world";
import { writeOf } from "./trial-operations";

const cell = (field: string, from: string, to: string): CellChange => ({
  field,
  from: from === "" ? "" : `t${from}`,
  to: to === "" ? "" : `t${to}`,
  crm: to,
  rule: "F3",
});

const append = (recordId: string, ...cells: readonly CellChange[]): AppendRowOperation => ({
  kind: "append-row",
  id: `a:${recordId}`,
  rule: "R5",
  title: `Record ${recordId}`,
  recordId,
  cells,
});

/** Two linked rows, of which one is to be written, and a record that gets a row. */
function chunk(): EngineTrial {
  const trial = new EngineTrial(CONTACTS, [
    ["a@x.com", "Ann", "Rome", ""],
    ["b@x.com", "Bob", "Oslo", ""],
  ]);
  const [ann = ""] = trial.linkRows(2, 2);
  trial.begin([
    writeOf(trial, ann, { firstname: ["Ann", "Bea"], city: ["Rome", "Bonn"] }),
    append("900", cell("email", "", "c@x.com"), cell("firstname", "", "Cy"), cell("city", "", "")),
  ]);
  return trial;
}

describe("a sheet chunk that was cut off", () => {
  it("I13: ends as if nobody had killed it, whatever call it was and whatever became of buffered writes", () => {
    const whole = chunk();
    whole.step();
    for (const k of whole.points()) {
      for (const left of ["lost", "kept", { prefix: 1 }, { prefix: 2 }] as const) {
        const trial = chunk();
        expect(trial.step({ k, left })).toBeNull();
        const totals = { processed: 2, successes: 2, appended: 1, cellsWritten: 5, errors: 0, skipped: 0 };
        expect(trial.step()).toMatchObject({ phase: "done", totals });
        expect(trial.rows()).toEqual(whole.rows());
        expect(trial.base()).toEqual(whole.base());
        expect(trial.effects()).toEqual(whole.effects());
        expect(trial.events()).toMatchObject([{ runId: "r1", outcome: "ok", totals }]);
      }
    }
  });

  it("goes on where a write into the sheet threw, instead of forgetting what could be mended", () => {
    const trial = chunk();
    const whole = chunk();
    whole.step();
    const writes = whole.calls.flatMap((call, at) => (call === "sheet.writeValues" ? [at + 1] : []));
    expect(writes.length).toBeGreaterThan(3);
    // The first write of values is the journal's, the second the chunk's.
    const stopped = trial.execute((deps) => {
      const run = trial.run();
      trial.grid.before(writes[1] ?? 0, failing);
      return run && stepRun(deps, run);
    });
    expect(stopped).toMatchObject({ phase: "applying", nextItem: 0, interruptions: 1, totals: { processed: 0 } });
    const repair = jest.fn();
    const done = trial.execute((deps) => {
      const run = trial.run();
      return run && stepRun({ ...deps, table: { ...deps.table, repair } }, run);
    });
    expect(repair).toHaveBeenCalledTimes(1);
    expect(done).toMatchObject({ phase: "done", totals: { processed: 2, successes: 2 } });
    expect(trial.rows()).toEqual(whole.rows());
  });
});

function failing(): never {
  throw new SyncError("retryable", "sheets-busy", "Service Spreadsheets timed out.");
}

const BEFORE: ChunkBefore = { cells: [{ recordId: "7", field: "city", value: "tKiel", formula: null }], idless: [] };

const WRITE: SheetOperation = {
  kind: "write-cells",
  id: "w:7",
  rule: "F3",
  title: "Ann",
  recordId: "7",
  rowNumber: 2,
  cells: [cell("name", "Ann", "Bea"), cell("city", "Rome", "Bonn")],
};

interface Applied {
  readonly mode: WorkMode;
  readonly before?: ChunkBefore | null;
  readonly rows?: readonly Row[];
}

/** Applies operations with a table that notes its calls; the base knows Rome for record 7. */
function apply(operations: readonly SheetOperation[], { mode, before = BEFORE, rows = [] }: Applied) {
  const calls: string[] = [];
  const repaired: { chunk: TableChunk; before: ChunkBefore; shows: BaseShows }[] = [];
  const table: Partial<Table> = {
    read: () => tableOf(rows),
    repair: (given, journaled, shows) => {
      calls.push("repair");
      repaired.push({ chunk: given, before: journaled, shows });
      return 0;
    },
    write: ({ cells, appends }) => {
      calls.push("write");
      const fields = [
        ...cells,
        ...appends.flatMap((one) => Object.keys(one.cells).map((field) => ({ ...one, field }))),
      ];
      return fields.map(({ recordId, field }) => ({ kind: "written", recordId, field, readBack: "tread back" }));
    },
  };
  const world = engineWorld({ table });
  saveDelta(world.store, "m1", 1, new Map([["7", { city: { sheet: "tRome", crm: "Rome" } }]]));
  world.store.commit(1);
  const work = groupWork(world.deps, { mode, intent: buildIntent(operations, { before }) });
  applySheet(work, operations);
  return { calls, repaired, result: work.result };
}

describe("what a misplaced write may have destroyed", () => {
  it("is repaired first, from what was journaled and from the base, and then the chunk is written", () => {
    const { calls, repaired } = apply([WRITE], { mode: "resume" });
    expect(calls).toEqual(["repair", "write"]);
    expect(repaired[0]?.before).toEqual(BEFORE);
    expect(repaired[0]?.chunk.cells.map(({ recordId, field }) => [recordId, field])).toEqual([
      ["7", "name"],
      ["7", "city"],
    ]);
    const shows = repaired[0]?.shows;
    expect([shows?.("7", "city"), shows?.("7", "name"), shows?.("8", "city")]).toEqual(["tRome", undefined, undefined]);
  });

  it("is repaired of a run that was given up too, and nothing is written", () => {
    expect(apply([WRITE], { mode: "look" }).calls).toEqual(["repair"]);
  });

  it.each<[string, Applied]>([
    ["a chunk that begins", { mode: "fresh" }],
    ["an intent without it", { mode: "resume", before: null }],
  ])("is not looked for by %s", (_what, applied) => {
    expect(apply([WRITE], applied).calls).toEqual(["write"]);
  });
});

describe("cells of a run that was given up", () => {
  const look = (operations: readonly SheetOperation[], rows: readonly Row[]) =>
    apply(operations, { mode: "look", rows }).result;

  it("count where they show what was to be written, wherever their row is now", () => {
    const result = look([WRITE], [buildRow(9, "7", "a@x.com", "Bea", "Rome")]);
    expect(Object.fromEntries(result.delta)).toEqual({ "7": { name: { sheet: "tBea", crm: "Bea" } } });
    expect(result.tally).toEqual({ successes: 1, cellsWritten: 1 });
    expect(result.effects).toMatchObject([{ kind: "cell", field: "name", before: "tAnn", after: "tBea" }]);
    expect(result.messages).toEqual([]);
  });

  it.each<[string, readonly Row[]]>([
    ["show the old value", [buildRow(2, "7", "a@x.com", "Ann", "Rome")]],
    ["show something else", [buildRow(2, "7", "a@x.com", "Eve", "Kiel")]],
    ["hold a formula that shows the value", [buildRow(2, "7", "", formulaCell("Bea"), formulaCell("Bonn"))]],
    ["stand in several rows", [buildRow(2, "7", "", "Bea", "Bonn"), buildRow(3, "7", "", "Bea", "Bonn")]],
    ["are gone with their row", []],
  ])("are left to the next plan without a word when they %s", (_what, rows) => {
    const { delta, tally, effects, messages } = look([WRITE], rows);
    expect([delta.size, tally, effects, messages]).toEqual([0, {}, [], []]);
  });

  it("count as an appended row where it stands, with the cells that were written; the others wait to be filled", () => {
    const operation = append("8", cell("email", "", "c@x.com"), cell("name", "", "Cy"), cell("city", "", ""));
    const result = look([operation], [buildRow(5, "8", "c@x.com", "")]);
    expect(result.delta.get("8")).toEqual({
      email: { sheet: "tc@x.com", crm: "c@x.com" },
      name: { sheet: "", crm: "" },
      city: { sheet: "", crm: "" },
    });
    expect(result.tally).toEqual({ successes: 1, cellsWritten: 2, appended: 1 });
    expect(result.effects).toEqual([
      { kind: "appended", recordId: "8", title: "Record 8", cells: { email: "tc@x.com", city: "" } },
    ]);
  });

  it("are no cells that somebody emptied, in a row that came back with nothing but its id", () => {
    const operation = append("8", cell("email", "", "c@x.com"), cell("name", "", "Cy"));
    const result = look([operation], [buildRow(5, "8", "", "")]);
    expect(result.delta.get("8")).toEqual({ email: { sheet: "", crm: "" }, name: { sheet: "", crm: "" } });
    expect([result.tally, result.effects]).toEqual([{}, []]);
  });
});
