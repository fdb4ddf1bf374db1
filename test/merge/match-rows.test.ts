import type { CrmRecord, RecordId, RecordRead } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import { type MatchResult, matchRows } from "../../src/merge/match-rows";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  buildSurvivor,
  CITY,
  EMAIL,
  formulaCell,
  NAME,
  PEOPLE,
  type WorldSpec,
} from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const BOB = ["bob@x.com", "Bob", "Oslo"] as const;
const annRow = (rowNumber: number, id: RecordId) => buildRow(rowNumber, id, ...ANN);
const bobRow = (rowNumber: number, id: RecordId) => buildRow(rowNumber, id, ...BOB);
const ann = (id: RecordId) => buildRecord(id, ...ANN);
const bob = (id: RecordId) => buildRecord(id, ...BOB);

/** A match in few words: which row goes with which record, and what was found about whom. */
interface MatchWords {
  readonly pairs: readonly string[];
  readonly creates: readonly number[];
  readonly appends: readonly RecordId[];
  readonly gone: readonly number[];
  readonly findings: readonly string[];
}

function inWords(match: MatchResult): MatchWords {
  return {
    pairs: match.pairs.map(({ row, record, relink }) => `${row.rowNumber}=${record.id}${relink ? ` ${relink}` : ""}`),
    creates: match.newRows.map((row) => row.rowNumber),
    appends: match.newRecords.map((record) => record.id),
    gone: match.goneRows.map(({ row }) => row.rowNumber),
    findings: match.findings.map(({ rule, severity, rowNumber }) => `${rule} ${severity} ${rowNumber}`),
  };
}

const match = (spec: WorldSpec) => matchRows(buildPlanInput(spec));
const NOTHING: MatchWords = { pairs: [], creates: [], appends: [], gone: [], findings: [] };

interface Case extends Partial<MatchWords> {
  readonly rows?: readonly Row[];
  readonly records?: readonly CrmRecord[];
  readonly more?: WorldSpec;
}

const base = buildSnapshot({ 1: ANN });
const baseOfTwo = buildSnapshot({ 1: ANN, 2: BOB });
const ERROR = { kind: "unreadable", text: "#N/A" } as const;
const unreadable: RecordRead = { kind: "unreadable", askedId: "1", reason: "no access" };

const CASES: readonly (readonly [title: string, given: Case])[] = [
  ["a linked row goes with its record", { rows: [annRow(2, "1")], records: [ann("1")], pairs: ["2=1"] }],
  [
    "R1 a row whose key nobody has is created",
    { rows: [annRow(2, "")], records: [bob("2")], creates: [2], appends: ["2"] },
  ],
  ["R1 a row with a blank key but a needed field is created", { rows: [buildRow(2, "", "", "Ann")], creates: [2] }],
  ["R2 a row links to the only record with its key", { rows: [annRow(2, "")], records: [ann("1")], pairs: ["2=1 R2"] }],
  [
    "R2 keys are compared without case and outer spaces",
    { rows: [buildRow(2, "", " ANN@x.com ")], records: [ann("1")], pairs: ["2=1 R2"] },
  ],
  [
    "R3 a key of several records links nobody and appends none of them",
    { rows: [annRow(2, "")], records: [ann("1"), ann("2")], findings: ["R3 error 2"] },
  ],
  ["R3 a row whose create is on its way waits", { rows: [annRow(2, "pending:t1")], findings: ["R3 error 2"] }],
  [
    "R4 new rows that share a key are not created",
    { rows: [annRow(2, ""), annRow(3, ""), bobRow(4, "")], creates: [4], findings: ["R4 error 2", "R4 error 3"] },
  ],
  [
    "R4 rows that share the key of a record do not link to it, and it is not appended",
    { rows: [annRow(2, ""), annRow(3, "")], records: [ann("1")], findings: ["R4 error 2", "R4 error 3"] },
  ],
  [
    "R4 a blank key is shared by nobody",
    { rows: [buildRow(2, "", "", "Ann"), buildRow(3, "", "", "Ann")], creates: [2, 3] },
  ],
  ["R5 a record without row is appended", { records: [ann("1")], appends: ["1"] }],
  ["R5 no record is appended from a list that is not complete", { records: [ann("1")], more: { complete: false } }],
  ["R5 a record with a tombstone is not appended", { records: [ann("1")], more: { tombstones: new Set(["1"]) } }],
  [
    "R5 a record that no listing brought is not appended, though it was read",
    { records: [ann("1"), bob("2")], more: { listed: new Set(["2"]) }, appends: ["2"] },
  ],
  [
    "R5 a record that may be what the create of a row made is not appended: by its key",
    { rows: [annRow(2, "pending:t1")], records: [ann("1"), bob("2")], appends: ["2"], findings: ["R3 error 2"] },
  ],
  [
    "R5 a record that may be what the create of a row made is not appended: by all its values",
    {
      rows: [buildRow(2, "pending:t1", "", "Ann", "Rome")],
      records: [buildRecord("1", "", "Ann", "Rome"), buildRecord("2", "", "Ann", "Oslo")],
      appends: ["2"],
      findings: ["R3 error 2"],
    },
  ],
  [
    "R5 a record that may be what the create of a row made is not appended: by the cells that are filled and can be read",
    {
      rows: [buildRow(2, "pending:t1", "", "Ann"), buildRow(3, "pending:t2", "", "Bob", ERROR)],
      records: [buildRecord("1", "", "Ann", "Rome"), buildRecord("2", "", "Bob", "Oslo"), buildRecord("3", "", "Eve")],
      appends: ["3"],
      findings: ["R3 error 2", "R3 error 3"],
    },
  ],
  [
    "R5 a row whose create is on its way holds back no record that lacks one of its values",
    {
      rows: [buildRow(2, "pending:t1", "", "Ann", "Rome")],
      records: [{ ...buildRecord("1"), values: { name: "Ann" } }],
      appends: ["1"],
      findings: ["R3 error 2"],
    },
  ],
  [
    "R5 a row with a token that shows nothing holds back no record",
    { rows: [buildRow(2, "pending:t1")], records: [ann("1")], appends: ["1"], findings: ["R3 error 2"] },
  ],
  [
    "R5 a record that took over one that nobody knows is a new one",
    { records: [buildSurvivor(["99"], ann("1"))], appends: ["1"] },
  ],
  [
    "R16 a new row with the key of a row whose create is on its way is a duplicate",
    { rows: [annRow(2, "pending:t1"), annRow(3, "")], findings: ["R3 error 2", "R16 error 3"] },
  ],
  [
    "R6 an unlinked row takes no part: its record is appended and its key is free",
    { rows: [annRow(2, "unlinked:1"), bobRow(3, "")], records: [ann("1")], creates: [3], appends: ["1"] },
  ],
  [
    "R2 a row finds its record again whose old row was unlinked",
    { rows: [annRow(2, "unlinked:1"), annRow(3, "")], records: [ann("1")], pairs: ["3=1 R2"] },
  ],
  [
    "R11 of two copies of the survivor's row the one that equals the base goes on, the merged record's row is frozen",
    {
      rows: [annRow(2, "1"), buildRow(3, "2", "copy@x.com"), bobRow(4, "2")],
      records: [buildSurvivor(["1"], bob("2"))],
      more: { snapshot: baseOfTwo },
      pairs: ["4=2"],
      findings: ["R13 error 3", "R11 error 2"],
    },
  ],
  [
    "R11 of two copies of the merged record's row the one that equals the base goes to the survivor",
    {
      rows: [buildRow(2, "1", "copy@x.com"), annRow(3, "1")],
      records: [buildSurvivor(["1"], bob("2"))],
      more: { snapshot: base },
      pairs: ["3=2 R11"],
      findings: ["R13 error 2"],
    },
  ],
  [
    "R24 R11 an emptied row whose record was merged goes to the survivor",
    {
      rows: [annRow(2, "")],
      records: [buildSurvivor(["1"], buildRecord("2", "other@x.com"))],
      more: { snapshot: base },
      pairs: ["2=2 R24"],
    },
  ],
  [
    "R24 finds the pair by the key that its row showed, where the CRM stored another form",
    {
      rows: [buildRow(2, "", "ann.long@x.com", "Anna")],
      records: [ann("1")],
      more: { snapshot: new Map([["1", { ...base.get("1"), email: { sheet: "tann.long@x.com", crm: "ann@x.com" } }]]) },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 a row that only an unreadable cell keeps from its pair is asked about",
    {
      rows: [buildRow(2, "", "", "Ann", { kind: "unreadable", text: "#N/A" })],
      records: [buildRecord("1", "", "Ann", "Rome")],
      more: { snapshot: buildSnapshot({ 1: ["", "Ann", "Rome"] }) },
      findings: ["R24 error 2"],
    },
  ],
  [
    "R24 finds the pair by key, whatever another cell shows",
    {
      rows: [buildRow(2, "", "ann@x.com", ERROR, "Rome")],
      records: [ann("1")],
      more: { snapshot: base },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 F8 finds the pair by all its values, where one is a text that only looks like an error",
    {
      rows: [buildRow(2, "", "", "Ann", ERROR)],
      records: [buildRecord("1", "", "Ann", "#N/A")],
      more: {
        snapshot: new Map([
          ["1", { ...buildSnapshot({ 1: ["", "Ann"] }).get("1"), city: { sheet: "u#N/A", crm: "#N/A" } }],
        ]),
      },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 F11 finds the pair by all its values, where a blank column is new in the mapping",
    {
      rows: [buildRow(2, "", "", "Ann")],
      records: [buildRecord("1", "", "Ann")],
      more: { snapshot: new Map([["1", { name: { sheet: "tAnn", crm: "Ann" } }]]) },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 F11 asks about a row with an unreadable cell, where a blank column is new in the mapping",
    {
      rows: [buildRow(2, "", "", ERROR), buildRow(3, "", "", ERROR, "Rome")],
      records: [buildRecord("1", "", "Ann")],
      more: { snapshot: new Map([["1", { name: { sheet: "tAnn", crm: "Ann" } }]]) },
      creates: [3],
      findings: ["R24 error 2"],
    },
  ],
  ["R6 the unchanged row of a gone record is named", { rows: [annRow(2, "1")], more: { snapshot: base }, gone: [2] }],
  [
    "R7 the edited row of a gone record is an error",
    { rows: [buildRow(2, "1", "ann@x.com", "Anna", "Rome")], more: { snapshot: base }, findings: ["R7 error 2"] },
  ],
  [
    "R12 a record that cannot be read is no deletion",
    {
      rows: [annRow(2, "1")],
      more: { snapshot: base, reads: new Map([["1", unreadable]]) },
      findings: ["R12 note 2"],
    },
  ],
  [
    "R13 of two rows with one id the one that equals the base goes on",
    {
      rows: [buildRow(2, "1", "other@x.com"), annRow(3, "1")],
      records: [ann("1")],
      more: { snapshot: base },
      pairs: ["3=1"],
      findings: ["R13 error 2"],
    },
  ],
  [
    "R13 two rows that both equal the base are both frozen",
    {
      rows: [annRow(2, "1"), annRow(3, "1")],
      records: [ann("1")],
      more: { snapshot: base },
      findings: ["R13 error 2", "R13 error 3"],
    },
  ],
  [
    "R13 two rows of which none equals the base are both frozen",
    {
      rows: [buildRow(2, "1", "a@x.com"), buildRow(3, "1", "b@x.com")],
      records: [ann("1")],
      more: { snapshot: base },
      findings: ["R13 error 2", "R13 error 3"],
    },
  ],
  [
    "R13 copies of a row without base are frozen",
    { rows: [annRow(2, "1"), annRow(3, "1")], records: [ann("1")], findings: ["R13 error 2", "R13 error 3"] },
  ],
  ["R14 an id that the CRM does not know is an error", { rows: [annRow(2, "9")], findings: ["R14 error 2"] }],
  [
    "R15 the id is the identity when the key was edited",
    { rows: [buildRow(2, "1", "new@x.com")], records: [ann("1")], more: { snapshot: base }, pairs: ["2=1"] },
  ],
  [
    "R16 a new row with the key of a linked row is a duplicate",
    { rows: [annRow(2, "1"), annRow(3, "")], records: [ann("1")], pairs: ["2=1"], findings: ["R16 error 3"] },
  ],
  [
    "R16 a new row with the key of a frozen row is a duplicate",
    {
      rows: [annRow(2, "1"), annRow(3, "1"), annRow(4, "")],
      records: [ann("1")],
      findings: ["R13 error 2", "R13 error 3", "R16 error 4"],
    },
  ],
  [
    "R11 the row of a merged record goes to the survivor",
    {
      rows: [annRow(2, "1")],
      records: [buildSurvivor(["1"], bob("2"))],
      more: { snapshot: base },
      pairs: ["2=2 R11"],
    },
  ],
  [
    "R11 the row that carries the survivor's id goes on, the other is frozen",
    {
      rows: [annRow(2, "1"), bobRow(3, "2")],
      records: [buildSurvivor(["1"], bob("2"))],
      more: { snapshot: baseOfTwo },
      pairs: ["3=2"],
      findings: ["R11 error 2"],
    },
  ],
  [
    "R11 two rows that lead to one survivor without its id are frozen",
    {
      rows: [annRow(2, "1"), bobRow(3, "2")],
      records: [buildSurvivor(["1", "2"], buildRecord("3"))],
      more: { snapshot: baseOfTwo },
      findings: ["R11 error 2", "R11 error 3"],
    },
  ],
  [
    "R11 a new row with the key of a survivor whose rows are frozen is a duplicate",
    {
      rows: [annRow(2, "1"), bobRow(3, "2"), buildRow(4, "", "eve@x.com")],
      records: [buildSurvivor(["1", "2"], buildRecord("3", "eve@x.com"))],
      more: { snapshot: baseOfTwo },
      findings: ["R11 error 2", "R11 error 3", "R16 error 4"],
    },
  ],
  [
    "R11 a survivor of a tombstone is no new record",
    { records: [buildSurvivor(["1"], bob("2"))], more: { tombstones: new Set(["1"]) } },
  ],
  [
    "R24 a row whose id was emptied finds its pair by key",
    {
      rows: [buildRow(2, "", "ann@x.com", "Anna")],
      records: [ann("1")],
      more: { snapshot: base },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 a row without key finds its pair by all its values",
    {
      rows: [buildRow(2, "", "", "Ann", "Rome")],
      records: [buildRecord("1", "", "Ann", "Rome")],
      more: { snapshot: buildSnapshot({ 1: ["", "Ann", "Rome"] }) },
      pairs: ["2=1 R24"],
    },
  ],
  [
    "R24 one row that could be of several pairs is asked about",
    {
      rows: [buildRow(2, "", "", "Ann", "Rome")],
      records: [buildRecord("1", "", "Ann", "Rome"), buildRecord("2", "", "Ann", "Rome")],
      more: { snapshot: buildSnapshot({ 1: ["", "Ann", "Rome"], 2: ["", "Ann", "Rome"] }) },
      findings: ["R24 error 2"],
    },
  ],
  [
    "R24 a pair whose row stands is not taken over by a row with its key",
    {
      rows: [annRow(2, "1"), annRow(3, "")],
      records: [ann("1")],
      more: { snapshot: base },
      pairs: ["2=1"],
      findings: ["R16 error 3"],
    },
  ],
  [
    "R24 a row whose record is gone too is a new row",
    { rows: [annRow(2, "")], more: { snapshot: base }, creates: [2] },
  ],
  [
    "F10 a row whose key is no key is neither linked nor created",
    {
      rows: [buildRow(2, "", { kind: "number", number: 2 ** 60 }, "Ann")],
      findings: ["F10 error 2"],
    },
  ],
];

describe("rows and records", () => {
  it.each(CASES)("%s", (_title, given) => {
    const { rows = [], records = [], more = {}, ...words } = given;
    expect(inWords(match({ rows, records, ...more }))).toEqual({ ...NOTHING, ...words });
  });

  it.each([1, 2, 3])("R13 decides by the base, never by position (copy at place %d)", (place) => {
    const rows = [1, 2, 3].map((at) => (at === place ? annRow(at, "1") : buildRow(at, "1", `copy${at}@x.com`)));
    expect(inWords(match({ rows, records: [ann("1")], snapshot: base })).pairs).toEqual([`${place}=1`]);
  });

  it("R2 drops the tombstone of a record that gets a row again", () => {
    const result = match({ rows: [annRow(2, "")], records: [ann("1")], tombstones: new Set(["1"]) });
    expect(result.revive).toEqual(["1"]);
  });

  it("R2 R11 R24 a record that has a row again has no tombstone", () => {
    const tombstones = new Set(["1"]);
    expect(match({ rows: [annRow(2, "1")], records: [ann("1")], tombstones }).revive).toEqual(["1"]);
    const records = [buildSurvivor(["5"], ann("1"))];
    expect(match({ rows: [bobRow(2, "5")], records, tombstones }).revive).toEqual(["1"]);
  });

  it("R24 names only a few of many candidates", () => {
    const same = ["", "Ann", "Rome"];
    const ids = Array.from({ length: 9 }, (_, at) => `${at + 1}`);
    const snapshot = buildSnapshot(Object.fromEntries(ids.map((id) => [id, same])));
    const result = match({
      rows: [buildRow(2, "", ...same)],
      records: ids.map((id) => buildRecord(id, ...same)),
      snapshot,
    });
    expect(result.findings[0]?.message).toContain("1, 2, 3, 4, 5 and 4 more");
  });

  it("R4 R13 names only a few of many rows, on each of them", () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => annRow(at + 2, ""));
    const { findings } = match({ rows });
    expect(findings).toHaveLength(3_000);
    expect(findings[1]?.message).toContain("rows 2, 4, 5, 6, 7 and 2994 more too");
    expect(findings[2_999]?.message).toContain("rows 2, 3, 4, 5, 6 and 2994 more too");
    const copies = match({ rows: rows.map((row) => ({ ...row, recordId: "1" })) });
    expect(copies.findings[2_999]?.message).toContain("rows 2, 3, 4, 5, 6 and 2994 more too");
  });

  it("R3 lists the candidates", () => {
    const result = match({ rows: [annRow(2, "")], records: [ann("17"), ann("18")] });
    expect(result.findings[0]?.message).toContain("17, 18");
  });

  it("R4 names the other rows on each row", () => {
    const result = match({ rows: [annRow(2, ""), annRow(3, ""), annRow(9, "")] });
    expect(result.findings.map(({ message }) => /rows ([\d, ]+) too/.exec(message)?.[1])).toEqual([
      "3, 9",
      "2, 9",
      "2, 3",
    ]);
  });

  it("R8 reports the pairs whose row was removed", () => {
    expect(match({ records: [ann("1")], snapshot: base }).rowless).toEqual(["1"]);
    expect(match({ rows: [annRow(2, "1")], records: [ann("1")], snapshot: base }).rowless).toEqual([]);
  });

  it("R11 keeps the base of the merged record for its row", () => {
    const records = [buildSurvivor(["1"], bob("2"))];
    expect(match({ rows: [annRow(2, "1")], records, snapshot: base }).pairs[0]).toMatchObject({ baseId: "1" });
  });

  it("R24 does not count a pair as removed while it asks about its row", () => {
    const same = ["", "Ann", "Rome"];
    const records = [buildRecord("1", ...same), buildRecord("2", ...same)];
    const snapshot = buildSnapshot({ 1: same, 2: same });
    expect(match({ rows: [buildRow(2, "", ...same)], records, snapshot }).rowless).toEqual([]);
  });

  it("ignores rows without id, key and needed fields, and counts them", () => {
    const rows = [buildRow(2, "", "", "", "Rome"), buildRow(3, ""), buildRow(4, "", "", "", formulaCell("0"))];
    const result = match({ rows });
    expect(result).toMatchObject({ ignoredRows: 3, newRows: [], findings: [] });
  });

  it("R24 asks about a row while a row with a token may be the pair's too", () => {
    const rows = [annRow(2, ""), annRow(3, "pending:t1")];
    const result = inWords(match({ rows, records: [ann("1")], snapshot: base }));
    expect(result).toEqual({ ...NOTHING, findings: ["R3 error 3", "R24 error 2"] });
  });

  it("R24 takes no blank row for the row of a pair that showed nothing", () => {
    const snapshot = buildSnapshot({ 1: [] });
    const result = match({ rows: [buildRow(2, "")], records: [buildRecord("1")], snapshot });
    expect(result).toMatchObject({ pairs: [], ignoredRows: 1, rowless: ["1"] });
  });

  it("takes any filled cell for a row where a create needs no field", () => {
    const schema = { ...PEOPLE, requiredForCreate: [] };
    const result = match({ rows: [buildRow(2, "", "", "", "Rome"), buildRow(3, "")], schema });
    expect(result.newRows.map((row) => row.rowNumber)).toEqual([2]);
    expect(result.ignoredRows).toBe(1);
  });

  it("R21 takes any filled cell for a row where no field that a create needs is mapped", () => {
    const rows = [buildRow(2, "", "", "", "Rome"), buildRow(3, "")];
    const result = match({ rows, fields: [buildPlanField(CITY)], keyField: null });
    expect(result.newRows.map((row) => row.rowNumber)).toEqual([2]);
    expect(result.ignoredRows).toBe(1);
  });

  it("R1 R21 takes a row with a key for new, though the field that a create needs is blank", () => {
    const schema = { ...PEOPLE, requiredForCreate: [["name"]] };
    const result = match({ rows: [buildRow(2, "", "ann@x.com"), buildRow(3, "", "", "", "Rome")], schema });
    expect(result).toMatchObject({ newRows: [{ rowNumber: 2 }], ignoredRows: 1 });
  });

  it("R1 R4 a key that no record was found for is nobody's", () => {
    const result = match({ rows: [annRow(2, ""), bobRow(3, ""), bobRow(4, "")], keyHits: new Map() });
    expect(inWords(result)).toEqual({ ...NOTHING, creates: [2], findings: ["R4 error 3", "R4 error 4"] });
    expect(result.claimed.size).toBe(0);
  });

  it("F8 F10 says of each bad key why it cannot be used", () => {
    const rows = [buildRow(2, "", ERROR, "Ann"), buildRow(3, "", ERROR, "Bob")];
    expect(match({ rows }).findings).toMatchObject(
      [2, 3].map((rowNumber) => ({
        rowNumber,
        field: "email",
        message: 'The key "Email" cannot be used: the cell shows #N/A. Correct it and sync again.',
      })),
    );
  });

  it("says one thing about a bad key, not two", () => {
    const rows = [buildRow(2, "", { kind: "unreadable", text: "#REF!" }, "Ann")];
    expect(match({ rows, records: [ann("1")], snapshot: baseOfTwo }).findings).toHaveLength(1);
  });

  it("links nothing by key in a mapping without key", () => {
    const result = match({ rows: [annRow(2, "")], records: [ann("1")], keyField: null });
    expect(inWords(result)).toEqual({ ...NOTHING, creates: [2], appends: ["1"] });
  });

  it("R4 rows share no key in a mapping without key", () => {
    expect(inWords(match({ rows: [annRow(2, ""), annRow(3, "")], keyField: null })).creates).toEqual([2, 3]);
  });

  it("leaves a suspended column out of every comparison", () => {
    const fields = [buildPlanField(EMAIL), buildPlanField(NAME), buildPlanField(CITY)];
    const { city: _city, ...cells } = annRow(2, "1").cells;
    const rows = [{ ...annRow(2, "1"), cells }];
    expect(inWords(match({ rows, snapshot: base, fields }))).toEqual({ ...NOTHING, gone: [2] });
  });
});

describe("R18 rows of a tab whose column is suspended", () => {
  const without = (name: string, row: Row): Row => {
    const cells = Object.fromEntries(Object.entries(row.cells).filter(([field]) => field !== name));
    return { ...row, cells };
  };

  it("R18 R1 R16 a suspended key is blank on every row", () => {
    const rows = [annRow(2, "1"), annRow(3, "pending:t1"), annRow(4, "")].map((row) => without("email", row));
    const result = inWords(match({ rows, records: [ann("1")], snapshot: base }));
    expect(result).toEqual({ ...NOTHING, pairs: ["2=1"], creates: [4], findings: ["R3 error 3"] });
  });

  it("R18 a suspended field makes no new row", () => {
    const result = match({ rows: [without("name", buildRow(2, "", "", "Ann", "Rome"))] });
    expect(result).toMatchObject({ newRows: [], ignoredRows: 1 });
  });

  it("R18 R24 a row may be the pair's whatever a suspended column would show", () => {
    const rows = [without("city", buildRow(2, "", "", "Ann", "Oslo")), without("city", buildRow(3, "", "", ERROR))];
    const same = ["", "Ann", "Rome"];
    const result = match({ rows, records: [buildRecord("1", ...same)], snapshot: buildSnapshot({ 1: same }) });
    expect(inWords(result)).toEqual({ ...NOTHING, creates: [2], findings: ["R24 error 3"] });
  });

  it("R18 R5 a row whose create is on its way may be any record with the cells that it has", () => {
    const rows = [without("city", buildRow(2, "pending:t1", "", "Ann", "Oslo"))];
    const result = inWords(match({ rows, records: [buildRecord("1", "", "Ann", "Rome"), bob("2")] }));
    expect(result).toEqual({ ...NOTHING, appends: ["2"], findings: ["R3 error 2"] });
  });
});

describe("what a row says that takes no part", () => {
  const say = (spec: WorldSpec) => match(spec).findings.map(({ rowNumber, message }) => `${rowNumber}: ${message}`);
  const same = ["", "Ann", "Rome"];

  it("R3 a create on its way", () => {
    expect(say({ rows: [annRow(2, "pending:t1")] })).toEqual([
      "2: A create of this row is on its way or was cut off. The next run settles it; leave the record ID cell as it is.",
    ]);
  });

  it("F4 a change without answer", () => {
    expect(say({ rows: [annRow(2, "1")], snapshot: base, quarantined: new Set(["1"]) })).toEqual([
      "2: A change to this record was sent but not confirmed by the CRM. The row waits until a later sync has looked what became of it.",
    ]);
  });

  it("R7 an edit of a deleted record", () => {
    expect(say({ rows: [buildRow(2, "1", "ann@x.com", "Anna")], snapshot: base })).toEqual([
      "2: Deleted in the CRM, your edit was not sent. Clear the record ID to create it anew, or delete the row.",
    ]);
  });

  it("R11 several rows of a merged record", () => {
    const records = [buildSurvivor(["1"], bob("2"))];
    expect(say({ rows: [annRow(2, "1"), bobRow(3, "2")], records, snapshot: baseOfTwo })).toEqual([
      "2: This record was merged into 2 in the CRM, and several rows lead there. Delete the rows you no longer need, or clear their record ID.",
    ]);
  });

  it("R12 a record that cannot be read", () => {
    expect(say({ rows: [annRow(2, "1")], snapshot: base, reads: new Map([["1", unreadable]]) })).toEqual([
      "2: The record could not be read: no access. The row stays as it is.",
    ]);
  });

  it("R12 a record that the CRM said nothing about", () => {
    expect(say({ rows: [annRow(2, "1")], complete: false, reads: new Map() })).toEqual([
      "2: The CRM gave no answer for this record. The row stays as it is until the next sync.",
    ]);
  });

  it("R13 copies of an id, each with the rows of the others", () => {
    const text = (rows: string) =>
      `The same record ID stands in ${rows} too, so this row takes no part. Delete the copy; to make it a new record, clear its ID and change its key.`;
    expect(say({ rows: [annRow(2, "1"), annRow(3, "1")], records: [ann("1")] })).toEqual([
      `2: ${text("row 3")}`,
      `3: ${text("row 2")}`,
    ]);
    const rows = [annRow(2, "1"), buildRow(5, "1", "copy@x.com"), buildRow(9, "1", "copy@x.com")];
    expect(say({ rows, records: [ann("1")], snapshot: base })).toEqual([
      `5: ${text("rows 2, 9")}`,
      `9: ${text("rows 2, 5")}`,
    ]);
  });

  it("R14 an id that the CRM does not know", () => {
    expect(say({ rows: [annRow(2, "99")] })).toEqual([
      "2: The CRM has no record 99. Correct the record ID, or clear it to create a new record.",
    ]);
  });

  it.each<[string, string, WorldSpec]>([
    ["whose linked row shows it", "row 2", { rows: [annRow(2, "1"), annRow(3, "")] }],
    [
      "whose linked row got another one",
      "row 2",
      { rows: [bobRow(1, "2"), buildRow(2, "1", "new@x.com"), annRow(3, "")] },
    ],
    ["whose create is on its way", "row 2", { rows: [annRow(2, "pending:t1"), annRow(3, "")], snapshot: new Map() }],
    ["whose rows are frozen", "another row", { rows: [annRow(1, "1"), annRow(2, "1"), annRow(3, "")] }],
  ])("R16 a row with the key of a record %s", (_title, holder, spec) => {
    const said = say({ records: [ann("1"), bob("2")], snapshot: base, ...spec });
    expect(said.filter((text) => text.startsWith("3: "))).toEqual([
      `3: This is a duplicate: ${holder} already holds the record with this key. Nothing was sent; delete one of the rows.`,
    ]);
  });

  it.each([
    [2, "1, 2"],
    [5, "1, 2, 3, 4, 5"],
    [6, "1, 2, 3, 4, 5 and 1 more"],
  ])("R24 one of %d pairs, when its own ID is gone", (count, candidates) => {
    const ids = Array.from({ length: count }, (_, at) => `${at + 1}`);
    const snapshot = buildSnapshot(Object.fromEntries(ids.map((id) => [id, same])));
    const records = ids.map((id) => buildRecord(id, ...same));
    expect(say({ rows: [buildRow(2, "", ...same)], records, snapshot })).toEqual([
      `2: The record ID of this row is gone and it could be any of ${candidates}, or another row could. Type the right ID into its cell, or correct cells that show an error.`,
    ]);
  });

  it("R24 R12 a row whose own ID is gone and whose record cannot be read", () => {
    const { findings } = match({ rows: [annRow(2, "")], snapshot: base, reads: new Map([["1", unreadable]]) });
    expect(findings).toMatchObject([
      {
        rule: "R12",
        severity: "note",
        message: "The record ID of this row is gone, and its record 1 could not be read. The row stays as it is.",
      },
    ]);
  });
});

describe("rows and records, hard cases", () => {
  const same = ["", "Ann", "Rome"];

  it("F8 names an unreadable key as F8", () => {
    const rows = [buildRow(2, "", { kind: "unreadable", text: "#REF!" }, "Ann")];
    expect(inWords(match({ rows })).findings).toEqual(["F8 error 2"]);
  });

  it("R6 R7 R14 need an answer by id", () => {
    const result = match({ rows: [annRow(2, "1")], snapshot: base, complete: false, reads: new Map() });
    expect(result.findings.filter(({ rule }) => ["R6", "R7", "R14"].includes(rule))).toEqual([]);
  });

  it("R24 asks on every row that could be of several pairs", () => {
    const records = [buildRecord("1", ...same), buildRecord("2", ...same)];
    const snapshot = buildSnapshot({ 1: same, 2: same });
    const rows = [buildRow(2, "", ...same), buildRow(3, "", ...same)];
    expect(inWords(match({ rows, records, snapshot }))).toEqual({
      ...NOTHING,
      findings: ["R24 error 2", "R24 error 3"],
    });
  });

  it("R24 asks when two rows could be of one pair", () => {
    const rows = [annRow(2, ""), annRow(3, "")];
    expect(inWords(match({ rows, records: [ann("1")], snapshot: base })).pairs).toEqual([]);
  });

  it("R24 does not create a row whose record cannot be read", () => {
    const reads = new Map([["1", unreadable]]);
    expect(inWords(match({ rows: [annRow(2, "")], snapshot: base, reads })).creates).toEqual([]);
  });

  it("R11 freezes a row that leads to a survivor whose copies are frozen", () => {
    const rows = [annRow(2, "1"), bobRow(3, "2"), bobRow(4, "2")];
    const records = [buildSurvivor(["1"], bob("2"))];
    expect(inWords(match({ rows, records, snapshot: baseOfTwo })).pairs).toEqual([]);
  });

  it("R24 leaves a survivor to the row that has it", () => {
    const rows = [bobRow(2, "2"), annRow(3, "")];
    const records = [buildSurvivor(["1"], bob("2"))];
    expect(inWords(match({ rows, records, snapshot: baseOfTwo })).pairs).toEqual(["2=2"]);
  });

  it("R11 R8 a survivor that only the answer by id names does not come back", () => {
    const record = bob("2");
    const reads = new Map([["1", { kind: "merged", askedId: "1", record } as const]]);
    expect(inWords(match({ records: [record], snapshot: base, reads })).appends).toEqual([]);
  });

  it("R16 sees a key that was only typed into a linked row", () => {
    const rows = [buildRow(2, "1", "new@x.com", "Ann", "Rome"), buildRow(3, "", "new@x.com", "Ann")];
    const result = inWords(match({ rows, records: [ann("1")], snapshot: base }));
    expect(result).toMatchObject({ creates: [], findings: ["R16 error 3"] });
  });
});
