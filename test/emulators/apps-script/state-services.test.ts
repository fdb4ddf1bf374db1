import { errorOf, evaluate, START_MS, startHost, valueFrom } from "./support/start-host";

const PROPERTIES = "const store = PropertiesService.getUserProperties();";
const CACHE = "const cache = CacheService.getUserCache();";

it("13: properties are strings, others are converted, a deleted one is null", async () => {
  expect(
    await evaluate(`${PROPERTIES} store.setProperty("n", 1).setProperties({ b: true, s: "x" });
      const read = store.getProperties(); store.deleteProperty("n");
      return [read, store.getProperty("n"), store.getProperty("never"), store.getKeys()];`),
  ).toEqual([{ n: "1", b: "true", s: "x" }, null, null, ["b", "s"]]);
});

it("13: setProperties with true as second argument drops the others", async () => {
  expect(
    await evaluate(
      `${PROPERTIES} store.setProperty("old", "x"); store.setProperties({ fresh: "y" }, true); return store.getProperties();`,
    ),
  ).toEqual({ fresh: "y" });
});

it("13: the three stores are apart, and users do not see each other's", async () => {
  const host = startHost(`
    function put() { PropertiesService.getUserProperties().setProperty("k", "user");
      PropertiesService.getScriptProperties().setProperty("k", "script"); PropertiesService.getDocumentProperties().setProperty("k", "document"); }
    function read() { return [PropertiesService.getUserProperties(), PropertiesService.getScriptProperties(), PropertiesService.getDocumentProperties()]
      .map((store) => store.getProperty("k")); }`);
  await host.run("put");
  expect(valueFrom(await host.run("read"))).toEqual(["user", "script", "document"]);
  host.setUser({ email: "other@example.com", plan: "consumer" });
  expect(valueFrom(await host.run("read"))).toEqual([null, "script", "document"]);
  expect(host.properties("script")).toEqual({ k: "script" });
});

it("13: a value of 9 KB fits, one byte more does not; bytes count, not characters", async () => {
  expect(
    await evaluate(`${PROPERTIES} store.setProperty("k", "x".repeat(9216)); return store.getProperty("k").length;`),
  ).toBe(9216);
  expect(await errorOf(`${PROPERTIES} store.setProperty("k", "x".repeat(9217));`)).toBe("Argument too large: value");
  expect(await errorOf(`${PROPERTIES} store.setProperty("k", "é".repeat(4609));`)).toBe("Argument too large: value");
});

it("13: a store holds 500 KB", async () => {
  const fill = (count: number) =>
    `${PROPERTIES} for (let i = 0; i < ${count}; i++) store.setProperty("key" + (100 + i), "x".repeat(9000));`;
  expect(await errorOf(fill(57))).toContain("property storage quota");
  expect(await evaluate(`${fill(56)} return store.getKeys().length;`)).toBe(56);
});

it("13: reads and writes count towards the daily quota of the plan", async () => {
  const host = startHost(
    `function main(n) { const store = PropertiesService.getUserProperties(); for (let i = 0; i < n; i++) store.getProperty("k"); }`,
  );
  const options = { deadlineMs: 1e9 };
  expect((await host.run("main", [30_000], options)).outcome).toBe("completed");
  expect((await host.run("main", [20_001], options)).error).toBe(
    "Service invoked too many times for one day: properties.",
  );
  host.setUser({ email: "big@example.com", plan: "workspace" });
  expect((await host.run("main", [10], options)).outcome).toBe("completed");
}, 60_000);

it("14: cached items expire on the clock, after 600 s when nothing is said", async () => {
  const host = startHost(`
    function put() { const cache = CacheService.getUserCache(); return [cache.put("short", "x", 2), cache.put("default", "y"), cache.put("long", "z", 99999)]; }
    function read() { return CacheService.getUserCache().getAll(["short", "default", "long", "never"]); }`);
  expect(valueFrom(await host.run("put"))).toEqual([null, null, null]);
  expect(valueFrom(await host.run("read"))).toEqual({ short: "x", default: "y", long: "z" });
  await host.advance(3_000);
  expect(valueFrom(await host.run("read"))).toEqual({ default: "y", long: "z" });
  await host.advance(600_000);
  expect(valueFrom(await host.run("read"))).toEqual({ long: "z" });
  await host.advance(21_600_000);
  expect(valueFrom(await host.run("read"))).toEqual({});
});

it("14: keys of 250 characters and values of 100 KB fit, more does not", async () => {
  expect(
    await evaluate(
      `${CACHE} cache.put("k".repeat(250), "v".repeat(102400)); return cache.get("k".repeat(250)).length;`,
    ),
  ).toBe(102_400);
  expect(await errorOf(`${CACHE} cache.put("k".repeat(251), "v");`)).toBe("Argument too large: key");
  expect(await errorOf(`${CACHE} cache.put("k", "v".repeat(102401));`)).toBe("Argument too large: value");
});

it("14: beyond 1,000 items the 900 farthest from expiry stay", async () => {
  expect(
    await evaluate(`${CACHE} for (let i = 1; i <= 1001; i++) cache.put("k" + i, "v", 1000 + i);
      let left = 0; for (let i = 1; i <= 1001; i++) if (cache.get("k" + i) !== null) left++;
      return [left, cache.get("k101"), cache.get("k102")];`),
  ).toEqual([900, null, "v"]);
});

it("14: with early eviction every second item is forgotten at once", async () => {
  expect(
    await evaluate(`${CACHE} cache.put("a", "1"); cache.put("b", "2"); return [cache.get("a"), cache.get("b")];`, {
      earlyCacheEviction: true,
    }),
  ).toEqual(["1", null]);
});

it("15: a held lock is taken again by its owner, refused to others after the time-out, freed at the end", async () => {
  const host = startHost(`
    function hold() { const lock = LockService.getUserLock(); const got = [lock.hasLock(), lock.tryLock(0), lock.tryLock(0), lock.hasLock()];
      Utilities.sleep(5000); return got; }
    function attempt() { Utilities.sleep(100); const start = Date.now(); const got = LockService.getUserLock().tryLock(1000); return [got, Math.round((Date.now() - start) / 100)]; }
    function wait() { Utilities.sleep(200); const start = Date.now(); LockService.getUserLock().waitLock(20000); return Date.now() - start > 4000; }
    function giveUp() { Utilities.sleep(300); LockService.getUserLock().waitLock(1000); }
    function later() { return LockService.getUserLock().tryLock(0); }`);
  const [hold, attempt, wait, giveUp] = await Promise.all(
    ["hold", "attempt", "wait", "giveUp"].map((name) => host.run(name)),
  );
  expect(hold?.value).toEqual([false, true, true, true]);
  expect(attempt?.value).toEqual([false, 11]);
  expect(wait?.value).toBe(true);
  expect(giveUp?.error).toMatch(/Lock timeout/);
  expect(valueFrom(await host.run("later"))).toBe(true);
});

it("15: a negative time-out does not wait, and waitLock then says so", async () => {
  const host = startHost(`
    function hold() { LockService.getScriptLock().tryLock(0); Utilities.sleep(2000); }
    function attempt() { Utilities.sleep(100); return LockService.getScriptLock().tryLock(-1); }
    function wait() { Utilities.sleep(100); LockService.getScriptLock().waitLock(-100); }`);
  const [, attempt, wait] = await Promise.all(["hold", "attempt", "wait"].map((name) => host.run(name)));
  expect(attempt?.value).toBe(false);
  expect(wait?.error).toMatch(/Lock timeout/);
});

it("15: script, user and document locks are apart", async () => {
  const host = startHost(`
    function hold() { LockService.getScriptLock().tryLock(0); Utilities.sleep(2000); }
    function attempt() { Utilities.sleep(100); return [LockService.getScriptLock(), LockService.getUserLock(), LockService.getDocumentLock()].map((lock) => lock.tryLock(0)); }`);
  const [, attempt] = await Promise.all([host.run("hold"), host.run("attempt")]);
  expect(attempt?.value).toEqual([false, true, true]);
});

it("15: a killed execution frees its lock", async () => {
  const host = startHost(`
    function hold() { LockService.getScriptLock().tryLock(0); Utilities.sleep(1e9); }
    function attempt() { return LockService.getScriptLock().tryLock(0); }`);
  expect((await host.run("hold", [], { deadlineMs: 1_000 })).outcome).toBe("timed-out");
  expect(valueFrom(await host.run("attempt"))).toBe(true);
});

const COUNTING = `
  function locked(times) { for (let i = 0; i < times; i++) { const lock = LockService.getScriptLock(); lock.waitLock(300000); increment("locked"); lock.releaseLock(); } }
  function racing(times) { for (let i = 0; i < times; i++) increment("racing"); }
  function increment(key) { const store = PropertiesService.getScriptProperties(); store.setProperty(key, String(Number(store.getProperty(key)) + 1)); }`;

it("38: four executions of 500 locked increments count to 2,000, without the lock to fewer", async () => {
  const host = startHost(COUNTING);
  const options = { deadlineMs: 1e9 };
  await Promise.all([1, 2, 3, 4].map(() => host.run("locked", [500], options)));
  await Promise.all([1, 2, 3, 4].map(() => host.run("racing", [500], options)));
  const { locked, racing } = host.properties("script");
  expect(locked).toBe("2000");
  expect(Number(racing)).toBeGreaterThan(0);
  expect(Number(racing)).toBeLessThan(2_000);
}, 60_000);

it("38: the same holds on the machine's clock", async () => {
  const host = startHost(COUNTING, { clock: "live" });
  await Promise.all([1, 2, 3, 4].map(() => host.run("locked", [100])));
  expect(host.properties("script").locked).toBe("400");
});

it("stores, workbook and triggers survive a save and a new start", async () => {
  const code = `
    function put() { PropertiesService.getUserProperties().setProperty("k", "v"); ScriptApp.newTrigger("put").timeBased().after(1000).create();
      const sheet = SpreadsheetApp.getActiveSheet(); sheet.getRange("A1:B1").setValues([[new Date(${START_MS}), "=1+1"]]).setNote("n"); sheet.getRange("B:B").addDeveloperMetadata("m", "1"); }
    function read() { const sheet = SpreadsheetApp.getActiveSheet(); return [PropertiesService.getUserProperties().getProperty("k"), sheet.getRange("A1").getValue().getTime(),
      sheet.getRange("B1").getValue(), sheet.getRange("A1").getNote(), sheet.createDeveloperMetadataFinder().withKey("m").find()[0].getLocation().getColumn().getA1Notation(), ScriptApp.getProjectTriggers().length, SpreadsheetApp.getActive().getId()]; }`;
  const first = startHost(code);
  await first.run("put");
  const saved = JSON.parse(JSON.stringify(first.save())) as ReturnType<typeof first.save>;
  const second = startHost(code, { saved });
  expect(valueFrom(await second.run("read"))).toEqual(["v", START_MS, 2, "n", "B:B", 1, first.workbook.id]);
});
