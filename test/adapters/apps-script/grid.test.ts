import { adapterHost, call, closeHosts } from "./adapter-host";

const IMPORTS = `
import { createGrid } from "./apps-script/grid";
`;

const FUNCTIONS = `
const grid = () => createGrid(SpreadsheetApp.getActive());
const rectOf = (values, row = 1, column = 1) => ({ row, column, rows: values.length, columns: values[0].length });

export function roundTrip(values) {
  const tab = grid().activeTab();
  const rect = rectOf(values);
  tab.writeValues(rect, values);
  grid().flush();
  return { values: tab.readValues(rect), formulas: tab.readFormulas(rect), formats: tab.readFormats(rect) };
}

export function read(row, column, rows, columns) {
  return grid().activeTab().readValues({ row, column, rows, columns });
}

export function rewrite(row, column, rows, columns) {
  const tab = grid().activeTab();
  const rect = { row, column, rows, columns };
  const values = tab.readValues(rect);
  tab.writeValues(rect, values);
  return [values, tab.readValues(rect)];
}

export function writeMany(blocks) {
  const tab = grid().activeTab();
  const sized = blocks.map(({ row, column, values }) => ({ rect: rectOf(values, row, column), values }));
  tab.writeBlocks(sized);
  grid().flush();
  return sized.map(({ rect }) => tab.readValues(rect));
}

export function growRight() {
  const sheet = SpreadsheetApp.getActiveSheet();
  const rule = SpreadsheetApp.newDataValidation().requireValueInList(["a"], true).setAllowInvalid(false).build();
  sheet.getRange(1, 26, 1000, 1).setDataValidation(rule);
  const tab = grid().activeTab();
  tab.grow(1001, 27);
  tab.writeValues(rectOf([["anything"]], 1, 27), [["anything"]]);
  return [sheet.getRange(1, 27).getValue(), sheet.getRange(1001, 26).getDataValidation() !== null];
}

export function tags(actions) {
  const tab = grid().activeTab();
  for (const [what, column, key, value] of actions) {
    if (what === "tag") tab.tagColumn(column, key, value);
    else tab.untagColumn(column, key);
  }
  return tab.tags().map((tag) => tag.column + ":" + tag.key + "=" + tag.value).sort();
}

export function tabs() {
  const book = grid();
  const before = book.activeTab().name();
  const hidden = book.addTab("_hidden", { hidden: true, rows: 200, columns: 6 });
  const wide = book.addTab("Wide", { hidden: false, rows: 1500, columns: 30 });
  const twin = book.addTab("Wide", { hidden: false, rows: 10, columns: 3 });
  const sizes = [hidden, wide, twin].map((tab) => [tab.name(), tab.hidden(), tab.size().rows, tab.size().columns]);
  const stays = book.activeTab().name() === before;
  twin.grow(12, 5);
  const grown = [twin.size().rows, twin.size().columns];
  twin.activate();
  twin.select(2, 2);
  book.removeTab(hidden.id);
  return { sizes, stays, grown, active: book.activeTab().name(), gone: book.tab(hidden.id) === null && book.tabByName("_hidden") === null };
}

export function looks() {
  const tab = grid().activeTab();
  const header = { row: 1, column: 1, rows: 1, columns: 2 };
  tab.writeValues(header, [["A", "B"]]);
  tab.styleHeader(header);
  tab.writeNotes(header, [["note", ""]]);
  tab.freezeRows(1);
  tab.setColumnWidth(1, 200);
  tab.hideColumn(2);
  tab.protectWithWarning(header, "ours");
  tab.setDropdown({ row: 2, column: 1, rows: 5, columns: 1 }, ["x", "y"]);
  tab.writeFormula(2, 2, "=1+1");
  tab.clearValues({ row: 1, column: 2, rows: 1, columns: 1 });
  return { notes: tab.readNotes(header), values: tab.readValues(header), formula: tab.readFormulas({ row: 2, column: 2, rows: 1, columns: 1 }), used: tab.size() };
}

export function facts() {
  const book = grid();
  return [book.fileName(), book.timeZone(), book.locale(), book.fileId().length > 0];
}

export function many(rows) {
  const tab = grid().activeTab();
  tab.grow(rows, 10);
  const values = [];
  for (let i = 0; i < rows; i++) values.push(["name " + "x", i, true, "", "a" + i + "@b.example", i / 3, "word", false, { wall: "2026-01-0" + (1 + (i % 9)) }, "z"]);
  tab.writeValues(rectOf(values), values);
  return true;
}

export function readMany(rows) {
  const values = grid().activeTab().readValues({ row: 1, column: 1, rows, columns: 10 });
  return [values.length, values[rows - 1][8]];
}
`;

const NASTY = [
  "007",
  "+39 06 1234567",
  '=HYPERLINK("https://evil.example","x")',
  "=1+1",
  "'quoted",
  "''twice",
  "1/2",
  "12345678901234567890",
  "😀 emoji",
  "TRUE",
  "false",
  "1e5",
  "12%",
  "$5",
  "€5",
  "2026-01-02",
  "10:30",
  "   ",
  "\tlead",
  "two\nlines",
  "-5",
  "-x",
  "@name",
  "+x",
  "#N/A",
  "Jan 5",
  "5 May 2026",
  "1,234.5",
  "(5)",
  ".5",
  "wahr",
  "Q1",
  "12.5 %",
  "plain words",
  "ünïcode",
  "中文",
  " leading blank",
  "trailing blank ",
  "1-2",
  "01/02/2026",
  "00391234",
];

describe("writing text", () => {
  const host = adapterHost(IMPORTS, FUNCTIONS);
  afterAll(closeHosts);

  it("I7: every nasty text is read back as it was, and none becomes a formula", async () => {
    const values = NASTY.map((text) => [text]);
    const result = (await call(host, "roundTrip", [values])) as { values: string[][]; formulas: string[][] };
    expect(result.values).toEqual(values);
    expect(result.formulas.flat().filter((formula) => formula !== "")).toEqual([]);
  });

  it("keeps them when they are read and written again", async () => {
    const values = NASTY.map((text) => [text]);
    await call(host, "roundTrip", [values]);
    expect(await call(host, "rewrite", [1, 1, values.length, 1])).toEqual([values, values]);
  });

  it("I7: reads them back as they were also where text cells take a leading apostrophe off", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { textCellsKeepApostrophe: false });
    const values = NASTY.map((text) => [text, `${text} `, "plain"]);
    const first = (await call(own, "roundTrip", [values])) as { values: string[][]; formulas: string[][] };
    expect(first.values).toEqual(values);
    expect(first.formulas.flat().filter((formula) => formula !== "")).toEqual([]);
    expect(await call(own, "rewrite", [1, 1, values.length, 3])).toEqual([values, values]);
  });

  it("writes many rectangles with one write of formats, or with one look where there are dates", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS);
    const texts = Array.from({ length: 30 }, (_, i) => ({ row: 2 * i + 1, column: 1 + (i % 3), values: [[`00${i}`]] }));
    const written = await own.run("writeMany", [texts]);
    expect(written.value).toEqual(texts.map(({ values }) => values));
    expect(written.calls).toMatchObject({ "RangeList.setNumberFormat": 1, "Range.setValues": 30 });
    const dates = texts.map((one, i) => ({ ...one, column: 5, values: [[{ wall: `2026-01-${10 + (i % 20)}` }]] }));
    const dated = await own.run("writeMany", [[...texts, ...dates]]);
    expect(dated.value).toEqual([...texts, ...dates].map(({ values }) => values));
    expect(dated.calls).toMatchObject({ "Range.getNumberFormats": 1, "RangeList.setNumberFormat": 1 });
    const again = await own.run("writeMany", [[...texts, ...dates]]);
    expect(again.calls["RangeList.setNumberFormat"]).toBeUndefined();
  });

  it("sets formats block by block when they are too scattered for lists of ranges", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS);
    const values = Array.from({ length: 500 }, (_, i) => [i % 2 === 0 ? "007" : "word", { wall: "2026-01-02" }]);
    const result = await own.run("roundTrip", [values]);
    expect(result.value).toMatchObject({ values });
    // A look around all of it, one at the block, and the one of the test itself.
    expect(result.calls).toMatchObject({ "Range.getNumberFormats": 3, "Range.setNumberFormats": 1 });
    expect(result.calls["RangeList.setNumberFormat"]).toBeUndefined();
  });

  it("leaves the format of cells alone whose text can be nothing else", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS);
    const result = (await call(own, "roundTrip", [[["plain words", "a1@b.example", "007"]]])) as {
      formats: string[][];
    };
    expect(result.formats[0]?.[2]).toBe("@");
    expect(result.formats[0]?.[0]).not.toBe("@");
    expect(result.formats[0]?.[1]).not.toBe("@");
  });

  it("asks for formats only when a text or date needs one", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS);
    const plain = await own.run("roundTrip", [[["plain", 5, true, ""]]]);
    expect(plain.calls["Range.getNumberFormats"]).toBe(1);
    const nasty = await own.run("roundTrip", [[["007", "+39", "=1", "x"]]]);
    expect(nasty.calls["Range.getNumberFormats"]).toBe(1);
    expect(nasty.calls["RangeList.setNumberFormat"]).toBe(1);
    const dated = await own.run("roundTrip", [[["007", { wall: "2026-01-02" }]]]);
    expect(dated.calls["Range.getNumberFormats"]).toBe(2);
    expect(dated.calls["RangeList.setNumberFormat"]).toBe(1);
  });
});

describe("numbers, booleans and dates", () => {
  afterAll(closeHosts);

  it.each(["Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])(
    "keeps days and wall clocks in %s, whatever the script's own zone",
    async (timeZone) => {
      const host = adapterHost(IMPORTS, FUNCTIONS, { spreadsheet: { timeZone } });
      const walls = [
        "2026-01-02",
        "2026-03-29T03:30:00",
        "2026-10-25T02:30:00",
        "1999-12-31T23:59:59",
        "2026-07-01T00:00:01",
      ];
      const values = walls.map((wall) => [{ wall }]);
      const result = (await call(host, "roundTrip", [values])) as { values: unknown; formats: string[][] };
      expect(result.values).toEqual(values);
      expect(result.formats.map(([format]) => format)).toEqual([
        "yyyy-mm-dd",
        ...Array.from({ length: 4 }, () => "yyyy-mm-dd hh:mm:ss"),
      ]);
    },
  );

  it("keeps numbers, booleans and blanks", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const values = [[0, -1.5, 1e21, 0.1, true, false, "", 123456789012]];
    expect(await call(host, "roundTrip", [values])).toMatchObject({ values });
  });

  it("keeps a date format that the user chose", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = host.workbook.activeTabId();
    host.user.setNumberFormat(tabId, 1, 1, 1, 1, "dd.mm.yy");
    const result = await call(host, "roundTrip", [[[{ wall: "2026-02-03" }]]]);
    expect(result).toMatchObject({ values: [[{ wall: "2026-02-03" }]], formats: [["dd.mm.yy"]] });
  });

  it("reads what a person typed", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS, { spreadsheet: { timeZone: "Europe/Rome" } });
    const tabId = host.workbook.activeTabId();
    host.user.paste(tabId, 1, 1, [["1/2/2026", "TRUE", "12.5", "'007", "=1/0"]]);
    expect(await call(host, "read", [1, 1, 1, 6])).toEqual([
      [{ wall: "2026-01-02" }, true, 12.5, "007", "#DIV/0!", ""],
    ]);
  });
});

describe("tabs", () => {
  afterAll(closeHosts);

  it("adds tabs of a size, hides them without moving the user, and numbers a name that is taken", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    expect(await call(host, "tabs")).toEqual({
      sizes: [
        ["_hidden", true, 200, 6],
        ["Wide", false, 1500, 30],
        ["Wide 2", false, 10, 3],
      ],
      stays: true,
      grown: [12, 5],
      active: "Wide 2",
      gone: true,
    });
  });

  it("gives new columns no dropdown of the column before them", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    expect(await call(host, "growRight")).toEqual(["anything", true]);
  });

  it("tags columns, which keep their tag when they move", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = host.workbook.activeTabId();
    const tag = [
      ["tag", 3, "crmsync.m1", "c0"],
      ["tag", 3, "crmsync.m2", "c9"],
      ["tag", 27 - 1, "crmsync.m1", "id"],
    ];
    expect(await call(host, "tags", [tag])).toEqual(["26:crmsync.m1=id", "3:crmsync.m1=c0", "3:crmsync.m2=c9"]);
    host.user.insertColumns(tabId, 1, 1);
    expect(await call(host, "tags", [[]])).toEqual(["27:crmsync.m1=id", "4:crmsync.m1=c0", "4:crmsync.m2=c9"]);
    expect(await call(host, "tags", [[["untag", 4, "crmsync.m1"]]])).toEqual(["27:crmsync.m1=id", "4:crmsync.m2=c9"]);
  });

  it("sets looks, notes and formulas", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    expect(await call(host, "looks")).toMatchObject({
      notes: [["note", ""]],
      values: [["A", ""]],
      formula: [["=1+1"]],
    });
    expect(host.workbook.tabs()[0]?.frozenRows).toBe(1);
  });

  it("tells name, zone and locale of the file", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS, {
      spreadsheet: { name: "Book", timeZone: "Asia/Tokyo", locale: "de_DE" },
    });
    expect(await call(host, "facts")).toEqual(["Book", "Asia/Tokyo", "de_DE", true]);
  });

  it("reads 10,000 rows of 10 columns in one call and well under a second", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    await call(host, "many", [10_000]);
    const start = performance.now();
    const result = await host.run("readMany", [10_000]);
    const took = performance.now() - start;
    expect(result.value).toEqual([10_000, { wall: "2026-01-01" }]);
    expect(result.calls["Range.getValues"]).toBe(1);
    // Measured 0.2 s alone; the limit leaves room for a busy machine.
    expect(took).toBeLessThan(3_000);
  });
});
