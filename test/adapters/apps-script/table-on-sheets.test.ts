import { adapterHost, call, closeHosts } from "./adapter-host";

const IMPORTS = `
import { createCodec } from "./apps-script/codec";
import { createGrid } from "./apps-script/grid";
import { createZone } from "./apps-script/zone";
import { createHistoryTab } from "./sheet/history-tab";
import { createSheetSetup } from "./sheet/setup/create-sheet-setup";
import { createStateTab } from "./sheet/state-tab";
import { createTable } from "./sheet/create-table";
`;

const FUNCTIONS = `
const grid = () => createGrid(SpreadsheetApp.getActive());
const columns = ["email", "phone", "born", "size"].map((field, i) => ({ columnId: "c" + i, header: field, field, direction: "both", blank: "keep" }));
const mappingOf = (tabId) => ({ id: "m1", name: "People", crm: "hubspot", accountId: "1", objectType: "contacts", tabId, headerRow: 1, columns, keyField: "email", direction: "both" });

export function setUp() {
  const setup = createSheetSetup(grid());
  const { tabId } = setup.createTemplate({
    name: "People",
    columns: columns.map(({ header }) => ({ header, note: "", text: header === "phone", widthPx: 100 })),
  });
  setup.bind(mappingOf(tabId), new Map(columns.map((one, i) => [one.columnId, i + 1])));
  return tabId;
}

export function readTable(tabId) { return createTable(grid(), mappingOf(tabId)).read(); }
export function writeTable(tabId, chunk) { return createTable(grid(), mappingOf(tabId)).write(chunk); }
const baseOf = (known) => (recordId, field) => known[recordId + "." + field];
export function journal(tabId, chunk, known) { return createTable(grid(), mappingOf(tabId)).before(chunk, baseOf(known)); }
export function mend(tabId, chunk, before, known) {
  return createTable(grid(), mappingOf(tabId)).repair(chunk, before, baseOf(known));
}
export function contentsOf(tabId, ids) { return [...createTable(grid(), mappingOf(tabId)).contents(ids)]; }
export function removeRows(tabId, contents) {
  const removals = contents.map(([recordId, content]) => ({ recordId, content }));
  return createTable(grid(), mappingOf(tabId)).removeRows(removals);
}
export function restoreRows(tabId, contents) {
  return createTable(grid(), mappingOf(tabId)).restoreRows(contents.map(([id, content]) => ({ id, content })));
}
export function showStatus(tabId, statuses) { createTable(grid(), mappingOf(tabId)).writeStatuses(statuses, false); }

export function restrict(tabId, column, options) {
  const range = SpreadsheetApp.getActive().getSheetById(tabId).getRange(2, column, 50, 1);
  const rule = SpreadsheetApp.newDataValidation().setAllowInvalid(false);
  range.setDataValidation((options === null ? rule.requireCheckbox() : rule.requireValueInList(options)).build());
}

export function saveState(documents, intent) {
  const store = createStateTab(grid(), createCodec());
  for (const [key, value] of documents) store.save(key, value);
  store.commit(intent);
}
export function loadState(keys) {
  const store = createStateTab(grid(), createCodec());
  return [keys.map((key) => store.load(key)), store.committed()];
}

export function addEvent(event) { createHistoryTab(grid(), createZone(grid().timeZone())).append(event); }
export function listEvents() { return createHistoryTab(grid(), createZone(grid().timeZone())).list(5); }
export function formulas(tabName) {
  const tab = grid().tabByName(tabName);
  const { usedRows, usedColumns } = tab.size();
  return tab.readFormulas({ row: 1, column: 1, rows: usedRows, columns: usedColumns }).flat().filter((one) => one !== "");
}
`;

const EVIL = '=HYPERLINK("https://evil.example","x")';

afterAll(closeHosts);

describe("a table on an emulated spreadsheet", () => {
  const values = (n: number) => ({
    email: { kind: "text", text: n === 1 ? EVIL : `p${n}@x.example` },
    phone: { kind: "text", text: `+39 06 000${n}` },
    born: { kind: "wall", text: "1990-05-17" },
    size: { kind: "number", number: n / 3 },
  });

  it("appends, reads back, changes, and finds everything as it was written", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS, { spreadsheet: { timeZone: "Pacific/Auckland" } });
    const tabId = await call(host, "setUp");
    const appends = [1, 2, 3].map((n) => ({ recordId: `00${n}`, cells: values(n) }));
    const written = (await call(host, "writeTable", [tabId, { cells: [], appends }])) as { kind: string }[];
    expect(written.map((one) => one.kind)).toEqual(Array.from({ length: 12 }, () => "written"));
    const read = (await call(host, "readTable", [tabId])) as { rows: { recordId: string; cells: object }[] };
    expect(read.rows.map((row) => row.recordId)).toEqual(["001", "002", "003"]);
    read.rows.forEach((row, i) => {
      const wanted = Object.entries(values(i + 1)).map(([field, value]) => [field, { value, formula: null }]);
      expect(row.cells).toEqual(Object.fromEntries(wanted));
    });
    expect(await call(host, "formulas", ["People"])).toEqual([]);

    const change = { recordId: "002", field: "phone", expected: "t+39 06 0002", value: { kind: "text", text: "0039" } };
    expect(await call(host, "writeTable", [tabId, { cells: [change], appends: [] }])).toEqual([
      { kind: "written", recordId: "002", field: "phone", readBack: "t0039" },
    ]);
  });

  it("takes two sheet calls to read, and a handful to write", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = await call(host, "setUp");
    const appends = Array.from({ length: 200 }, (_, i) => ({ recordId: `${900 + i}`, cells: values(i + 2) }));
    const written = await host.run("writeTable", [tabId, { cells: [], appends }]);
    expect(written.outcome).toBe("completed");
    // 5 reads, 2 writes, and what the first phone numbers of an execution need: formats, one look, one more write.
    expect(written.sheetCalls).toBeLessThanOrEqual(16);
    const read = await host.run("readTable", [tabId]);
    expect(read.sheetCalls).toBe(2);
  });

  it("shows statuses with their notes", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = (await call(host, "setUp")) as number;
    await call(host, "writeTable", [tabId, { cells: [], appends: [{ recordId: "7", cells: values(7) }] }]);
    await call(host, "showStatus", [tabId, [{ recordId: "7", rowNumber: 2, status: "Error", note: "Why." }]]);
    const [[cell] = []] = host.workbook.cells(tabId, 2, 6, 1, 1);
    expect(cell).toMatchObject({ value: "Error", note: "Why." });
    expect((await host.run("showStatus", [tabId, []])).calls["Range.setNotes"]).toBe(1);
    expect((await host.run("showStatus", [tabId, []])).sheetCalls).toBe(1);
  });
});

describe("rows that are removed and put back on an emulated spreadsheet", () => {
  type Shown = { readonly display: string; readonly formula: string | null };

  /** Five people; behind the own columns stand a share in percent, a formula, a date and a text like a formula. */
  async function town(double = (row: number) => `=D${row}*2`) {
    const host = adapterHost(IMPORTS, FUNCTIONS, { spreadsheet: { timeZone: "Pacific/Auckland" } });
    const tabId = (await call(host, "setUp")) as number;
    const appends = [1, 2, 3, 4, 5].map((n) => ({
      recordId: `10${n}`,
      cells: {
        email: { kind: "text", text: `p${n}@x.example` },
        phone: { kind: "text", text: `+39 0${n}` },
        born: { kind: "wall", text: `1990-05-1${n}` },
        size: { kind: "number", number: n },
      },
    }));
    await call(host, "writeTable", [tabId, { cells: [], appends }]);
    host.user.insertColumns(tabId, 7, 4);
    host.user.setNumberFormat(tabId, 1, 7, 1_000, 4, "General");
    host.user.paste(tabId, 1, 7, [["Share", "Double", "Since", "Motto"]]);
    for (let row = 2; row <= 6; row++) {
      host.user.paste(tabId, row, 7, [[`${row}.5%`, double(row), `2026-02-0${row}`, `'=1+${row}`]]);
    }
    const shown = () => {
      const { rows } = host.workbook.used(tabId);
      const lines = host.workbook.cells(tabId, 2, 1, rows - 1, 10).filter((line) => line[0]?.display !== "");
      return Object.fromEntries(
        lines.map((line) => [line[0]?.display ?? "", line.map((one: Shown) => one.formula ?? one.display)]),
      );
    };
    return { host, tabId, shown };
  }

  it("come back with values, dates, percentages and formulas, which count from their new row", async () => {
    const { host, tabId, shown } = await town();
    const before = shown();
    const contents = await call(host, "contentsOf", [tabId, ["102", "103"]]);
    const removed = await host.run("removeRows", [tabId, contents]);
    expect(removed.value).toEqual(["102", "103"].map((recordId) => ({ kind: "removed", recordId })));
    expect(removed.calls["Sheet.deleteRows"]).toBe(1);
    expect(removed.sheetCalls).toBe(5);
    expect(Object.keys(shown())).toEqual(["p1@x.example", "p4@x.example", "p5@x.example"]);

    const restored = await host.run("restoreRows", [tabId, contents]);
    expect(restored.value).toEqual(["102", "103"].map((id) => ({ id, placed: true })));
    expect(shown()["p2@x.example"]).toEqual(before["p2@x.example"]?.map((text) => (text === "=D3*2" ? "=D5*2" : text)));
    expect(shown()["p3@x.example"]).toEqual(before["p3@x.example"]?.map((text) => (text === "=D4*2" ? "=D6*2" : text)));
    expect(host.workbook.cells(tabId, 5, 8, 2, 1).map(([cell]) => cell?.display)).toEqual(["4", "6"]);
    expect(host.workbook.cells(tabId, 5, 7, 2, 1).map(([cell]) => cell?.display)).toEqual(["3.50%", "4.50%"]);
    expect(await call(host, "restoreRows", [tabId, contents])).toEqual(restored.value);
    expect(Object.keys(shown())).toHaveLength(5);
  });

  it.each(["insert", "sort"] as const)("stay whole when rows move right before the deletion: %s", async (how) => {
    const { host, tabId, shown } = await town(how === "sort" ? () => "=INDEX(D:D,ROW())*2" : undefined);
    const before = shown();
    const contents = await call(host, "contentsOf", [tabId, ["102", "103"]]);
    let moved = false;
    const result = await host.run("removeRows", [tabId, contents], {
      beforeCall: ({ method }) => {
        if (method !== "Sheet.deleteRows" || moved) return;
        moved = true;
        if (how === "insert") host.user.insertRows(tabId, 2, 1);
        else host.user.sortRows(tabId, 2, 1, false);
      },
    });
    expect(moved).toBe(true);
    expect(result.value).toEqual(["102", "103"].map((recordId) => ({ kind: "removed", recordId })));
    const plain = (line: readonly string[] | undefined) => line?.map((text) => text.replace(/^=D\d+/, "=D#"));
    for (const n of [1, 4, 5]) expect(plain(shown()[`p${n}@x.example`])).toEqual(plain(before[`p${n}@x.example`]));
    expect(Object.keys(shown())).toHaveLength(3);
    const { rows } = host.workbook.used(tabId);
    for (const [size, double] of host.workbook.cells(tabId, 2, 4, rows - 1, 5).map((line) => [line[0], line[4]])) {
      if (size?.display !== "") expect(double?.display).toBe(String(2 * Number(size?.value)));
    }
  });

  it("R18: get their header back when it falls for the first of them", async () => {
    const { host, tabId, shown } = await town();
    const contents = await call(host, "contentsOf", [tabId, ["101"]]);
    const header = host.workbook.cells(tabId, 1, 1, 1, 10)[0]?.map((cell) => cell.display);
    let moved = false;
    const result = await host.run("removeRows", [tabId, contents], {
      beforeCall: ({ method }) => {
        if (method === "Sheet.deleteRows" && !moved) host.user.insertRows(tabId, 1, 1);
        if (method === "Sheet.deleteRows") moved = true;
      },
    });
    expect(result.value).toEqual([{ kind: "removed", recordId: "101" }]);
    expect(result.calls["Sheet.insertRowsBefore"]).toBe(1);
    expect(host.workbook.cells(tabId, 2, 1, 1, 10)[0]?.map((cell) => cell.display)).toEqual(header);
    expect(Object.keys(shown())).toEqual([header?.[0], ...[2, 3, 4, 5].map((n) => `p${n}@x.example`)]);
  });

  it("removes all rows below a frozen header", async () => {
    const { host, tabId } = await town();
    host.user.deleteRows(tabId, 7, 994);
    const contents = await call(host, "contentsOf", [tabId, ["101", "102", "103", "104", "105"]]);
    const removed = (await call(host, "removeRows", [tabId, contents])) as { kind: string }[];
    expect(removed.map((one) => one.kind)).toEqual(Array.from({ length: 5 }, () => "removed"));
    expect(host.workbook.used(tabId).rows).toBe(1);
  });

  it("I13: a chunk that was cut off is mended when rows moved under it, formulas of mapped columns included", async () => {
    const { host, tabId, shown } = await town();
    host.user.typeInto(tabId, 2, 4, "=ROW()*10+G2*0");
    const before = shown();
    const known = Object.fromEntries(
      [1, 2, 3, 4, 5].flatMap((n) => [
        [`10${n}.email`, `tp${n}@x.example`],
        [`10${n}.phone`, `t+39 0${n}`],
        [`10${n}.born`, `w1990-05-1${n}`],
        [`10${n}.size`, `n${n}`],
      ]),
    );
    const cells = [
      { recordId: "102", field: "size", expected: "n2", value: { kind: "number", number: 77001 } },
      { recordId: "102", field: "born", expected: "w1990-05-12", value: { kind: "wall", text: "2001-01-02" } },
      { recordId: "104", field: "phone", expected: "t+39 04", value: { kind: "text", text: "+49 777" } },
    ];
    const chunk = { cells, appends: [{ recordId: "901", cells: { email: { kind: "text", text: "new@x.example" } } }] };
    const journal = await call(host, "journal", [tabId, chunk, known]);
    let moved = false;
    const killed = await host.run("writeTable", [tabId, chunk], {
      beforeCall: ({ method }) => {
        if (method !== "Range.setValues" || moved) return;
        moved = true;
        host.user.insertRows(tabId, 2, 1);
        host.user.moveRows(tabId, 5, 1, 4);
      },
      killAt: { call: await callOfFlush(), when: "after" },
    });
    expect([killed.outcome, moved]).toEqual(["killed", true]);
    expect(shown()).not.toMatchObject(before);
    const mended = await host.run("mend", [tabId, chunk, journal, known]);
    expect(mended.value).toBeGreaterThan(2);
    const plain = (lines: Record<string, readonly string[]>) =>
      Object.fromEntries(
        Object.entries(lines).map(([id, line]) => [id, line.map((text) => text.replace(/([A-Z])\d+/g, "$1#"))]),
      );
    expect(plain(shown())).toEqual(plain(before));
    expect(shown()["p1@x.example"]?.[3]).toBe("=ROW()*10+G3*0");
    const again = (await call(host, "writeTable", [tabId, chunk])) as { kind: string }[];
    expect(again.map((one) => one.kind)).toEqual(["written", "written", "written", "written"]);
    const none = await host.run("mend", [tabId, chunk, journal, known]);
    expect([none.value, none.sheetCalls]).toEqual([0, 2]);

    async function callOfFlush(): Promise<number> {
      const trial = await town();
      trial.host.user.typeInto(trial.tabId, 2, 4, "=ROW()*10+G2*0");
      let found = 0;
      await trial.host.run("writeTable", [trial.tabId, chunk], {
        beforeCall: ({ method, number }) => {
          if (method === "SpreadsheetApp.flush" && found === 0) found = number;
        },
      });
      return found;
    }
  });
});

describe("a mapped column with a data validation that refuses input", () => {
  type Outcome = { kind: string; recordId: string; field: string; reason?: string };
  const text = (value: string) => ({ kind: "text", text: value });
  const appends = (phones: readonly string[]) =>
    phones.map((phone, n) => ({ recordId: `${n + 1}`, cells: { email: text(`p${n}@x.example`), phone: text(phone) } }));
  const refusedOf = (outcomes: readonly Outcome[]) =>
    outcomes.filter((one) => one.kind === "skipped").map((one) => `${one.recordId} ${one.field} ${one.reason}`);

  it.each([
    ["a list", ["red", "green"]],
    ["a rule that the add-on cannot read", null],
  ])("skips the cells that %s refuses and writes all others", async (_what, options) => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = (await call(host, "setUp")) as number;
    await call(host, "restrict", [tabId, 2, options]);
    const fits = options === null ? "" : "green";
    const chunk = { cells: [], appends: appends([fits, "blue", fits, fits, "pink"]) };
    const appended = (await call(host, "writeTable", [tabId, chunk])) as Outcome[];
    expect(refusedOf(appended)).toEqual(["2 phone validation", "5 phone validation"]);
    const shown = host.workbook.cells(tabId, 2, 1, 5, 2).map((line) => line.map((cell) => cell.display));
    expect(shown).toEqual([fits, "", fits, fits, ""].map((phone, n) => [`p${n}@x.example`, phone]));

    const cells = ["3", "4"].map((recordId) => ({
      recordId,
      field: "phone",
      expected: fits === "" ? "" : "tgreen",
      value: text(recordId === "3" ? "black" : fits === "" ? "" : "red"),
    }));
    const email = { recordId: "5", field: "email", expected: "tp4@x.example", value: text("new@x.example") };
    const changed = (await call(host, "writeTable", [tabId, { cells: [...cells, email], appends: [] }])) as Outcome[];
    expect(refusedOf(changed)).toEqual(["3 phone validation"]);
    expect(host.workbook.cells(tabId, 6, 1, 1, 1)[0]?.[0]?.value).toBe("new@x.example");
    expect(host.workbook.cells(tabId, 4, 2, 1, 1)[0]?.[0]?.display).toBe(fits);
  });

  it("gives up the search for refused cells after a bounded number of writes", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = (await call(host, "setUp")) as number;
    await call(host, "restrict", [tabId, 2, null]);
    const phones = Array.from({ length: 45 }, (_, n) => `no ${n}`);
    const result = await host.run("writeTable", [tabId, { cells: [], appends: appends(phones) }]);
    expect(refusedOf(result.value as Outcome[])).toHaveLength(45);
    expect(result.calls["SpreadsheetApp.flush"]).toBeLessThanOrEqual(85);
    expect(host.workbook.cells(tabId, 46, 1, 1, 1)[0]?.[0]?.value).toBe("p44@x.example");
  });

  it("still fails when the write fails for another reason", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const tabId = (await call(host, "setUp")) as number;
    const fault = { kind: "service-error", message: "Service Spreadsheets failed" } as const;
    let hit = 0;
    const result = await host.run("writeTable", [tabId, { cells: [], appends: appends(["red"]) }], {
      faults: { 1: fault },
      beforeCall: () => void hit++,
    });
    expect([result.outcome, hit]).toEqual(["failed", 1]);
    expect(result.error).toContain("Service Spreadsheets failed");
  });
});

describe("state and history on an emulated spreadsheet", () => {
  it("keeps documents over executions without asking for a format", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    const large = Array.from({ length: 3_000 }, (_, i) => ({ id: `${i}`, email: `p${i}@x.example`, text: EVIL }));
    await call(host, "saveState", [
      [
        ["config", { a: EVIL }],
        ["base/0", large],
      ],
      4,
    ]);
    const second = await host.run("saveState", [
      [
        ["config", 5],
        ["-1", "=1"],
      ],
      5,
    ]);
    expect(second.calls["Range.getNumberFormats"]).toBeUndefined();
    expect(second.calls["Range.setValues"]).toBe(2);
    expect(second.sheetCalls).toBe(3);
    expect(await call(host, "loadState", [["config", "base/0", "-1", "none"]])).toEqual([[5, large, "=1", null], 5]);
    expect(await call(host, "formulas", ["_crm_sync_state"])).toEqual([]);
    expect(host.workbook.tabs().map((tab) => [tab.name, tab.hidden])).toContainEqual(["_crm_sync_state", true]);
  });

  it("does not notice a state tab that a person sorted", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS);
    await call(host, "saveState", [
      [
        ["a", 1],
        ["b", { deep: [true] }],
      ],
      1,
    ]);
    await call(host, "saveState", [[["a", 2]], 2]);
    const tab = host.workbook.tabs().find((one) => one.name === "_crm_sync_state");
    host.user.sortRows(tab?.id ?? 0, 1, 1, false);
    expect(await call(host, "loadState", [["a", "b"]])).toEqual([[2, { deep: [true] }], 2]);
  });

  it("writes events that no cell executes, with the time of the spreadsheet", async () => {
    const host = adapterHost(IMPORTS, FUNCTIONS, { spreadsheet: { timeZone: "Asia/Tokyo" } });
    const totals = {
      processed: 1,
      successes: 0,
      errors: 1,
      skipped: 0,
      created: 0,
      updated: 0,
      appended: 0,
      cellsWritten: 0,
      linked: 0,
    };
    const event = {
      runId: "r1",
      type: "Pull",
      mappingName: EVIL,
      objectType: "contacts",
      trigger: "manual",
      user: "+x@x.example",
      startedMs: Date.UTC(2026, 0, 1, 20),
      durationMs: 100,
      totals,
      outcome: "failed",
      messages: [{ severity: "error", rowNumber: 2, recordId: null, field: null, title: EVIL, message: "@evil" }],
    };
    await call(host, "addEvent", [event]);
    expect(await call(host, "formulas", ["_crm_sync_history"])).toEqual([]);
    expect(await call(host, "listEvents")).toEqual([event]);
    const tab = host.workbook.tabs().find((one) => one.name === "_crm_sync_history");
    const [[started, , mapping] = []] = host.workbook.cells(tab?.id ?? 0, 2, 1, 1, 3);
    expect(started?.display).toBe("2026-01-02 05:00:00");
    expect(mapping?.value).toBe(EVIL);
  });
});
