import { SyncError } from "../../src/domain/errors";
import type { WindowQuery } from "../../src/ports/crm";
import { AppWorld } from "../support/app-world";
import { ClockWorld, HOUR_MS, MINUTE_MS } from "../support/clock-world";

const DAY_MS = 24 * HOUR_MS;
const LAGS = [0, 1, 3, 6, 9];
const SKEWS = [-30, -10, 0, 10, 30];

const methods = (calls: readonly { readonly method: string }[]) => calls.map((call) => call.method);

/** Windows that were asked for from now on. */
function spyOnWindows(world: ClockWorld): readonly WindowQuery[] {
  const asked: WindowQuery[] = [];
  const { crm } = world.app;
  const original = crm.changedSince.bind(crm);
  jest.spyOn(crm, "changedSince").mockImplementation((type, query) => {
    asked.push(query);
    return original(type, query);
  });
  return asked;
}

function expectTitles(world: ClockWorld, edits: readonly { readonly id: string; readonly title: string }[]): void {
  expect(world.titles(edits.map(({ id }) => id))).toEqual(edits.map(({ title }) => title));
}

const allSay = (ids: readonly string[], title: string) => ids.map((id) => ({ id, title }));

describe("calls of a scheduled run", () => {
  it("are three when there is nothing to do: account, fields, search (I5)", () => {
    const world = new ClockWorld();
    for (let hour = 0; hour < 3; hour++) {
      expect(methods(world.calls(() => world.tick()))).toEqual(["check", "describe", "changedSince"]);
    }
    expect(world.newest()).toMatchObject({ outcome: "ok", totals: { processed: 0 } });
  });

  it("are three again in the hours after a change, also when the search shows what is known already", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.app.clock.advance(30 * MINUTE_MS);
    world.edit(id, "Changed");
    expect(methods(world.calls(() => world.tick(MINUTE_MS * 31)))).toContain("read");
    expect(world.title(id)).toBe("Changed");
    for (let hour = 0; hour < 2; hour++) expect(world.calls(() => world.tick())).toHaveLength(3);
  });

  it("are three after its own writes came back as changes (F1)", () => {
    const world = new ClockWorld();
    world.app.grid.user.type(world.tabId, 2, 5, "From the sheet");
    world.tick();
    expect(world.app.crm.world.changes).toHaveLength(1);
    expect(world.calls(() => world.tick())).toHaveLength(3);
  });

  it.each([1, 99, 100, 101, 200, 201, 450])(
    "are at most ceil(m/200) + ceil(m/100) + 5 for a pull of %d changes (I10)",
    (count) => {
      const world = new ClockWorld({ contacts: 1_000 });
      const changed = world.ids.slice(0, count);
      world.app.clock.advance(30 * MINUTE_MS);
      for (const id of changed) world.edit(id, `New ${id}`);
      const calls = world.calls(() => world.tick(31 * MINUTE_MS));
      expect(calls.length).toBeLessThanOrEqual(Math.ceil(count / 200) + Math.ceil(count / 100) + 5);
      expect(world.newest()?.totals.cellsWritten).toBe(count);
      expect(world.titles(changed)).toEqual(changed.map((id) => `New ${id}`));
    },
  );
});

describe("a CRM edit older than lag and overlap is in the sheet after one run (I11)", () => {
  describe.each(SKEWS)("with the CRM's clock %d min ahead", (skewMin) => {
    it.each(LAGS)("and a search that lags %d min", (lagMin) => {
      const world = new ClockWorld({ contacts: 200 }, {}, skewMin * MINUTE_MS);
      const { crm, clock } = world.app;
      crm.world.index.lagMs = lagMin * MINUTE_MS;
      const edits: { id: string; title: string; atMs: number }[] = [];
      const ids = [...world.ids];
      // An edit each minute and a run each hour; the minutes around a run fall on all sides of its window.
      for (let minute = 0; minute < 150; minute++) {
        clock.advance(MINUTE_MS);
        const id = ids[minute] ?? "";
        world.edit(id, `At ${minute}`);
        edits.push({ id, title: `At ${minute}`, atMs: clock.now() });
        if (minute % 61 !== 60) continue;
        world.tick(0);
        const dueMs = clock.now() - (lagMin + 10) * MINUTE_MS;
        expectTitles(
          world,
          edits.filter(({ atMs }) => atMs < dueMs),
        );
      }
      world.tick();
      expectTitles(world, edits);
      expect(world.state().lastIncrementalMs).not.toBeNull();
    });
  });

  it("when the skew changes between two runs", () => {
    const world = new ClockWorld();
    const [a = "", b = ""] = world.ids;
    world.app.crm.skewMs = 10 * MINUTE_MS;
    world.edit(a, "Ahead");
    world.tick();
    expect(world.title(a)).toBe("Ahead");
    world.app.crm.skewMs = -10 * MINUTE_MS;
    world.edit(b, "Behind");
    world.tick();
    expect(world.title(b)).toBe("Behind");
  });

  it("when the search stood still for hours and then caught up", () => {
    const world = new ClockWorld();
    const { index } = world.app.crm.world;
    const ids = world.ids.slice(0, 5);
    index.lagMs = 6 * HOUR_MS;
    for (const id of ids) {
      world.edit(id, "Late");
      world.tick(50 * MINUTE_MS);
      world.tick(15 * MINUTE_MS);
    }
    expect(world.titles(ids)).not.toContain("Late");
    index.lagMs = 0;
    world.tick();
    expectTitles(world, allSay(ids, "Late"));
  });

  it("when the hits of a page come unordered, from an index that shows old values", () => {
    const world = new ClockWorld({ contacts: 500 });
    const { index } = world.app.crm.world;
    index.order = "reversed";
    index.payload = "stale";
    index.lagMs = 5 * MINUTE_MS;
    const changed = world.ids.slice(0, 230);
    for (const id of changed) world.edit(id, "First");
    world.app.clock.advance(6 * MINUTE_MS);
    for (const id of changed) world.edit(id, "Second");
    world.tick(MINUTE_MS);
    world.tick();
    expectTitles(world, allSay(changed, "Second"));
  });
});

describe("a new record", () => {
  it("gets a row by the next run of the clock (R5), and is not looked at again", () => {
    const world = new ClockWorld();
    const id = world.app.crm.world.create("contacts", { email: "new@example.com", jobtitle: "Fresh" });
    world.tick();
    expect(world.title(id)).toBe("Fresh");
    expect(world.calls(() => world.tick())).toHaveLength(3);
    expect(world.app.rows(world.tabId)).toHaveLength(31);
  });

  it("that the search never shows gets its row by the full comparison of the day", () => {
    const world = new ClockWorld();
    const id = world.app.crm.world.create("contacts", { email: "hidden@example.com", jobtitle: "Hidden" });
    world.app.crm.world.index.missing.add(id);
    world.tick();
    expect(world.title(id)).toBeNull();
    for (let hour = 0; hour < 23; hour++) world.tick();
    expect(world.title(id)).toBe("Hidden");
  });

  it("is linked by its key when the user has typed a row for it meanwhile (R2)", () => {
    const world = new ClockWorld();
    const id = world.app.crm.world.create("contacts", { email: "both@example.com" });
    world.app.crm.world.index.missing.add(id);
    world.app.grid.user.type(world.tabId, 32, 3, "both@example.com");
    world.tick();
    expect(world.app.rows(world.tabId).filter((row) => row.Email === "both@example.com")).toMatchObject([
      { "CRM record ID": id },
    ]);
    expect(world.app.crm.world.all("contacts")).toHaveLength(31);
  });

  it("is linked by its key by a run that only pulls, too (R2)", () => {
    const world = new ClockWorld({}, { direction: "pull" });
    const id = world.app.crm.world.create("contacts", { email: "pulled@example.com", jobtitle: "Pulled" });
    world.app.crm.world.index.missing.add(id);
    world.app.grid.user.type(world.tabId, 32, 3, "pulled@example.com");
    world.tick();
    expect(world.title(id)).toBe("Pulled");
    expect(world.app.rows(world.tabId)).toHaveLength(31);
  });

  it("is not guessed among several that share a key of which the window shows only one (R3)", () => {
    const app = new AppWorld();
    const { world } = app.crm;
    const company = (name: string) => world.create("companies", { name, domain: "shared.example" });
    const removed = company("Removed");
    for (let n = 0; n < 30; n++) world.create("companies", { name: `Company ${n}`, domain: `c${n}.example` });
    app.clock.advance(HOUR_MS);
    app.connect();
    const { tabId } = app.call("template.create", { template: "companies" });
    const place = { crm: "hubspot", objectType: "companies", tabId, headerRow: null, mappingId: null } as const;
    const { draft } = app.call("editor.open", place);
    const { mapping } = app.call("mapping.save", { draft: { ...draft, keyField: "domain" } as never });
    app.run(mapping.id, "pull", {});
    const rowOf = (id: string) => app.rows(tabId).findIndex((row) => row["CRM record ID"] === id) + 2;
    app.grid.user.deleteRows(tabId, rowOf(removed), 1);
    app.run(mapping.id, "both", {});
    const fresh = company("Fresh");
    app.clock.advance(HOUR_MS);
    const newRow = app.rows(tabId).length + 2;
    app.grid.user.type(tabId, newRow, 2, "shared.example");
    const run = app.run(mapping.id, "both", {});
    expect(run.messages.map((one) => one.message).join()).toContain(`2 records have this key (${fresh}, ${removed})`);
    expect(app.rows(tabId)[newRow - 2]).toMatchObject({ Domain: "shared.example", "CRM record ID": "" });
    expect(world.all("companies")).toHaveLength(32);
  });

  it("whose row was left out in the preview is offered again by the next run", () => {
    const world = new ClockWorld();
    const { app, mappingId } = world;
    const id = app.crm.world.create("contacts", { email: "later@example.com", jobtitle: "Later" });
    app.clock.advance(HOUR_MS);
    const waiting = app.finish(app.call("run.start", { mappingId, direction: "pull", preview: true }));
    const page = app.call("plan.page", { runId: waiting.id, kind: "append-row", offset: 0, limit: 10 });
    const leaveOut = page.items.map((item) => item.id);
    expect(leaveOut).toHaveLength(1);
    app.finish(app.call("run.approve", { runId: waiting.id, allowCreates: true, allowGuard: true, leaveOut }));
    expect(world.title(id)).toBeNull();
    world.tick(3 * HOUR_MS);
    expect(world.title(id)).toBe("Later");
  });
});

describe("a run started by hand", () => {
  it("sees an edit of a moment ago, whatever the search knows", () => {
    const world = new ClockWorld();
    world.app.crm.world.index.lagMs = 9 * MINUTE_MS;
    const [id = ""] = world.ids;
    world.edit(id, "Just now");
    const calls = world.calls(() => world.app.run(world.mappingId, "both"));
    expect(methods(calls)).toEqual(["check", "describe", "changedSince", "read"]);
    expect(world.title(id)).toBe("Just now");
  });

  it("sees a new record as soon as the search does", () => {
    const world = new ClockWorld();
    const id = world.app.crm.world.create("contacts", { email: "now@example.com", jobtitle: "Now" });
    world.app.run(world.mappingId, "both");
    expect(world.title(id)).toBe("Now");
  });

  it("that is only looked at moves no window", () => {
    const world = new ClockWorld();
    const { app, mappingId } = world;
    const [id = ""] = world.ids;
    world.tick();
    const before = world.state();
    world.edit(id, "Previewed");
    app.clock.advance(HOUR_MS / 2);
    const waiting = app.finish(app.call("run.start", { mappingId, direction: "both", preview: true }));
    app.call("run.cancel", { runId: waiting.id });
    expect(world.state()).toEqual(before);
    world.tick();
    expect(world.title(id)).toBe("Previewed");
  });

  it("that only pushes reads the linked records and moves no window", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.edit(id, "Waits");
    const { newestMs, scannedMs } = world.state();
    world.app.clock.advance(HOUR_MS / 2);
    expect(methods(world.calls(() => world.app.run(world.mappingId, "push")))).toEqual(["check", "describe", "read"]);
    expect(world.state()).toMatchObject({ newestMs, scannedMs });
    expect(world.title(id)).not.toBe("Waits");
    world.tick();
    expect(world.title(id)).toBe("Waits");
  });
});

describe("what a run leaves unsettled is read by the next one, whether it changes or not", () => {
  it("a conflict closes by itself when both sides become equal", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.edit(id, "From the CRM");
    world.app.grid.user.type(world.tabId, 2, 5, "From the sheet");
    world.tick();
    expect(world.newest()?.messages[0]?.message).toContain("Both sides changed");
    for (let hour = 0; hour < 3; hour++) world.tick();
    expect(world.app.crm.world.changes.filter((change) => change.by === "sync")).toEqual([]);
    expect(world.title(id)).toBe("From the sheet");
    world.app.grid.user.type(world.tabId, 2, 5, "From the CRM");
    world.tick();
    expect(world.newest()?.totals.skipped).toBe(0);
    expect(world.calls(() => world.tick())).toHaveLength(3);
  });

  it("a value that the cell refused comes in once the cell allows it", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.app.grid.user.type(world.tabId, 2, 5, '="a formula"', "a formula");
    world.app.run(world.mappingId, "pull");
    world.edit(id, "Pending");
    world.tick();
    expect(world.title(id)).toBe("a formula");
    for (let hour = 0; hour < 2; hour++) world.tick();
    const base = String(world.app.crm.world.get("contacts", id)?.jobtitle);
    expect(base).toBe("Pending");
    world.app.grid.user.type(world.tabId, 2, 5, "");
    world.tick();
    expect(world.title(id)).toBe("Pending");
  });

  it("a deleted record keeps its row marked, and an edit of that row is not sent (R6, R7)", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.app.crm.world.archive("contacts", id);
    world.app.run(world.mappingId, "both");
    const status = () => Object.values(world.row(id) ?? {}).join("|");
    expect(status()).toContain("Deleted in the CRM");
    for (let hour = 0; hour < 2; hour++) world.tick();
    expect(status()).toContain("Deleted in the CRM");
    world.app.grid.user.type(world.tabId, 2, 5, "Too late");
    world.tick();
    expect(world.newest()?.messages.some((one) => one.message.includes("your edit was not sent"))).toBe(true);
    world.app.crm.world.restore("contacts", id);
    world.tick();
    expect(world.app.crm.world.get("contacts", id)?.jobtitle).toBe("Too late");
  });

  it("a record that may not be read for a while stays as it is and comes in afterwards (R12)", () => {
    const world = new ClockWorld();
    const [id = ""] = world.ids;
    world.app.crm.world.setUnreadable("contacts", id, "not yours");
    world.app.run(world.mappingId, "both");
    world.edit(id, "Hidden change");
    for (let hour = 0; hour < 3; hour++) world.tick();
    world.app.crm.world.setUnreadable("contacts", id, null);
    world.tick();
    expect(world.title(id)).toBe("Hidden change");
  });
});

describe("a merge in the CRM", () => {
  it("that the window shows moves the row to the survivor (R11)", () => {
    const world = new ClockWorld();
    const [lost = ""] = world.ids;
    const survivor = world.app.crm.world.create("contacts", { email: "survivor@example.com" });
    world.app.crm.world.merge("contacts", survivor, lost);
    world.tick();
    expect(world.row(lost)).toBeUndefined();
    expect(world.row(survivor)).toBeDefined();
    expect(world.app.rows(world.tabId)).toHaveLength(30);
    expect(world.calls(() => world.tick())).toHaveLength(3);
  });

  it("of two linked records stays reported until somebody settles it", () => {
    const world = new ClockWorld();
    const [kept = "", lost = ""] = world.ids;
    world.app.crm.world.merge("contacts", kept, lost);
    for (let hour = 0; hour < 3; hour++) {
      world.tick();
      expect(world.newest()?.messages.some((one) => one.message.includes("was merged into"))).toBe(true);
    }
    expect(world.app.rows(world.tabId)).toHaveLength(30);
  });
});

describe("a window that is cut off", () => {
  function slowWorld(): { world: ClockWorld; changed: readonly string[] } {
    const world = new ClockWorld({ contacts: 1_000, crmCallMs: 0 });
    const changed = world.ids.slice(0, 450);
    world.app.clock.advance(30 * MINUTE_MS);
    for (const id of changed) world.edit(id, "Changed");
    return { world, changed };
  }

  it.each([2, 3, 4, 5, 6, 7, 8])(
    "by a kill before call %d of the CRM is read again, and nothing is skipped (I13)",
    (call) => {
      const { world, changed } = slowWorld();
      const { faults } = world.app.crm;
      const before = world.state();
      faults.at(faults.calls.length + call, { kind: "throw", thrown: "killed", when: "before" });
      try {
        world.tick(31 * MINUTE_MS);
      } catch (thrown) {
        expect(thrown).toBe("killed");
      }
      expect(world.state()).toEqual(before);
      const [id = ""] = world.ids.slice(500);
      world.edit(id, "Meanwhile");
      for (let hour = 0; hour < 3; hour++) world.tick();
      expectTitles(world, allSay(changed, "Changed"));
      expect(world.title(id)).toBe("Meanwhile");
    },
  );

  it("by the end of the slices goes on in the same window, behind the last page", () => {
    const world = new ClockWorld({ contacts: 3_000, crmCallMs: 20_000 });
    const changed = world.ids.slice(0, 1_300);
    for (const id of changed) world.edit(id, "Changed");
    const asked = spyOnWindows(world);
    world.tick();
    expect(world.title(changed[0] ?? "")).not.toBe("Changed");
    for (let round = 0; round < 10; round++) world.tick(2 * MINUTE_MS);
    expect(new Set(asked.slice(0, 7).map(({ sinceMs, untilMs }) => `${sinceMs} ${untilMs}`)).size).toBe(1);
    expect(new Set(asked.slice(0, 7).map(({ cursor }) => cursor)).size).toBe(7);
    expectTitles(world, allSay(changed, "Changed"));
  });

  it("by a fault of the CRM goes on after the wait", () => {
    const { world, changed } = slowWorld();
    const thrown = new SyncError("retryable", "rate-limited", "Too many searches.", { retryAfterMs: 2_000 });
    const asked = spyOnWindows(world);
    const { faults } = world.app.crm;
    faults.at(faults.calls.length + 4, { kind: "throw", thrown, when: "before" });
    world.tick(31 * MINUTE_MS);
    expect(asked.map(({ cursor }) => cursor === null)).toEqual([true, false, false, false]);
    expectTitles(world, allSay(changed, "Changed"));
  });
});

describe("the full comparison", () => {
  it("comes once a day and says what had changed unnoticed", () => {
    const world = new ClockWorld();
    const [shown = "", hidden = ""] = world.ids;
    const { index } = world.app.crm.world;
    index.missing.add(hidden);
    world.edit(hidden, "Unnoticed");
    world.edit(shown, "Noticed");
    const byHour: string[][] = [];
    for (let hour = 0; hour < 24; hour++) byHour.push(methods(world.calls(() => world.tick())));
    expect(byHour.filter((calls) => calls.includes("list"))).toHaveLength(1);
    expect(world.title(hidden)).toBe("Unnoticed");
    const history = world.app.call("history.list", { limit: 50 });
    const notes = history.flatMap((one) => one.messages).filter((one) => one.message.includes("unnoticed"));
    expect(notes.map((one) => one.message)).toEqual(["Full comparison: 1 record had changed unnoticed."]);
  });

  it("says nothing when all changes had come by the windows", () => {
    const world = new ClockWorld();
    for (let hour = 0; hour < 25; hour++) {
      world.edit(world.ids[hour] ?? "", `Hour ${hour}`);
      world.tick();
    }
    const history = world.app.call("history.list", { limit: 50 });
    expect(history.flatMap((one) => one.messages).filter((one) => one.message.includes("unnoticed"))).toEqual([]);
  });

  it("comes after the mapping was changed", () => {
    const world = new ClockWorld();
    const { app, mappingId } = world;
    const { draft } = app.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId: world.tabId,
      headerRow: 1,
      mappingId,
    });
    app.call("mapping.save", { draft: { ...draft, columns: draft.columns.slice(0, -1) } as never });
    expect(methods(world.calls(() => world.tick()))).toContain("list");
    expect(methods(world.calls(() => world.tick()))).not.toContain("list");
  });

  it("comes with every run of the clock where a mapped field changes without moving the modified time", () => {
    const world = new ClockWorld();
    const { crm } = world.app;
    crm.world.addField("contacts", { name: "jobtitle", label: "Job title", unstamped: true });
    for (let hour = 0; hour < 3; hour++) expect(methods(world.calls(() => world.tick()))).toContain("list");
  });

  it("is not needed within the week for more than 5,000 rows: their deletions are found in rotation", () => {
    const world = new ClockWorld({ contacts: 5_100 });
    const gone = world.ids[0] ?? "";
    world.app.crm.world.archive("contacts", gone);
    const calls = world.calls(() => {
      for (let day = 0; day < 6; day++) world.tick(DAY_MS);
    });
    expect(methods(calls)).not.toContain("list");
    const verified = calls.filter((call) => call.method === "read").reduce((sum, call) => sum + call.items, 0);
    expect(verified).toBeGreaterThan((5_100 / 7) * 5);
    expect(verified).toBeLessThan((5_100 / 7) * 7);
    expect(Object.values(world.row(gone) ?? {}).join("|")).toContain("Deleted in the CRM");
    expect(methods(world.calls(() => world.tick(DAY_MS)))).toContain("list");
  });
});
