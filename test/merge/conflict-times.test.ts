import type { ConflictTimes } from "../../src/domain/plan";
import { type ConflictTimesInput, knownConflicts, newestSide, timesOf } from "../../src/merge/conflict-times";
import { buildRecord } from "../support/merge-builders";

const MINUTE = 60_000;
const minutes = (from: number, to: number) => ({ fromMs: from * MINUTE, toMs: to * MINUTE });

function times(sheet: readonly [number, number], crm: readonly [number, number]): ConflictTimes {
  return { sheet: minutes(...sheet), crm: minutes(...crm) };
}

const NOW = { sheet: "tOslo", crm: "Bonn" };

/** Times of the city of record 1, which the CRM changed at `modified`; the last read was at 20, this one at 40. */
function cityTimes(modified: number, known: ConflictTimesInput["known"] = new Map()): ConflictTimes {
  const record = { ...buildRecord("1"), modifiedMs: modified * MINUTE };
  const input = { lastReadMs: 20 * MINUTE, nowMs: 40 * MINUTE, known };
  return timesOf({ record, field: "city" }, NOW, input);
}

const knownAs = (sheet: string, crm: string) => new Map([["1\ncity", { sheet, crm, times: times([1, 2], [3, 4]) }]]);

describe("F5 when the two sides of a conflict changed", () => {
  it("lies after the last read, in the sheet before this one, in the CRM at the record's last change at the latest", () => {
    expect(cityTimes(30)).toEqual(times([20, 40], [20, 30]));
  });

  it("takes the end of this read for a record without a time", () => {
    expect(cityTimes(0)).toEqual(times([20, 40], [20, 40]));
  });

  it("knows no lower bound where the last read should have seen the change and saw no conflict", () => {
    expect(cityTimes(20)).toEqual(times([0, 40], [0, 20]));
    expect(newestSide(cityTimes(10))).toBeNull();
  });

  it.each([
    ["neither side", NOW.sheet, NOW.crm, times([1, 2], [3, 4])],
    ["the sheet", "tRome", NOW.crm, times([20, 40], [3, 4])],
    ["the CRM", NOW.sheet, "Rome", times([1, 2], [20, 30])],
    ["both sides", "tRome", "Rome", times([20, 40], [20, 30])],
  ])(
    "an open conflict keeps the time of a side that did not change since: %s changed",
    (_title, sheet, crm, expected) => {
      expect(cityTimes(30, knownAs(sheet, crm))).toEqual(expected);
    },
  );

  it("a conflict of another field or record says nothing", () => {
    const other = new Map([["1\nname", { ...NOW, times: times([1, 2], [3, 4]) }]]);
    expect(cityTimes(30, other)).toEqual(times([20, 40], [20, 30]));
  });
});

describe("F5 the newer side", () => {
  it.each([
    ["apart by two minutes", times([12, 20], [5, 10]), "sheet"],
    ["apart by less", times([11.9, 20], [5, 10]), null],
    ["touching", times([10, 20], [5, 10]), null],
    ["overlapping", times([0, 20], [5, 10]), null],
    ["apart by two minutes the other way", times([5, 10], [12, 20]), "crm"],
    ["apart by less the other way", times([5, 10], [11.9, 20]), null],
    ["the same", times([5, 10], [5, 10]), null],
  ])("of two times that are %s", (_title, given, expected) => {
    expect(newestSide(given)).toBe(expected);
  });
});

describe("conflicts that the next run knows", () => {
  const conflict = { ...NOW, recordId: "1", title: "Ann", rowNumber: 2, field: "city", base: null, rule: "F5" };

  it("are those with times", () => {
    const given = times([1, 2], [3, 4]);
    const known = knownConflicts([
      { ...conflict, times: given },
      { ...conflict, recordId: "2" },
    ]);
    expect([...known]).toEqual([["1\ncity", { ...NOW, times: given }]]);
  });
});
