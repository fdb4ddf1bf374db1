import type { Row } from "../../src/domain/row";
import { planSync } from "../../src/merge/plan-sync";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  PEOPLE,
  type WorldSpec,
} from "../support/merge-builders";

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, at) => at + from);
const values = (at: number) => [`p${at}@x.com`, `Name ${at}`, "Rome"] as const;

/** `linked` pairs in step; the first `edited` rows and the last `changed` records have another city. */
function world(
  linked: number,
  spec: { edited?: number; changed?: number; blanked?: number; added?: number },
): WorldSpec {
  const { edited = 0, changed = 0, blanked = 0, added = 0 } = spec;
  const city = (at: number) => (at < blanked ? "" : at < edited ? "Oslo" : "Rome");
  const rows: Row[] = numbers(linked).map((at) => buildRow(at + 2, `${at}`, `p${at}@x.com`, `Name ${at}`, city(at)));
  const news = numbers(added, linked).map((at) => buildRow(at + 2, "", ...values(at)));
  const records = numbers(linked).map((at) =>
    buildRecord(`${at}`, `p${at}@x.com`, `Name ${at}`, at >= linked - changed ? "Bonn" : "Rome"),
  );
  const fields = PEOPLE.fields.map((field) => buildPlanField(field, { blank: "clear" }));
  const snapshot = buildSnapshot(Object.fromEntries(numbers(linked).map((at) => [at, values(at)])));
  return { rows: [...rows, ...news], records, snapshot, fields };
}

function guardsOf(spec: WorldSpec): string[] {
  return planSync(buildPlanInput(spec)).guard.map(({ kind, count }) => `${kind} ${count}`);
}

describe("limits that a plan may not pass unasked", () => {
  it.each([
    [10, 20, []],
    [10, 21, ["many-creates 21"]],
    [60, 30, []],
    [60, 31, ["many-creates 31"]],
    [300, 100, []],
    [300, 101, ["many-creates 101"]],
  ])("creates: with %i linked pairs %i new rows ask for %j", (linked, added, expected) => {
    expect(guardsOf(world(linked, { added }))).toEqual(expected);
  });

  it("asks for every create of a first sync", () => {
    expect(guardsOf(world(0, { added: 1 }))).toEqual(["first-sync-creates 1"]);
  });

  it("asks for nothing in a first sync that creates nothing", () => {
    const spec = world(30, {});
    expect(guardsOf({ ...spec, snapshot: new Map() })).toEqual([]);
  });

  it.each([
    [20, 20, []],
    [30, 20, []],
    [30, 21, ["many-changes 21"]],
    [60, 30, []],
    [60, 31, ["many-changes 31"]],
  ])("changes: of %i linked pairs %i edited rows ask for %j", (linked, edited, expected) => {
    expect(guardsOf(world(linked, { edited }))).toEqual(expected);
  });

  it("counts changes of the sheet and of the CRM apart", () => {
    expect(guardsOf(world(60, { edited: 30, changed: 30 }))).toEqual([]);
    expect(guardsOf(world(60, { changed: 31 }))).toEqual(["many-changes 31"]);
  });

  it.each([
    [20, 5, []],
    [20, 6, ["many-clears 6"]],
    [50, 10, []],
    [50, 11, ["many-clears 11"]],
  ])("clears: of %i filled fields %i emptied cells ask for %j", (linked, blanked, expected) => {
    expect(guardsOf(world(linked, { blanked }))).toEqual(expected);
  });

  it("names the field that would be cleared", () => {
    const [finding] = planSync(buildPlanInput(world(20, { blanked: 6 }))).guard;
    expect(finding?.message).toContain('"City"');
  });

  it.each([
    ["rows", { rows: 40, records: 0 }, ["side-shrank 10"]],
    ["records", { rows: 0, records: 40 }, ["side-shrank 10"]],
    ["neither", { rows: 20, records: 20 }, []],
    ["too few to tell", { rows: 19, records: 19 }, []],
  ])("a side that reads less than half: %s", (_title, lastSizes, expected) => {
    expect(guardsOf({ ...world(10, {}), lastSizes })).toEqual(expected);
  });

  it("asks when a side of 20 reads empty", () => {
    expect(guardsOf({ lastSizes: { rows: 20, records: 20 } })).toEqual(["side-shrank 0", "side-shrank 0"]);
  });

  it("judges the CRM's size only by a complete list", () => {
    expect(guardsOf({ complete: false, lastSizes: { rows: 0, records: 40 } })).toEqual([]);
  });

  describe("deletions", () => {
    /** `linked` pairs in step; the records of the last `gone` ones are deleted, the rows of the first `removed` ones. */
    const ended = (linked: number, spec: { gone?: number; removed?: number }): WorldSpec => {
      const all = world(linked, {});
      return {
        ...all,
        rows: (all.rows ?? []).slice(spec.removed ?? 0),
        records: (all.records ?? []).slice(0, linked - (spec.gone ?? 0)),
        gone: "remove-row",
        removedRows: "archive",
      };
    };

    it.each([
      [20, 5, []],
      [20, 6, ["many-deletes 6"]],
      [80, 8, []],
      [80, 9, ["many-deletes 9"]],
    ])("R6 of %i linked pairs %i rows to remove ask for %j", (linked, gone, expected) => {
      expect(guardsOf(ended(linked, { gone }))).toEqual(expected);
    });

    it.each([
      [20, 1, ["many-deletes 1"]],
      [20, 5, ["many-deletes 5"]],
      [20, 6, ["many-deletes 6", "many-deletes 6"]],
    ])(
      "R8 of %i linked pairs %i records to archive ask for %j: every archive is asked about",
      (linked, removed, expected) => {
        expect(guardsOf(ended(linked, { removed }))).toEqual(expected);
      },
    );

    it("R6 R8 rows and records share one limit", () => {
      expect(guardsOf(ended(40, { gone: 3, removed: 3 }))).toEqual(["many-deletes 3", "many-deletes 6"]);
    });

    it("R6 asks about no row that is only marked or unlinked", () => {
      expect(guardsOf({ ...ended(20, { gone: 9 }), gone: "unlink" })).toEqual([]);
      expect(guardsOf({ ...ended(20, { gone: 9 }), gone: "mark" })).toEqual([]);
    });

    it("takes the limits from the mapping", () => {
      const guard = { ...buildPlanInput().guard, deleteFloor: 0, deleteShare: 0 };
      expect(guardsOf({ ...ended(20, { gone: 1 }), guard })).toEqual(["many-deletes 1"]);
    });

    it("says how many of what", () => {
      const [archives] = planSync(buildPlanInput(ended(20, { removed: 2 }))).guard;
      expect(archives?.message).toContain("archive 2 records");
    });
  });

  it("R19 asks after the base was damaged", () => {
    expect(guardsOf({ ...world(5, {}), baseDamaged: true })).toEqual(["base-damaged 1"]);
  });

  it("lets an ordinary run go", () => {
    expect(guardsOf(world(40, { edited: 5, changed: 5, added: 3 }))).toEqual([]);
  });

  it("takes the limits from the mapping", () => {
    const guard = { ...buildPlanInput().guard, changeFloor: 1, changeShare: 0 };
    expect(guardsOf({ ...world(10, { edited: 2 }), guard })).toEqual(["many-changes 2"]);
  });

  it("asks when the CRM's blanks would clear many cells", () => {
    const spec = world(20, {});
    const records = (spec.records ?? []).map((record, at) =>
      at < 6 ? { ...record, values: { ...record.values, city: "" } } : record,
    );
    expect(guardsOf({ ...spec, records })).toEqual(["many-clears 6"]);
  });
});
