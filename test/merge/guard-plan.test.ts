import { DEFAULT_GUARD } from "../../src/domain/mapping";
import type { Row } from "../../src/domain/row";
import { planSync } from "../../src/merge/plan-sync";
import { buildField } from "../support/fake-schema";
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

/** `linked` pairs in step but for the city of the first `blanked` ones, which the CRM emptied. */
function blankedByCrm(linked: number, blanked: number): WorldSpec {
  const spec = world(linked, {});
  const records = (spec.records ?? []).map((record, at) =>
    at < blanked ? { ...record, values: { ...record.values, city: "" } } : record,
  );
  return { ...spec, records };
}

function guardsOf(spec: WorldSpec): string[] {
  return planSync(buildPlanInput(spec)).guard.map(({ kind, count }) => `${kind} ${count}`);
}

const messagesOf = (spec: WorldSpec) => planSync(buildPlanInput(spec)).guard.map(({ message }) => message);

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

  it("shows what a first sync would link and fill, and asks nothing else about it", () => {
    const rows = numbers(30).map((at) => buildRow(at + 2, "", `p${at}@x.com`, `Name ${at}`));
    expect(guardsOf({ ...world(30, {}), rows, snapshot: new Map() })).toEqual(["first-sync 60"]);
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

  it.each<[string, readonly string[] | null]>([
    ["is blank on both sides", ["city"]],
    ["is not known yet", null],
  ])("clears: a record whose field %s counts as none that was filled", (_title, blank) => {
    const spec = world(40, { blanked: 6 });
    const base = [...(spec.snapshot ?? [])].map(([id, shadows], at) => {
      if (at < 20) return [id, shadows] as const;
      const { city: _city, ...others } = shadows;
      return [id, blank ? { ...others, city: { sheet: "", crm: "" } } : others] as const;
    });
    const rows = (spec.rows ?? []).map((row, at) =>
      at < 20 ? row : buildRow(at + 2, `${at}`, ...values(at).slice(0, 2)),
    );
    const records = (spec.records ?? []).map((record, at) =>
      at < 20 ? record : buildRecord(`${at}`, ...values(at).slice(0, 2)),
    );
    expect(guardsOf({ ...spec, rows, records, snapshot: new Map(base) })).toEqual(["many-clears 6"]);
  });

  it.each([
    ["rows", { rows: 40, records: 0 }, ["side-shrank 10"]],
    ["records", { rows: 0, records: 40 }, ["side-shrank 10"]],
    ["neither", { rows: 20, records: 20 }, []],
  ])("a side that reads less than half: %s", (_title, lastSizes, expected) => {
    expect(guardsOf({ ...world(10, {}), lastSizes })).toEqual(expected);
  });

  it("judges no side that held fewer than 20", () => {
    expect(guardsOf({ ...world(1, {}), lastSizes: { rows: 19, records: 19 } })).toEqual([]);
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

    it.each([
      [
        "one record to archive",
        ended(20, { removed: 1 }),
        ["It would archive 1 record in the CRM because its row was removed."],
      ],
      [
        "two records to archive",
        ended(20, { removed: 2 }),
        ["It would archive 2 records in the CRM because their rows were removed."],
      ],
      [
        "rows to remove",
        ended(20, { gone: 6 }),
        ["It would remove 6 rows and archive 0 records; more than 5 of both need your approval."],
      ],
      [
        "rows and records",
        ended(85, { gone: 8, removed: 1 }),
        [
          "It would archive 1 record in the CRM because its row was removed.",
          "It would remove 8 rows and archive 1 record; more than 8 of both need your approval.",
        ],
      ],
    ])("R6 R8 says how many of what: %s", (_title, spec, expected) => {
      expect(messagesOf(spec)).toEqual(expected);
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
    expect(guardsOf(blankedByCrm(20, 6))).toEqual(["many-clears 6"]);
  });

  it.each<[string, WorldSpec, readonly string[]]>([
    ["new records", world(10, { added: 21 }), ["It would create 21 records; more than 20 need your approval."]],
    [
      "half of an odd number",
      world(61, { added: 31 }),
      ["It would create 31 records; more than 30 need your approval."],
    ],
    [
      "one record of a first sync",
      world(0, { added: 1 }),
      ["This is the first sync. It would create 1 record in the CRM."],
    ],
    [
      "links of a first sync",
      { ...world(2, {}), rows: [buildRow(2, "", ...values(0))], snapshot: new Map() },
      ["This is the first sync. Check what would be linked and filled in."],
    ],
    [
      "changes of the CRM",
      world(30, { edited: 21 }),
      ["It would change 21 of 30 linked records in the CRM. Check that no format or time zone slipped."],
    ],
    [
      "changes of the sheet",
      world(30, { changed: 21 }),
      ["It would change 21 of 30 linked rows in the sheet. Check that no format or time zone slipped."],
    ],
    ["blanks for the CRM", world(20, { blanked: 6 }), ['It would clear "City" in 6 records.']],
    ["blanks for the sheet", blankedByCrm(20, 6), ['It would clear "City" in 6 rows.']],
    [
      "one blank under a limit of none",
      { ...world(20, { blanked: 1 }), guard: { ...DEFAULT_GUARD, clearFloor: 0, clearShare: 0 } },
      ['It would clear "City" in 1 record.'],
    ],
    [
      "a field that the CRM does not know any more",
      { ...world(20, { blanked: 6 }), schema: { ...PEOPLE, fields: PEOPLE.fields.slice(0, 2) } },
      ['It would clear "city" in 6 records.'],
    ],
    [
      "R19 a damaged base",
      { ...world(5, {}), baseDamaged: true },
      [
        "What the last run remembered is damaged. Equal values were linked again; check the differences before you go on.",
      ],
    ],
  ])("says what it asks about: %s", (_title, spec, expected) => {
    expect(messagesOf(spec)).toEqual(expected);
  });

  it("says of a side that shrank what it held and what it holds, and from where on it asks", () => {
    const spec = { ...world(10, {}), lastSizes: { rows: 41, records: 40 } };
    expect(planSync(buildPlanInput(spec)).guard).toEqual([
      {
        kind: "side-shrank",
        count: 10,
        limit: 21,
        message: "The sheet had 41 rows at the last run and now has 10. If that is right, run anyway.",
      },
      {
        kind: "side-shrank",
        count: 10,
        limit: 20,
        message: "The CRM had 40 records at the last run and now has 10. If that is right, run anyway.",
      },
    ]);
  });

  describe("F1 after the spreadsheet's time zone changed", () => {
    const SEEN = buildField({ name: "seen", type: "datetime" });
    const AT = "2026-07-01T12:00:00.000Z";

    /** `count` pairs whose row shows a time of the old zone, and two others; the first city was edited, the rest changed. */
    const moved = (count: number, zoneChanged: boolean): WorldSpec => {
      const spec = world(count + 2, { edited: 1, changed: count + 1 });
      const seen = { value: { kind: "wall", text: "2026-07-01T14:00:00" }, formula: null } as const;
      const old = { sheet: "w2026-07-01T14:00:00", crm: AT };
      return {
        fields: [...(spec.fields ?? []), buildPlanField(SEEN)],
        schema: { ...PEOPLE, fields: [...PEOPLE.fields, SEEN] },
        rows: (spec.rows ?? []).map((row, at) => (at < count ? { ...row, cells: { ...row.cells, seen } } : row)),
        records: (spec.records ?? []).map((record, at) =>
          at < count ? { ...record, values: { ...record.values, seen: AT } } : record,
        ),
        snapshot: new Map(
          [...(spec.snapshot ?? [])].map(([id, shadows], at) => [id, at < count ? { ...shadows, seen: old } : shadows]),
        ),
        zoneChanged,
      };
    };

    it.each([
      [1, "The spreadsheet's time zone changed. 1 row would show their times in the new zone."],
      [2, "The spreadsheet's time zone changed. 2 rows would show their times in the new zone."],
    ])("asks before it rewrites the times of %i rows", (count, message) => {
      expect(planSync(buildPlanInput(moved(count, true))).guard).toEqual([
        { kind: "zone-changed", count, limit: 0, message },
      ]);
    });

    it.each([true, false])("asks about no label that an option lost, zone changed: %s", (zoneChanged) => {
      const stage = buildField({ name: "stage", type: "choice", options: [{ value: "s1", label: "New label" }] });
      const label = { value: { kind: "text", text: "Old label" }, formula: null } as const;
      const row = buildRow(2, "0", ...values(0));
      const record = buildRecord("0", ...values(0));
      const shadows = buildSnapshot({ 0: values(0) }).get("0");
      const plan = planSync(
        buildPlanInput({
          fields: [buildPlanField(stage)],
          schema: { ...PEOPLE, fields: [...PEOPLE.fields, stage] },
          rows: [{ ...row, cells: { ...row.cells, stage: label } }],
          records: [{ ...record, values: { ...record.values, stage: "s1" } }],
          snapshot: new Map([["0", { ...shadows, stage: { sheet: "tOld label", crm: "s1" } }]]),
          zoneChanged,
        }),
      );
      expect(plan.operations).toMatchObject([{ kind: "write-cells", cells: [{ rule: "F1", to: "tNew label" }] }]);
      expect(plan.guard).toEqual([]);
    });

    it("counts no time that the CRM changed", () => {
      const spec = moved(2, true);
      const later = (spec.records ?? []).map((record, at) =>
        at === 0 ? { ...record, values: { ...record.values, seen: "2026-08-02T10:00:00.000Z" } } : record,
      );
      const plan = planSync(buildPlanInput({ ...spec, records: later }));
      expect(plan.guard).toMatchObject([{ kind: "zone-changed", count: 1 }]);
    });

    it("asks about no other cells and nothing while the zone stays", () => {
      expect(guardsOf(moved(0, true))).toEqual([]);
      expect(guardsOf(moved(2, false))).toEqual([]);
    });
  });
});
