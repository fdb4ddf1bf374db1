import { errorOf, evaluate, startHost, TEST_SCOPES, valueFrom } from "./support/start-host";

it("17: every execution evaluates the whole bundle anew", async () => {
  const host = startHost(`let counter = 0; function count() { return ++counter; }`);
  expect([await host.run("count"), await host.run("count")].map(valueFrom)).toEqual([1, 1]);
});

it("17: what Apps Script lacks is missing, console is there", async () => {
  expect(
    await evaluate(`return ["URL", "URLSearchParams", "TextEncoder", "setTimeout", "setInterval", "queueMicrotask", "fetch", "crypto", "atob", "btoa", "process", "require", "Buffer", "performance", "structuredClone", "window", "WebAssembly", "__connect"]
      .filter((name) => typeof globalThis[name] !== "undefined").concat(typeof console.log);`),
  ).toEqual(["function"]);
});

it("17: promises run to their end without timers", async () => {
  const host = startHost(`async function main() { const value = await Promise.resolve(20); return value + 1; }`);
  expect(valueFrom(await host.run("main"))).toBe(21);
});

it.each([
  ["a private field", "class A { #x = 1; }"],
  ["a static field", "class A { static x = 1; }"],
  ["a BigInt literal", "const x = 10n;"],
  ["a module", "export const x = 1;"],
])("18: %s is refused when the code is loaded", (_name, code) => {
  expect(() => startHost(code)).toThrow("ParseError");
});

it("19: an execution is killed after 6 minutes, a simple trigger after 30 seconds", async () => {
  const host = startHost(
    `function main() { try { for (;;) { Utilities.sleep(1000); } } finally { PropertiesService.getUserProperties().setProperty("finally", "ran"); } }`,
  );
  const slow = await host.run("main");
  expect([slow.outcome, slow.durationMs, slow.error]).toEqual([
    "timed-out",
    360_000,
    "Exceeded maximum execution time",
  ]);
  const simple = await host.run("main", [], { source: "simple-trigger" });
  expect([simple.outcome, simple.durationMs]).toEqual(["timed-out", 30_000]);
  expect(host.properties("user")).toEqual({});
});

it("19: a loop that waits for the clock ends by the virtual clock", async () => {
  const host = startHost(
    `function main() { const start = Date.now(); while (Date.now() - start < 1000) {} return Date.now() - start; }`,
  );
  const result = await host.run("main");
  expect(result.value).toBe(1000);
  expect(Math.round(result.durationMs)).toBe(1000);
});

it("19: the 31st simultaneous execution of a user is refused", async () => {
  const host = startHost(`function main() { Utilities.sleep(1000); }`);
  const results = await Promise.all(Array.from({ length: 31 }, () => host.run("main", [], { source: "menu" })));
  expect(results.filter(({ outcome }) => outcome === "completed")).toHaveLength(30);
  expect(results.find(({ outcome }) => outcome === "failed")?.error).toContain(
    "too many scripts running simultaneously",
  );
}, 60_000);

it("19: a script that computes for ever does not block the others", async () => {
  const host = startHost(`function spin() { for (;;) { Utilities.sleep(0); } } function quick() { return 1; }`, {
    clock: "live",
  });
  const spinning = host.run("spin", [], { deadlineMs: 500 });
  expect(valueFrom(await host.run("quick"))).toBe(1);
  expect((await spinning).outcome).toBe("timed-out");
});

const MODES = [
  ["SpreadsheetApp.getActiveSpreadsheet()", false, true],
  ["PropertiesService.getUserProperties()", false, true],
  ["LockService.getUserLock()", false, true],
  ["CacheService.getUserCache()", false, true],
  ["UrlFetchApp.fetch('https://example.com')", false, false],
  ["ScriptApp.getProjectTriggers()", false, false],
  ["MailApp.sendEmail('a@example.com', 's', 'b')", false, false],
  ["SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput('x'))", false, false],
  ["SpreadsheetApp.getUi().createAddonMenu().addItem('A', 'a').addToUi()", true, true],
  ["Utilities.getUuid()", true, true],
  ["Session.getActiveUserLocale()", true, true],
  ["Logger.log('x')", true, true],
] as const;

it.each(MODES)("20: %s in NONE: %s, in LIMITED: %s", async (code, none, limited) => {
  const host = startHost(`function main() { ${code}; }`);
  const outcomes = [];
  for (const authMode of ["NONE", "LIMITED"] as const) {
    const result = await host.run("main", [], { authMode, source: "simple-trigger" });
    outcomes.push(result.outcome === "completed");
    expect(result.error ?? "permission").toContain("permission");
  }
  expect(outcomes).toEqual([none, limited]);
});

it("20: a service call at module scope kills the menu of an installed add-on that is not enabled yet", async () => {
  const menu = `function onOpen(e) { SpreadsheetApp.getUi().createAddonMenu().addItem("Sync now", "syncNow").addToUi(); } function syncNow() {}`;
  const bad = startHost(`const store = PropertiesService.getUserProperties(); ${menu}`, { mode: "add-on" });
  expect((await bad.open()).outcome).toBe("failed");
  expect(bad.menus()).toEqual([]);
  const good = startHost(menu, { mode: "add-on" });
  expect((await good.open()).outcome).toBe("completed");
  expect(good.menus()).toEqual([
    { caption: "", addon: true, items: [{ kind: "item", caption: "Sync now", functionName: "syncNow" }] },
  ]);
});

it("20: onOpen of an add-on is NONE until the add-on was used in the file, then LIMITED; of a bound script always LIMITED", async () => {
  const code = `function onOpen(e) { console.log(String(e.authMode) + " " + (e.source ? e.source.getName() : "no source")); } function use() {}`;
  const addon = startHost(code, { mode: "add-on" });
  expect((await addon.open()).log).toEqual(["DEBUG: NONE no source"]);
  await addon.run("use", [], { source: "menu" });
  expect((await addon.open()).log).toEqual(["DEBUG: LIMITED Untitled spreadsheet"]);
  expect((await startHost(code).open()).log).toEqual(["DEBUG: LIMITED Untitled spreadsheet"]);
});

it("20: a menu keeps separators and submenus", async () => {
  const host = startHost(`function onOpen() { const ui = SpreadsheetApp.getUi();
    ui.createMenu("CRM").addItem("A", "a").addSeparator().addSubMenu(ui.createMenu("More").addItem("B", "b")).addToUi(); }`);
  await host.open();
  expect(host.menus()).toEqual([
    {
      caption: "CRM",
      addon: false,
      items: [
        { kind: "item", caption: "A", functionName: "a" },
        { kind: "separator" },
        { kind: "submenu", caption: "More", items: [{ kind: "item", caption: "B", functionName: "b" }] },
      ],
    },
  ]);
});

it("21: a call without its granted scope throws and names the scope", async () => {
  const granted = TEST_SCOPES.filter((scope) => !scope.endsWith("script.external_request"));
  expect(await errorOf(`UrlFetchApp.fetch("https://example.com");`, { grantedScopes: granted })).toBe(
    "Specified permissions are not sufficient to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request",
  );
});

it("21: scopes are granted and taken back one by one", async () => {
  const host = startHost(`function main() { const info = ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL);
    return [String(info.getAuthorizationStatus()), info.getAuthorizedScopes().length]; }
    function demand() { ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL); }`);
  expect(valueFrom(await host.run("main"))).toEqual(["NOT_REQUIRED", 6]);
  host.setGrantedScopes(TEST_SCOPES.slice(0, 4));
  expect(valueFrom(await host.run("main"))).toEqual(["REQUIRED", 4]);
  expect((await host.run("demand")).outcome).toBe("failed");
});

it("21: currentonly opens no file by id, the spreadsheets scope does", async () => {
  const body = `return SpreadsheetApp.openById(SpreadsheetApp.getActive().getId()).getName();`;
  expect(await errorOf(body)).toContain("SpreadsheetApp.openById");
  const oauthScopes = ["https://www.googleapis.com/auth/spreadsheets"];
  expect(await evaluate(body, { manifest: { timeZone: "Etc/UTC", oauthScopes } })).toBe("Untitled spreadsheet");
});

it("22: a daily quota is per user and comes back 24 hours after the first use", async () => {
  const host = startHost(
    `function send(n) { for (let i = 0; i < n; i++) MailApp.sendEmail("a@example.com", "s", "b"); return MailApp.getRemainingDailyQuota(); }`,
  );
  expect(valueFrom(await host.run("send", [99]))).toBe(1);
  expect((await host.run("send", [2])).error).toBe("Service invoked too many times for one day: email.");
  await host.advance(24 * 3_600_000);
  expect(valueFrom(await host.run("send", [2]))).toBe(98);
});

it("counts calls, spreadsheet calls and log lines, and gives the virtual duration", async () => {
  const host =
    startHost(`function main() { const sheet = SpreadsheetApp.getActiveSheet(); sheet.getRange("A1:B2").setValues([[1, 2], [3, 4]]);
    sheet.getLastRow(); sheet.getRange("A1").getValue(); sheet.insertRowBefore(1); console.info("done %d", 3); Logger.log("x"); Utilities.sleep(1000); }`);
  const result = await host.run("main");
  expect(result.calls).toMatchObject({
    "Range.setValues": 1,
    "Range.getValue": 1,
    "Sheet.getRange": 2,
    "Sheet.insertRowBefore": 1,
  });
  expect([result.sheetCalls, result.fetchCalls, result.log]).toEqual([3, 0, ["INFO: done 3", "INFO: x"]]);
  expect(result.durationMs).toBeGreaterThan(1_000);
  expect(host.executions()).toHaveLength(1);
});

it("the same input gives the same interleaving, clock and ids every time", async () => {
  const code = `
    function worker(name) { const sheet = SpreadsheetApp.getActiveSheet(); const trace = [];
      for (let i = 0; i < 8; i++) { const lock = LockService.getScriptLock(); const got = lock.tryLock(150); trace.push(got + "@" + Date.now());
        if (got) { sheet.appendRow([name, i, Utilities.getUuid()]); Utilities.sleep(i * 37); lock.releaseLock(); } else { Utilities.sleep(50); } }
      return trace; }`;
  const once = async (): Promise<string> => {
    const host = startHost(code);
    const results = await Promise.all(["a", "b", "c"].map((name) => host.run("worker", [name])));
    const rows = host.workbook.cells(0, 1, 1, 24, 3).map((row) => row.map(({ value }) => value).join());
    return JSON.stringify([results.map(({ value, durationMs }) => [value, durationMs]), rows]);
  };
  const first = await once();
  expect(first).toContain("false@");
  expect(await once()).toBe(first);
  expect(await once()).toBe(first);
});
