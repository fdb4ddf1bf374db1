import type { Row } from "../../src/domain/row";
import { BLANK } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { idColumnEmptied, planReads } from "../../src/merge/plan-reads";
import { buildPlanField, buildRow, buildSnapshot, EMAIL, PEOPLE } from "../support/merge-builders";

const KEY = { field: EMAIL, zone: UTC };
const FIELDS = PEOPLE.fields.map((field) => buildPlanField(field));
const ANN = ["ann@x.com", "Ann", "Rome"];

describe("what a plan still has to ask the CRM", () => {
  it("verifies linked ids that were not listed, of rows and of the base, once each", () => {
    const rows = [buildRow(2, "1"), buildRow(3, "2"), buildRow(4, "3")];
    const snapshot = buildSnapshot({ 2: ANN, 3: ANN, 4: ANN, 5: ANN });
    expect(planReads(rows, snapshot, new Set(["3", "5"]), KEY).ids).toEqual(["1", "2", "4"]);
  });

  it("does not ask for the token of a create on its way", () => {
    expect(planReads([buildRow(2, "pending:t1", "a@x.com")], new Map(), new Set(), KEY)).toEqual({
      ids: [],
      keys: new Map(),
    });
  });

  it("asks for no record of a row without id", () => {
    expect(planReads([buildRow(2, "", "a@x.com"), buildRow(3, "")], new Map(), new Set(), KEY).ids).toEqual([]);
  });

  it("looks up a key as the CRM takes it, not as it is compared", () => {
    expect([...planReads([buildRow(2, "", " Ann@X.com ")], new Map(), new Set(), KEY).keys]).toEqual([
      ["ann@x.com", "Ann@X.com"],
    ]);
  });

  it("R18 looks up nothing while the key's column is suspended", () => {
    const rows = [buildRow(2, "", "a@x.com"), buildRow(3, "1", "b@x.com")].map((row) => ({ ...row, cells: {} }));
    expect(planReads(rows, buildSnapshot({ 1: ANN }), new Set(["1"]), KEY).keys.size).toBe(0);
  });

  it("looks up keys of rows without id in the CRM's form", () => {
    const rows = [buildRow(2, "", " Ann@X.com "), buildRow(3, "", "ann@x.com"), buildRow(4, "1", "bob@x.com")];
    const { keys } = planReads(rows, new Map(), new Set(["1"]), KEY);
    expect([...keys.keys()]).toEqual(["ann@x.com"]);
  });

  it.each<[string, Row]>([
    ["a blank", buildRow(2, "", BLANK, "Ann")],
    ["spaces", buildRow(2, "", "  ", "Ann")],
    ["an error", buildRow(2, "", { kind: "unreadable", text: "#REF!" }, "Ann")],
  ])("looks up no key of a row whose key is %s", (_title, row) => {
    expect(planReads([row], new Map(), new Set(), KEY).keys.size).toBe(0);
  });

  it("looks up nothing in a mapping without key", () => {
    expect(planReads([buildRow(2, "", "a@x.com")], new Map(), new Set(), { field: null, zone: UTC }).keys.size).toBe(0);
  });
});

describe("what a plan asks after a reading of what changed", () => {
  const snapshot = buildSnapshot({ 1: ANN, 2: ANN, 3: ANN });
  const rows = [buildRow(2, "1", ...ANN), buildRow(3, "2", "ann@x.com", "Anna", "Rome"), buildRow(4, "9", ...ANN)];
  const question = { ...KEY, linkedFromBase: true, fields: FIELDS };

  it("I11 reads edited rows, rows without base and the records of removed rows, and no others", () => {
    expect(planReads(rows, snapshot, new Set(), question).ids).toEqual(["2", "9", "3"]);
    expect(planReads(rows, snapshot, new Set(["2", "3"]), question).ids).toEqual(["9"]);
  });

  it.each([
    ["the whole was to be read", { ...question, linkedFromBase: false }],
    ["the fields are not known", { ...KEY, linkedFromBase: true }],
  ])("reads every linked id when %s", (_title, asked) => {
    expect(planReads(rows, snapshot, new Set(), asked).ids).toEqual(["1", "2", "9", "3"]);
  });

  it("R15 looks up keys that were edited in linked rows, and no others", () => {
    const edited = [
      buildRow(2, "1", "new@x.com", "Ann", "Rome"),
      buildRow(3, "2", ...ANN),
      buildRow(4, "9", "typed@x.com"),
      buildRow(5, "3", BLANK, "Ann", "Rome"),
    ];
    expect([...planReads(edited, snapshot, new Set(), question).keys.keys()]).toEqual(["new@x.com"]);
  });

  it("R6 asks nothing about an unlinked row", () => {
    const unlinked = [buildRow(2, "unlinked:1", ...ANN)];
    expect(planReads(unlinked, new Map(), new Set(), KEY)).toEqual({ ids: [], keys: new Map() });
  });
});

describe("R18 an id column that was emptied", () => {
  const linkedRows = (count: number) => Array.from({ length: count }, (_, at) => buildRow(at + 2, `${at}`, "a@x.com"));
  const emptiedRows = (count: number) => Array.from({ length: count }, (_, at) => buildRow(at + 50, "", "a@x.com"));
  const pairs = (count: number) =>
    buildSnapshot(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, ANN])));

  it.each([
    [10, 10, 0, false],
    [10, 5, 5, false],
    [10, 4, 6, true],
    [10, 5, 6, false],
    [10, 4, 5, false],
    [10, 4, 4, false],
    [10, 0, 10, true],
    [4, 1, 3, true],
    [3, 0, 3, false],
    [10, 10, 100, false],
    [10, 0, 0, false],
    [0, 0, 50, false],
  ])("of %i pairs, %i rows with id and %i filled ones without: %s", (known, linked, emptied, expected) => {
    const rows = [...linkedRows(linked), ...emptiedRows(emptied)];
    expect(idColumnEmptied(rows, pairs(known), FIELDS)).toBe(expected);
  });

  it("does not count unlinked rows as linked", () => {
    const rows = [...linkedRows(4), ...emptiedRows(6), buildRow(90, "unlinked:1"), buildRow(91, "unlinked:2")];
    expect(idColumnEmptied(rows, pairs(10), FIELDS)).toBe(true);
  });

  it("does not count rows of which only suspended columns may be filled", () => {
    const rows = emptiedRows(10).map((row) => ({ ...row, cells: {} }));
    expect(idColumnEmptied(rows, pairs(10), FIELDS)).toBe(false);
  });

  it("does not count rows that are blank altogether: they were removed", () => {
    const rows = Array.from({ length: 10 }, (_, at) => buildRow(at + 2, ""));
    expect(idColumnEmptied(rows, pairs(10), FIELDS)).toBe(false);
  });
});
