import { errorOf, evaluate, START_MS, startHost, valueFrom } from "./support/start-host";

const HOUR_MS = 3_600_000;
const addOn = { mode: "add-on" } as const;
const clock = (rest: string): string => `ScriptApp.newTrigger("tick").timeBased().${rest}.create();`;
const SEEN = `function tick(e) { console.log(JSON.stringify(e)); }`;

it("23: an add-on's clock trigger recurs hourly at most", async () => {
  const text = "The recurrence interval for an Add-on trigger must be at least one hour.";
  expect(await errorOf(clock("everyMinutes(30)"), addOn)).toBe(text);
  expect(await evaluate(`${clock("everyHours(1)")} return 1;`, addOn)).toBe(1);
});

it("23: a bound script may recur every 1, 5, 10, 15 or 30 minutes", async () => {
  for (const minutes of [1, 5, 10, 15, 30]) {
    expect(await evaluate(`${clock(`everyMinutes(${minutes})`)} return 1;`)).toBe(1);
  }
  expect(await errorOf(clock("everyMinutes(7)"))).toContain("everyMinutes");
  expect(await errorOf(clock("everyHours(3)"))).toContain("everyHours");
});

it("24: a user has 20 triggers in a script", async () => {
  expect(await errorOf(`for (let i = 0; i < 21; i++) { ${clock("after(1000)")} }`)).toContain("too many triggers");
});

it("24: an add-on has one recurring clock trigger per user and document, beside one-offs", async () => {
  expect(
    await evaluate(
      `${clock("everyHours(1)")} ${clock("after(1000)")} return ScriptApp.getProjectTriggers().length;`,
      addOn,
    ),
  ).toBe(2);
  expect(await errorOf(`${clock("everyHours(1)")} ${clock("everyHours(2)")}`, addOn)).toContain(
    "one trigger of each type",
  );
});

it("24: triggers are listed for their user over all documents, clock triggers without a source", async () => {
  const host = startHost(
    `function make() { ${clock("everyHours(1)")} ScriptApp.newTrigger("edit").forSpreadsheet(SpreadsheetApp.getActive()).onEdit().create(); }
     function list() { return ScriptApp.getProjectTriggers().map((trigger) => [trigger.getHandlerFunction(), String(trigger.getEventType()), String(trigger.getTriggerSource()), trigger.getTriggerSourceId()].join()); }
     function drop() { ScriptApp.getProjectTriggers().forEach((trigger) => ScriptApp.deleteTrigger(trigger)); }`,
    addOn,
  );
  await host.run("make");
  const file = host.workbook.id;
  host.user.copyFile();
  await host.run("make");
  expect(valueFrom(await host.run("list"))).toEqual([
    "tick,CLOCK,CLOCK,",
    `edit,ON_EDIT,SPREADSHEETS,${file}`,
    "tick,CLOCK,CLOCK,",
    `edit,ON_EDIT,SPREADSHEETS,${host.workbook.id}`,
  ]);
  host.setUser({ email: "other@example.com", plan: "consumer" });
  expect(valueFrom(await host.run("list"))).toEqual([]);
  host.setUser({ email: "user@example.com", plan: "consumer" });
  await host.run("drop");
  expect(host.triggers()).toEqual([]);
});

it("25: a clock event names its trigger and time, and no document", async () => {
  const host = startHost(
    `${SEEN} function make() { return ${clock("after(60000)").replace(/;$/, "")}.getUniqueId(); }`,
  );
  const id = valueFrom(await host.run("make"));
  const [result] = await host.advance(120_000);
  const event = JSON.parse(result?.log[0]?.replace("DEBUG: ", "") ?? "null") as Record<string, unknown>;
  expect(event).toMatchObject({
    authMode: "FULL",
    triggerUid: id,
    year: 2026,
    month: 3,
    "day-of-month": 2,
    hour: 10,
    minute: 1,
    timezone: "Etc/UTC",
  });
  expect(event).not.toHaveProperty("source");
});

const LOOK = `function make() { ${clock("after(1)")} } function tick() {
  let ui; try { SpreadsheetApp.getUi(); ui = "ui"; } catch (error) { ui = error.message; }
  return [SpreadsheetApp.getActive() === null, PropertiesService.getDocumentProperties() === null, CacheService.getDocumentCache() === null, LockService.getDocumentLock() === null, ui]; }`;

it.each([
  ["add-on", "none", true],
  ["add-on", "active", false],
  ["bound", "none", false],
] as const)(
  "25: a clock run of a script installed as %s with document %s lacks the document: %s",
  async (mode, clockRunDocument, lacks) => {
    const host = startHost(LOOK, { mode, clockRunDocument });
    await host.run("make");
    const [result] = await host.advance(1_000);
    expect(result?.value).toEqual([
      lacks,
      lacks,
      lacks,
      lacks,
      "Cannot call SpreadsheetApp.getUi() from this context.",
    ]);
  },
);

it("26: a one-off trigger fires once and keeps its slot until it is deleted", async () => {
  const host = startHost(`${SEEN} function make() { ${clock("after(60000)")} }`);
  await host.run("make");
  expect(await host.advance(HOUR_MS)).toHaveLength(1);
  expect(await host.advance(HOUR_MS)).toHaveLength(0);
  expect(host.triggers()).toMatchObject([{ functionName: "tick", kind: "clock", nextMs: null }]);
});

it("26: an hourly trigger fires each hour at its own minute", async () => {
  const host = startHost(`${SEEN} function make() { ${clock("everyHours(1)")} }`);
  await host.run("make");
  const first = host.triggers()[0]?.nextMs ?? 0;
  expect(first).toBeGreaterThan(START_MS);
  expect(first).toBeLessThanOrEqual(START_MS + HOUR_MS + 1_000);
  const results = await host.advance(5 * HOUR_MS);
  expect(results.map(({ startedMs }) => (startedMs - first) / HOUR_MS)).toEqual([0, 1, 2, 3, 4]);
});

it("26: a daily trigger fires at a random minute of its hour in its zone, also over a change of clocks", async () => {
  const host = startHost(
    `${SEEN} function make() { ${clock(`everyDays(1).atHour(7).inTimezone("America/New_York")`)} }`,
    {
      startMs: Date.UTC(2026, 2, 6, 20),
    },
  );
  await host.run("make");
  const results = await host.advance(3 * 24 * HOUR_MS);
  // Clocks go forward in New York on 2026-03-08.
  expect(results.map(({ startedMs }) => new Date(startedMs).toISOString().slice(0, 13))).toEqual([
    "2026-03-07T12",
    "2026-03-08T11",
    "2026-03-09T11",
  ]);
});

it("26: a weekly trigger fires on its day", async () => {
  const host = startHost(`${SEEN} function make() { ${clock("onWeekDay(ScriptApp.WeekDay.FRIDAY).atHour(9)")} }`);
  await host.run("make");
  const results = await host.advance(14 * 24 * HOUR_MS);
  expect(results.map(({ startedMs }) => new Date(startedMs).toISOString().slice(0, 13))).toEqual([
    "2026-03-06T09",
    "2026-03-13T09",
  ]);
});

it("26: a trigger that a triggered run makes fires in the same move of the clock", async () => {
  const host = startHost(`function make() { ${clock("after(60000)")} }
    function tick(e) { const own = ScriptApp.getProjectTriggers(); own.forEach((trigger) => ScriptApp.deleteTrigger(trigger));
      const left = Number(PropertiesService.getUserProperties().getProperty("left") || 3); PropertiesService.getUserProperties().setProperty("left", String(left - 1)); if (left > 1) { make(); } }`);
  await host.run("make");
  expect(await host.advance(10 * 60_000)).toHaveLength(3);
  expect(host.triggers()).toEqual([]);
});

it("26: runs of triggers overlap when one is still at work", async () => {
  const host = startHost(
    `function make() { ${clock("after(1000)")} ${clock("after(2000)")} } function tick() { Utilities.sleep(60000); }`,
  );
  await host.run("make");
  const results = await host.advance(5_000);
  expect(results.map(({ startedMs }) => Math.round((startedMs - (results[0]?.startedMs ?? 0)) / 1_000))).toEqual([
    0, 1,
  ]);
});

it("26: triggers of a consumer run 90 minutes a day in total", async () => {
  const host = startHost(
    `function make() { ${clock("everyMinutes(5)")} } function tick() { Utilities.sleep(299000); }`,
  );
  await host.run("make");
  const results = await host.advance(2 * HOUR_MS);
  const refused = results.filter(({ error }) => error === "Service using too much computer time for one day");
  expect(results.length - refused.length).toBe(19);
  expect(refused.length).toBeGreaterThan(2);
}, 60_000);

it("27: a trigger runs as the user who made it", async () => {
  const host = startHost(
    `function make() { ${clock("after(1000)")} } function tick() { return Session.getEffectiveUser().getEmail(); }`,
  );
  await host.run("make");
  host.setUser({ email: "other@example.com", plan: "consumer" });
  expect((await host.advance(2_000))[0]?.value).toBe("user@example.com");
});

it("27: a test deployment refuses installable triggers", async () => {
  expect(await errorOf(clock("everyHours(1)"), { ...addOn, testDeployment: true })).toContain("test deployments");
});

it("12: edits of the user fire edit triggers, writes of scripts do not", async () => {
  const host =
    startHost(`function onEdit(e) { console.log(String(e.authMode) + " " + e.range.getA1Notation()); SpreadsheetApp.getActiveSheet().getRange("C1").setValue("by script"); }
    function installed(e) { console.log("installed " + e.range.getA1Notation()); } function changed(e) { console.log("changed " + e.changeType); }
    function make() { const file = SpreadsheetApp.getActive(); ScriptApp.newTrigger("installed").forSpreadsheet(file).onEdit().create(); ScriptApp.newTrigger("changed").forSpreadsheet(file).onChange().create(); }
    function write() { SpreadsheetApp.getActiveSheet().getRange("A1").setValue(1); }`);
  await host.run("make");
  await host.run("write");
  await host.idle();
  expect(host.executions().map(({ functionName }) => functionName)).toEqual(["make", "write"]);
  host.user.typeInto(0, 2, 2, "x");
  host.user.insertRows(0, 1, 1);
  await host.idle();
  expect(
    host
      .executions()
      .slice(2)
      .flatMap(({ log }) => log)
      .sort(),
  ).toEqual(["DEBUG: LIMITED B2", "DEBUG: changed EDIT", "DEBUG: changed INSERT_ROW", "DEBUG: installed B2"]);
});
