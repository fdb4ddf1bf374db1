import type { Operation } from "../../src/domain/plan";
import { placeOf, UndoWorld } from "../support/undo-world";

const COLOURS = ["Red", "Green", "Blue", "Hot pink"];
const VALUES = ["red", "green", "blue", "hot_pink"];

/** Another colour than the given one, as label or value. */
function otherColour(list: readonly string[], now: string, shift: number): string {
  const at = COLOURS.indexOf(now) + VALUES.indexOf(now) + 1;
  return list[(at + shift) % list.length] ?? "";
}

/**
 * People in step, then a sync that moves about three values of two people: cities and scores typed, colours changed in the CRM and the
 * other way round, and cities that were changed on both sides, which the sheet wins.
 */
function ranBothWays(people = 100) {
  const world = new UndoWorld(people);
  world.sync();
  const ids = world.ids();
  expect(ids).toHaveLength(people);
  const start = world.values();
  world.later();
  ids.forEach((id, at) => {
    if (at % 5 === 0) world.type(ids, at, "city", `Typed ${at}`);
    if (at % 5 === 1) world.update(id, "city", `Moved ${at}`);
    if (at % 5 === 2)
      world.type(ids, at, "favourite_colour", otherColour(COLOURS, start.get(`cell ${id} favourite_colour`) ?? "", 1));
    if (at % 5 === 3)
      world.update(id, "favourite_colour", otherColour(VALUES, start.get(`field ${id} favourite_colour`) ?? "", 1));
    if (at % 5 === 4) world.update(id, "score", String(1_000 + at));
    if (at % 10 === 4) world.type(ids, at, "score", 2_000 + at);
    if (at % 4 === 3) world.type(ids, at, "score", 3_000 + at);
  });
  const typed = world.values();
  const run = world.settle("sheet");
  expect(run).toMatchObject({ phase: "done", openConflicts: 0, totals: { errors: 0 } });
  return { world, ids, typed, runId: run.id };
}

/** What people do after the run: on the side that it wrote, on the other side, and on values that it did not touch. */
function editLater(world: UndoWorld, ids: readonly string[]): void {
  world.later();
  ids.forEach((id, at) => {
    if (at % 35 === 0) world.update(id, "city", `Corrected ${at}`);
    if (at % 35 === 5) world.type(ids, at, "city", `Retyped ${at}`);
    if (at % 35 === 1) world.type(ids, at, "city", `Settled ${at}`);
    if (at % 35 === 6) world.update(id, "city", `Moved on ${at}`);
    if (at % 35 === 4) world.type(ids, at, "score", 7_000 + at);
    if (at % 35 === 2) world.update(id, "score", String(8_000 + at));
  });
}

describe("taking back a sync", () => {
  it.each([
    ["were synced", true],
    ["were not synced", false],
  ])(
    "I15 restores in 500 rows every value that nobody changed since and names the rest, when later edits %s",
    (_what, isSynced) => {
      const { world, ids, runId } = ranBothWays(500);
      const ran = world.values();
      editLater(world, ids);
      if (isSynced) expect(world.sync()).toMatchObject({ phase: "done", openConflicts: 0 });
      const now = world.values();

      const effects = world.effects(runId).map(({ effect }) => effect);
      const places = effects.map(placeOf);
      expect(new Set(places).size).toBe(places.length);
      expect(places.length).toBeGreaterThan(500);
      const changed = places.filter((place) => now.get(place) !== ran.get(place));
      expect(changed.length).toBeGreaterThan(20);

      const { run, plan } = world.planUndo(runId);
      expect(run.phase).toBe("waiting");
      const { findings, operations } = plan;
      const restored = places.length - changed.length;
      expect(operations.flatMap(valuesOf)).toHaveLength(restored);
      expect(run.plan?.guard.map(({ message }) => message)).toEqual([
        `Undo takes back ${restored} of ${places.length} changes of that sync. ${changed.length} stay as they are; the notes say why.`,
      ]);
      expect(findings.map(({ recordId, field }) => `${recordId} ${field}`).sort()).toEqual(
        changed.map((place) => place.replace(/^(field|cell) /, "")).sort(),
      );
      for (const { message, title } of findings) {
        expect(title).toContain("@example.com");
        expect(message).toMatch(
          /^"(City|Score|Favourite colour)" changed since: the sync wrote .* now\. It was .* before\.$/,
        );
      }

      const done = world.approve(run.id);
      expect(done).toMatchObject({ phase: "done", totals: { errors: 0, skipped: changed.length } });
      const after = world.values();
      for (const effect of effects) {
        const place = placeOf(effect);
        if (changed.includes(place)) expect([place, after.get(place)]).toEqual([place, now.get(place)]);
        else if (effect.kind === "field") expect([place, after.get(place)]).toEqual([place, effect.before]);
        else
          expect([place, `${after.get(place)}`]).toEqual([place, shown(effect.kind === "cell" ? effect.before : "")]);
      }
      for (const [place, value] of now) if (!places.includes(place)) expect(after.get(place)).toBe(value);

      const following = world.sync();
      const edits = isSynced ? 0 : following.totals.successes;
      expect(following).toMatchObject({ phase: "done", openConflicts: 0, totals: { errors: 0, successes: edits } });
      expect(world.sync()).toMatchObject({ phase: "done", totals: { processed: 0 } });
      if (isSynced) expect(world.values()).toEqual(after);
    },
  );

  it("I15 lets what was edited since on the other side go on: it is sent, not lost", () => {
    const { world, ids, runId } = ranBothWays();
    editLater(world, ids);
    world.approve(world.planUndo(runId).run.id);
    world.sync();
    const values = world.values();
    ids.forEach((id, at) => {
      if (at % 35 === 5) expect(values.get(`field ${id} city`)).toBe(`Retyped ${at}`);
      if (at % 35 === 6) expect(values.get(`cell ${id} city`)).toBe(`Moved on ${at}`);
    });
  });

  it("I15 finds its rows after somebody sorted, inserted and deleted", () => {
    const { world, typed, runId } = ranBothWays();
    const { app, tabId } = world;
    app.grid.user.sortRows(tabId, 2, 4);
    app.grid.user.insertRows(tabId, 5, 3);
    const gone = world.ids().filter((id) => id !== "")[0] ?? "";
    app.grid.user.deleteRows(tabId, world.ids().indexOf(gone) + 2, 1);
    const { run } = world.planUndo(runId);
    world.approve(run.id);
    const after = world.values();
    const cells = world.effects(runId).filter(({ effect }) => effect.kind === "cell" && effect.recordId !== gone);
    expect(cells.length).toBeGreaterThan(20);
    for (const { effect } of cells) expect(after.get(placeOf(effect))).toBe(typed.get(placeOf(effect)));
  });

  it("brings everything back to what it was when the undo is taken back in its turn", () => {
    const { world, runId } = ranBothWays();
    const ran = world.values();
    const undo = world.approve(world.planUndo(runId).run.id);
    expect(world.values()).not.toEqual(ran);
    world.approve(world.planUndo(undo.id).run.id);
    expect(world.values()).toEqual(ran);
    expect(world.sync()).toMatchObject({ totals: { processed: 0 } });
  });
});

/** Values that an operation writes. */
function valuesOf(operation: Operation): readonly unknown[] {
  if (operation.kind === "update") return operation.changes;
  return operation.kind === "write-cells" ? operation.cells : [operation];
}

/** Text of an encoded cell as the world shows it. */
function shown(encoded: string): string {
  return encoded.slice(1);
}

describe("taking back a sync that made rows and records", () => {
  const NOTES = 7;

  /** Three people in step; then a sync that creates two records for new rows and appends two rows for new records. */
  function ranWithNew() {
    const world = new UndoWorld(3);
    world.sync();
    const { app, tabId } = world;
    const known = world.ids();
    world.later();
    app.grid.user.paste(tabId, 5, 1, [
      ["new1@example.org", "Nora", "New", "Rome", "Red", 1],
      ["new2@example.org", "Nils", "New", "Oslo", "", 2],
    ]);
    const made = ["made1@example.org", "made2@example.org"].map((email) =>
      app.crm.world.create("contacts", { email, city: "Bonn" }),
    );
    const run = world.sync();
    expect(run.totals).toMatchObject({ created: 2, appended: 2, errors: 0 });
    const created = world.ids().slice(3, 5);
    expect(world.ids()).toEqual([...known, ...created, ...made]);
    return { world, known, created, made, runId: run.id };
  }

  it("I15 archives the records, keeps their rows without a link, deletes the new rows, and nothing comes back", () => {
    const { world, known, created, made, runId } = ranWithNew();
    const { app, tabId } = world;
    const { run } = world.planUndo(runId);
    expect(run.plan?.counts).toMatchObject({ archives: 2, unlinks: 2, removedRows: 2, notes: 0 });
    expect(run.plan?.guard.map(({ kind }) => kind)).toEqual(["undo", "many-deletes"]);
    const done = world.approve(run.id);
    expect(done).toMatchObject({ phase: "done", totals: { archived: 2, rowsRemoved: 2, errors: 0, skipped: 0 } });
    expect(world.ids()).toEqual([...known, ...created.map((id) => `unlinked:${id}`)]);
    expect(app.rows(tabId)[3]).toMatchObject({ Email: "new1@example.org", City: "Rome" });
    const live = app.crm.world.all("contacts").map(({ id }) => id);
    expect(live).toEqual([...known, ...made]);
    const before = app.rows(tabId);
    expect(world.sync()).toMatchObject({ phase: "done", totals: { successes: 0, errors: 0 } });
    expect(app.rows(tabId)).toEqual(before);
    expect(app.crm.world.all("contacts")).toHaveLength(live.length);
  });

  it("R1 makes a new record of such a row once its record ID is cleared", () => {
    const { world, runId } = ranWithNew();
    const { app, tabId } = world;
    world.approve(world.planUndo(runId).run.id);
    app.grid.user.clear(tabId, 5, Object.keys(app.rows(tabId)[0] ?? {}).indexOf("CRM record ID") + 1);
    expect(world.sync().totals).toMatchObject({ created: 1, errors: 0 });
    expect(app.crm.world.all("contacts").map(({ values }) => values.email)).toContain("new1@example.org");
  });

  it("I15 leaves a record that somebody edited since, with its row, and names it", () => {
    const { world, created, runId } = ranWithNew();
    const [first = ""] = created;
    world.update(first, "city", "Bergen");
    const { run, plan } = world.planUndo(runId);
    expect(run.plan?.counts).toMatchObject({ archives: 1, unlinks: 1, removedRows: 2, notes: 1 });
    expect(plan.findings).toMatchObject([
      {
        recordId: first,
        message: 'The new record changed since and was not archived: "City" was "Rome" and is "Bergen" now.',
      },
    ]);
    world.approve(run.id);
    expect(world.app.crm.world.get("contacts", first)?.city).toBe("Bergen");
    expect(world.ids()).toContain(first);
  });

  it("I15 leaves a new row in which somebody wrote, in a mapped column or beside it, and names it", () => {
    const { world, made, runId } = ranWithNew();
    const { app, tabId } = world;
    const [first = "", second = ""] = made;
    app.grid.user.type(tabId, 7, NOTES, "Call her");
    app.grid.user.type(tabId, 8, 4, "Bergen");
    const { run, plan } = world.planUndo(runId);
    expect(plan.findings).toMatchObject([{ recordId: second, message: expect.stringContaining('"City" was "Bonn"') }]);
    const done = world.approve(run.id);
    expect(done.totals).toMatchObject({ rowsRemoved: 0, archived: 2, skipped: 2 });
    expect(done.messages.map(({ message }) => message)).toContainEqual(expect.stringContaining("not mapped"));
    expect(world.ids().slice(-2)).toEqual([first, second]);
    expect(app.rows(tabId)[5]).toMatchObject({ Notes: "Call her" });
  });

  it("I15 leaves an appended row whose record changed and was pulled since", () => {
    const { world, made, runId } = ranWithNew();
    world.update(made[0] ?? "", "city", "Bergen");
    world.sync();
    const { run } = world.planUndo(runId);
    expect(run.plan?.counts).toMatchObject({ removedRows: 1, notes: 1 });
  });
});

describe("taking back a sync that removed rows", () => {
  /** Three people in step; the record of the second is deleted in the CRM, and the sync removes its row. */
  function ranWithRemoval(gone: "remove-row" | "unlink") {
    const world = new UndoWorld(3, { gone });
    world.sync();
    const { app, tabId } = world;
    app.grid.user.type(tabId, 3, 7, "=A3", "note of the second");
    const [, second = ""] = world.ids();
    const row = app.rows(tabId)[1];
    world.later();
    app.crm.world.archive("contacts", second);
    const run = world.sync();
    return { world, second, row, run };
  }

  it("R6 I15 puts the row back at the end with all its cells, also those that are not mapped, and without a link", () => {
    const { world, second, row, run } = ranWithRemoval("remove-row");
    expect(run.totals).toMatchObject({ rowsRemoved: 1, errors: 0 });
    expect(world.ids()).not.toContain(second);
    const { run: undo } = world.planUndo(run.id);
    expect(undo.plan?.counts).toMatchObject({ restoredRows: 1, notes: 0 });
    expect(world.approve(undo.id).totals).toMatchObject({ successes: 1, errors: 0 });
    const { app, tabId } = world;
    const restored = app.rows(tabId)[2];
    expect(restored).toMatchObject({ ...row, "CRM record ID": `unlinked:${second}`, Notes: expect.anything() });
    expect(app.grid.tab(tabId)?.readFormulas({ row: 4, column: 7, rows: 1, columns: 1 })).toEqual([["=A4"]]);
    const before = app.rows(tabId);
    expect(world.sync()).toMatchObject({ totals: { errors: 0, successes: 0 } });
    expect(app.rows(tabId)).toEqual(before);
  });

  it("R6 I15 leaves a row that was unlinked as it is and says what can be done", () => {
    const { world, second, run } = ranWithRemoval("unlink");
    expect(world.ids()).toContain(`unlinked:${second}`);
    const { run: undo, plan } = world.planUndo(run.id);
    expect(undo.plan).toMatchObject({ empty: true, counts: { notes: 1 } });
    expect(plan.findings).toMatchObject([{ recordId: second, message: expect.stringContaining("without a link") }]);
  });
});
