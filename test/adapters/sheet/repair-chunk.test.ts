import { createTable } from "../../../src/adapters/sheet/create-table";
import { textValue } from "../../../src/domain/value";
import type { BaseShows, ChunkBefore, TableChunk } from "../../../src/ports/table";
import type { UnflushedWrites } from "../../support/fake-grid";
import { cellWrite, type PeopleTab, people, peopleTab } from "./people-tab";
import { TABLE_MOVES } from "./table-moves";

const FIELD_COLUMNS = { email: 0, name: 1, phone: 3, city: 4 } as const;

/** The base knows what the first six people showed; nothing of the others. */
const shows: BaseShows = (recordId, field) => {
  const line = people(6).find((one) => one[5] === recordId);
  return line === undefined ? undefined : `t${line[FIELD_COLUMNS[field as keyof typeof FIELD_COLUMNS]]}`;
};

/** Seven linked people, one of them edited, one new to the base, formulas in two cells, and two rows without id. */
function mixedTab(): PeopleTab {
  const idless = ["x", "y"].map((one) => [`${one}@x.example`, `Name ${one}`, `note ${one}`, "", `City ${one}`, "", ""]);
  const tab = peopleTab([...people(7), ...idless]);
  tab.grid.user.type(tab.tabId, 5, 5, "typed");
  tab.grid.user.type(tab.tabId, 6, 5, "=A$6", "shown");
  tab.grid.user.type(tab.tabId, 9, 5, "=A$9", "shown too");
  tab.grid.resetCalls();
  return tab;
}

const chunk = (): TableChunk => ({
  cells: [
    cellWrite("101", "name", { from: "Name 1", to: "NEW.101.name" }),
    cellWrite("102", "city", { from: "City 2", to: "NEW.102.city" }),
    cellWrite("103", "city", { from: "City 3", to: "NEW.103.city" }),
    cellWrite("103", "name", { from: "Name 3", to: "NEW.103.name" }),
    cellWrite("104", "city", { from: "typed", to: "NEW.104.city" }),
    cellWrite("106", "phone", { from: "Phone 6", to: "" }),
  ],
  appends: ["901", "902"].map((recordId) => ({
    recordId,
    cells: { email: textValue(`NEW.${recordId}.email`), city: textValue(`NEW.${recordId}.city`) },
  })),
});

interface Trial {
  readonly move: (tab: PeopleTab) => void;
  /** The rows move before this call of the write, the execution ends before that one. */
  readonly moveAt: number;
  readonly killAt: number;
  readonly left: UnflushedWrites;
}

interface CutOff extends PeopleTab {
  readonly before: ChunkBefore;
  /** Writes that no flush had made last. */
  readonly unflushed: number;
  /** Writes and flushes in all. */
  readonly effects: number;
}

/** Journals the chunk, writes it, is killed; gives the tab as the next execution finds it. null: it was done before. */
function cutOff(trial: Trial): CutOff | null {
  const { grid, tabId, mapping, table } = mixedTab();
  const before = JSON.parse(JSON.stringify(table.before(chunk(), shows))) as ChunkBefore;
  grid.resetCalls();
  grid.before(trial.moveAt, () => trial.move({ grid, tabId, mapping, table }));
  grid.hooks.before = (call) => {
    if (call.k === trial.killAt) throw new Error("killed");
  };
  try {
    table.write(chunk());
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.message !== "killed") throw thrown;
  }
  const unflushed = grid.unflushed();
  const effects = grid.calls.filter((call) => call.kind !== "read" && call.k !== trial.killAt).length;
  grid.hooks = {};
  grid.settle(trial.left);
  grid.resetCalls();
  return { grid, tabId, mapping, table: createTable(grid, mapping), before, unflushed, effects };
}

/** Mapped cells by record id, rows without one under their cells. */
function mappedCells(tab: PeopleTab): Record<string, string> {
  const rows = tab.table.read().rows.map((row): [string, string] => {
    const cells = JSON.stringify(
      Object.entries(row.cells).map(([field, { value, formula }]) => [field, value, formula]),
    );
    return [row.recordId === "" ? cells : row.recordId, cells];
  });
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * All trials of a move, with the tab after the execution ended: where it happens, where the execution ends after the first
 * write, how many of the writes are kept.
 */
function* trialsOf(move: Trial["move"]): Generator<readonly [Trial, CutOff]> {
  for (let moveAt = 1; ; moveAt++) {
    let killAt = moveAt;
    let effects = 0;
    for (; ; killAt++) {
      const trial: Trial = { move, moveAt, killAt, left: "lost" };
      const tab = cutOff(trial);
      if (tab === null) break;
      // A call that only read leaves nothing else than the one before it.
      if (tab.effects === effects) continue;
      effects = tab.effects;
      yield [trial, tab];
      const prefixes = [1, 3, tab.unflushed].filter((one, i, all) => one <= tab.unflushed && all.indexOf(one) === i);
      for (const prefix of prefixes) {
        const more = { ...trial, left: { prefix } };
        const kept = cutOff(more);
        if (kept !== null) yield [more, kept];
      }
    }
    if (killAt === moveAt) return;
  }
}

/** What is wrong with the mapped cells after the repair: of rows nobody asked for, and values of the chunk in other rows. */
function wrongAfterRepair(tab: PeopleTab, untouched: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(mappedCells(tab)).flatMap(([id, cells]) => {
    const strays = [...cells.matchAll(/NEW\.(\d+)\.\w+/g)].filter(([, owner]) => owner !== id).map(([value]) => value);
    const asked = [...chunk().cells, ...chunk().appends].some((one) => one.recordId === id);
    return asked || cells === untouched[id] ? strays : [...strays, `${id}: ${cells}`];
  });
}

describe("I13: a chunk that was cut off while rows or columns moved", () => {
  it.each([["nothing", () => {}], ...TABLE_MOVES] as typeof TABLE_MOVES)(
    "%s: at every call, mended and repeated it comes to the same as one in peace",
    (_, move) => {
      const peace = mixedTab();
      move(peace);
      const untouched = mappedCells(peace);
      peace.table.write(chunk());
      const wanted = mappedCells(peace);
      let trials = 0;
      for (const [trial, tab] of trialsOf(move)) {
        trials += 1;
        tab.table.repair(chunk(), tab.before, shows);
        const wrong = wrongAfterRepair(tab, untouched);
        tab.table.write(chunk());
        const end = mappedCells(tab);
        if (wrong.length > 0 || JSON.stringify(end) !== JSON.stringify(wanted)) {
          expect({ trial, wrong, end }).toEqual({ trial, wrong: [], end: wanted });
        }
      }
      expect(trials).toBeGreaterThan(40);
    },
  );
});

/** Rows are sorted right before the first write, and the execution ends after the last one. */
function sortedUnder(left: UnflushedWrites = "kept"): CutOff {
  const peace = mixedTab();
  peace.table.write(chunk());
  const calls = peace.grid.calls.map((call) => call.method);
  const move = ({ grid, tabId }: PeopleTab) => grid.user.sortRows(tabId, 2, 1, false);
  const trial = { move, moveAt: calls.indexOf("writeValues") + 1, killAt: calls.indexOf("flush") + 1, left };
  const tab = cutOff(trial);
  if (tab === null) throw new Error("The write was not cut off.");
  return tab;
}

const strayRows = (tab: PeopleTab): readonly string[] =>
  Object.entries(mappedCells(tab)).flatMap(([id, cells]) =>
    [...cells.matchAll(/NEW\.(\d+)\.\w+/g)].filter(([, owner]) => owner !== id).map(([value]) => `${value} in ${id}`),
  );

describe("mending a chunk that was cut off", () => {
  it("takes two reads and no write where nothing is misplaced, whether the writes were kept or lost", () => {
    for (const left of ["kept", "lost", { prefix: 2 }] as const) {
      const calls = mixedTab();
      calls.table.write(chunk());
      const flush = calls.grid.calls.findIndex((call) => call.method === "flush") + 1;
      const cut = cutOff({ move: () => {}, moveAt: 1, killAt: flush, left });
      expect(cut?.table.repair(chunk(), cut.before, shows)).toBe(0);
      expect(cut?.grid.sheetCalls()).toBe(2);
      expect(cut?.grid.calls.filter((call) => call.kind !== "read")).toEqual([]);
    }
  });

  it("counts what it puts back", () => {
    const tab = sortedUnder();
    expect(strayRows(tab).length).toBeGreaterThan(3);
    expect(tab.table.repair(chunk(), tab.before, shows)).toBeGreaterThan(3);
    expect(strayRows(tab)).toEqual([]);
    tab.grid.resetCalls();
    expect(tab.table.repair(chunk(), tab.before, shows)).toBe(0);
  });

  it("finds values that are like no other again after the rows were sorted once more", () => {
    const tab = sortedUnder();
    tab.grid.user.sortRows(tab.tabId, 2, 2, true);
    tab.table.repair(chunk(), tab.before, shows);
    expect(strayRows(tab)).toEqual([]);
  });

  it("I13: comes to its end when it is killed itself at any call, whatever is left of its writes", () => {
    for (let killAt = 1; ; killAt++) {
      let done = false;
      for (const left of ["kept", "lost", { prefix: 1 }] as const) {
        const tab = sortedUnder();
        tab.grid.hooks.before = (call) => {
          if (call.k === killAt) throw new Error("killed");
        };
        try {
          tab.table.repair(chunk(), tab.before, shows);
          done = true;
        } catch {
          tab.grid.hooks = {};
          tab.grid.settle(left);
          const next = createTable(tab.grid, tab.mapping);
          next.repair(chunk(), tab.before, shows);
          expect(`${killAt} ${strayRows(tab)}`).toBe(`${killAt} `);
        }
      }
      if (done) break;
    }
  });

  it("I1: leaves what somebody typed since, though the chunk meant the same word for another row", () => {
    const words: TableChunk = { cells: [cellWrite("102", "city", { from: "City 2", to: "Rome" })], appends: [] };
    const { grid, tabId, table } = mixedTab();
    const before = table.before(words, shows);
    grid.user.insertRows(tabId, 2, 1);
    grid.user.type(tabId, 8, 5, "Rome");
    expect(table.repair(words, before, shows)).toBe(0);
    expect(grid.cell(tabId, 8, 5).value).toBe("Rome");
  });

  it("I1: leaves values that stood there before, and edits of cells whose value was written in its place", () => {
    const { grid, tabId, table } = mixedTab();
    grid.user.type(tabId, 8, 2, "NEW.103.name");
    const before = table.before(chunk(), shows);
    table.write(chunk());
    grid.user.type(tabId, 3, 5, "NEW.104.city");
    grid.user.sortRows(tabId, 2, 1, false);
    expect(table.repair(chunk(), before, shows)).toBe(0);
  });

  it("mends what was written again to save calls, in rows that took each other's place", () => {
    const rows = people(90).map((row, i) => [row[0] ?? "", ["Ada", "Grace", "Alan"][i % 3] ?? "", ...row.slice(2)]);
    const cells = Array.from({ length: 30 }, (_, i) => {
      return cellWrite(`10${i * 3 + 1}`, "name", { from: "Ada", to: `NEW.10${i * 3 + 1}` });
    });
    const known: BaseShows = (id, field) => {
      const line = rows.find((one) => one[5] === id);
      return line === undefined ? undefined : `t${String(line[FIELD_COLUMNS[field as keyof typeof FIELD_COLUMNS]])}`;
    };
    const { grid, tabId, table, mapping } = peopleTab(rows);
    const namesById = () => new Map(grid.values(tabId).map((line) => [line[5], line[1]]));
    const untouched = namesById();
    const before = table.before({ cells, appends: [] }, known);
    grid.hooks.before = (call) => {
      if (call.method === "writeValues") grid.user.sortRows(tabId, 2, 1, false);
      if (call.kind === "flush") throw new Error("killed");
    };
    expect(() => table.write({ cells, appends: [] })).toThrow("killed");
    grid.hooks = {};
    expect(namesById()).not.toEqual(untouched);
    createTable(grid, mapping).repair({ cells, appends: [] }, before, known);
    for (const [id, name] of namesById()) {
      if (name !== `NEW.${String(id)}`)
        expect(`${String(id)} ${String(name)}`).toBe(`${String(id)} ${String(untouched.get(id))}`);
    }
  });
});

describe("what is journaled before a chunk is written", () => {
  it("I1: cells that the base does not know, formulas, and rows without id; two reads", () => {
    const { grid, table } = mixedTab();
    const { cells, idless } = table.before({ ...chunk(), appends: [] }, shows);
    expect(cells.map((cell) => `${cell.recordId}.${cell.field} ${cell.formula ?? cell.value}`)).toEqual([
      "104.city ttyped",
      "105.city =A$6",
      "107.name tName 7",
      "107.phone tPhone 7",
      "107.city tCity 7",
    ]);
    expect(idless).toEqual([
      { email: "tx@x.example", name: "tName x", city: "tshown too" },
      { email: "ty@x.example", name: "tName y", city: "tCity y" },
    ]);
    expect(grid.sheetCalls()).toBe(2);
    expect(grid.calls.filter((call) => call.kind !== "read")).toEqual([]);
  });

  it("lists all mapped columns where rows are appended, and both rows that carry one id", () => {
    const { grid, tabId, table } = mixedTab();
    expect(table.before(chunk(), shows).cells.map((cell) => `${cell.recordId}.${cell.field}`)).toContain("107.email");
    grid.user.copyRows(tabId, 3, 1, 12);
    const { cells } = table.before({ ...chunk(), appends: [] }, shows);
    expect(cells.filter((cell) => cell.recordId === "102" && cell.field === "city")).toHaveLength(2);
  });
});
