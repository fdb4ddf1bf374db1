import fc from "fast-check";
import { createTable } from "../../../src/adapters/sheet/create-table";
import { textValue } from "../../../src/domain/value";
import type { BaseShows, ChunkBefore, TableChunk } from "../../../src/ports/table";
import { cellWrite, type PeopleTab, people, peopleTab } from "./people-tab";

/** The same trials in every run: about one in ten writes into a row that moved. */
const TRIALS = { numRuns: 400, seed: 20_260 };

const COLUMNS = { email: 0, name: 1, phone: 3, city: 4 } as const;
const FIELDS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

type Move = (tab: PeopleTab) => void;

const row = fc.integer({ min: 2, max: 14 });
const column = fc.integer({ min: 1, max: 7 });
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ by: fc.constantFrom(1, 2, 4, 6), up: fc.boolean() }).map(
    ({ by, up }): Move =>
      ({ grid, tabId }) =>
        grid.user.sortRows(tabId, 2, by, up),
  ),
  fc.record({ at: fc.integer({ min: 1, max: 14 }), count: fc.integer({ min: 1, max: 4 }) }).map(
    ({ at, count }): Move =>
      ({ grid, tabId }) =>
        grid.user.insertRows(tabId, at, count),
  ),
  // Not the last row: nobody can tell whether it was deleted or written over.
  fc.record({ at: fc.integer({ min: 2, max: 11 }) }).map(
    ({ at }): Move =>
      ({ grid, tabId }) =>
        grid.user.deleteRows(tabId, at, 1),
  ),
  fc.record({ from: row, to: row }).map(
    ({ from, to }): Move =>
      ({ grid, tabId }) =>
        grid.user.moveRows(tabId, from, 1, to),
  ),
  fc.record({ from: column, to: column }).map(
    ({ from, to }): Move =>
      ({ grid, tabId }) =>
        grid.user.moveColumn(tabId, from, to),
  ),
  fc.record({ at: column }).map(
    ({ at }): Move =>
      ({ grid, tabId }) =>
        grid.user.insertColumns(tabId, at, 1),
  ),
);

const chunk: fc.Arbitrary<TableChunk> = fc
  .record({
    cells: fc.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 9 }), field: fc.constantFrom(...FIELDS) }), {
      maxLength: 12,
      selector: ({ n, field }) => `${n} ${field}`,
    }),
    appends: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ cells, appends }) => ({
    cells: cells
      .filter(({ n, field }) => !(n === 4 && field === "city") && !(n === 6 && field === "phone"))
      .map(({ n, field }) => {
        const from = String(people(9)[n - 1]?.[COLUMNS[field]]);
        return cellWrite(`10${n}`, field, { from, to: `NEW.10${n}.${field}` });
      }),
    appends: Array.from({ length: appends }, (_, i) => ({
      recordId: `90${i}`,
      cells: { email: textValue(`NEW.90${i}.email`), city: textValue(`NEW.90${i}.city`) },
    })),
  }));

/** The base knows eight of the nine people; one cell was edited since, one holds a formula; two rows have no id. */
const shows: BaseShows = (recordId, field) => {
  const line = people(8).find((one) => one[5] === recordId);
  return line === undefined ? undefined : `t${line[COLUMNS[field as keyof typeof COLUMNS]]}`;
};

function town(): PeopleTab {
  const [x = [], y = []] = ["x", "y"].map((one) => {
    return [`${one}@x.example`, `Name ${one}`, `note ${one}`, `Phone ${one}`, `City ${one}`, "", ""];
  });
  const tab = peopleTab([...people(4), x, ...people(9).slice(4), y]);
  tab.grid.user.type(tab.tabId, 5, 5, "typed");
  tab.grid.user.type(tab.tabId, 8, 4, "=A$6", "shown");
  tab.grid.resetCalls();
  return tab;
}

/** Mapped cells by record id, rows without one by their cells; null: the table cannot be read. */
function cellsById({ table }: PeopleTab): Record<string, string> | null {
  const { problem, rows } = table.read();
  if (problem !== null) return null;
  const lines = rows.map(({ recordId, cells }): [string, string] => {
    const line = JSON.stringify(Object.entries(cells).map(([field, { value, formula }]) => [field, value, formula]));
    return [recordId === "" ? line : recordId, line];
  });
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Values of the chunk in rows of others, rows that went, and rows that nobody asked for and that changed. */
function wrongCells(now: Record<string, string>, ideal: Record<string, string>, asked: TableChunk): readonly string[] {
  const own = new Set([...asked.cells, ...asked.appends].map((one) => one.recordId));
  const lost = Object.keys(ideal).filter((id) => now[id] === undefined);
  return Object.entries(now)
    .flatMap(([id, line]) => {
      const strays = [...line.matchAll(/NEW\.(\d+)\.\w+/g)]
        .filter(([, owner]) => owner !== id)
        .map(([value]) => `${value} in ${id}`);
      return own.has(id) || line === ideal[id] ? strays : [...strays, `${id} ${line}`];
    })
    .concat(lost);
}

describe("I6: rows and columns that move at any call of a write", () => {
  it("keep their values, and a second write in peace completes the first", () => {
    fc.assert(
      fc.property(chunk, move, fc.integer({ min: 1, max: 20 }), (asked, act, at) => {
        const tab = town();
        tab.grid.before(at, () => act(tab));
        tab.table.write(asked);
        const peace = town();
        if (tab.grid.calls.length >= at) act(peace);
        tab.grid.resetCalls();
        const ideal = cellsById(peace);
        if (ideal === null) return;
        expect(wrongCells(cellsById(tab) ?? {}, ideal, asked)).toEqual([]);
        tab.table.write(asked);
        peace.table.write(asked);
        expect(cellsById(tab)).toEqual(cellsById(peace));
      }),
      TRIALS,
    );
  });

  it("I13: keep their values when the write is cut off and mended, and the repeated chunk completes it", () => {
    const place = fc.record({ at: fc.integer({ min: 1, max: 20 }), gap: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(chunk, move, place, fc.integer({ min: 0, max: 12 }), (asked, act, { at, gap }, prefix) => {
        const { grid, tabId, mapping, table } = town();
        const before = JSON.parse(JSON.stringify(table.before(asked, shows))) as ChunkBefore;
        grid.resetCalls();
        grid.before(at, () => act({ grid, tabId, mapping, table }));
        grid.hooks.before = (call) => {
          if (call.k >= at + gap) throw new Error("killed");
        };
        try {
          table.write(asked);
        } catch {
          grid.hooks = {};
          grid.settle({ prefix });
        }
        grid.hooks = {};
        const peace = town();
        if (grid.calls.length >= at) act(peace);
        grid.resetCalls();
        const ideal = cellsById(peace);
        if (ideal === null) return;
        const tab = { grid, tabId, mapping, table: createTable(grid, mapping) };
        tab.table.repair(asked, before, shows);
        expect(wrongCells(cellsById(tab) ?? {}, ideal, asked)).toEqual([]);
        tab.table.write(asked);
        peace.table.write(asked);
        expect(cellsById(tab)).toEqual(cellsById(peace));
      }),
      TRIALS,
    );
  });
});
