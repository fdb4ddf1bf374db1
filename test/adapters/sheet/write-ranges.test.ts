import fc from "fast-check";
import { groupCells, type PlacedCell } from "../../../src/adapters/sheet/write/write-ranges";

const at = (row: number, column: number): PlacedCell => ({ row, column, value: `${row}.${column}` });

describe("grouping cells into rectangles", () => {
  it("makes one rectangle of a block and one of a lone cell", () => {
    const writes = groupCells([at(2, 3), at(3, 3), at(2, 4), at(3, 4), at(9, 1)]);
    expect(writes.map((write) => write.rect)).toEqual([
      { row: 9, column: 1, rows: 1, columns: 1 },
      { row: 2, column: 3, rows: 2, columns: 2 },
    ]);
  });

  it("covers every cell exactly once with its own value and nothing else", () => {
    const cell = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: ([r, c]) => r * 100 + c }), (places) => {
        const cells = places.map(([r, c]) => at(r, c));
        const covered = groupCells(cells).flatMap(({ rect, values }) =>
          values.flatMap((line, r) =>
            line.map((value, c) => {
              expect(value).toBe(`${rect.row + r}.${rect.column + c}`);
              return value;
            }),
          ),
        );
        expect([...covered].sort()).toEqual(cells.map((one) => one.value).sort());
      }),
    );
  });

  it("bridges the smallest gaps when there would be more than 24 rectangles", () => {
    const cells = Array.from({ length: 200 }, (_, i) => at(i * 5 + (i % 3), 2));
    const writes = groupCells(cells, (row) => `old ${row}`);
    expect(writes.length).toBeLessThanOrEqual(24);
    const written = new Map(
      writes.flatMap(({ rect, values }) => values.map(([value], r) => [rect.row + r, value] as const)),
    );
    for (const one of cells) expect(written.get(one.row)).toBe(one.value);
    const bridged = [...written].filter(([row]) => !cells.some((one) => one.row === row));
    expect(bridged.length).toBeGreaterThan(0);
    for (const [row, value] of bridged) expect(value).toBe(`old ${row}`);
  });

  it("bridges equal gaps of neighbouring columns alike, so that they stay one rectangle", () => {
    const cells = Array.from({ length: 40 }, (_, i) => [at(i * 4 + 2, 2), at(i * 4 + 2, 3)]).flat();
    expect(groupCells(cells, () => "old")).toHaveLength(1);
  });

  it("never writes over a cell that may not be bridged", () => {
    const cells = Array.from({ length: 60 }, (_, i) => at(i * 2 + 2, 1));
    const writes = groupCells(cells, (row) => (row % 4 === 3 ? null : "old"));
    for (const { rect } of writes) {
      for (let row = rect.row; row < rect.row + rect.rows; row++) expect(row % 4).not.toBe(3);
    }
  });
});
