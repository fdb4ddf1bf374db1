import { recover } from "../../src/engine/settle/recover";
import { startRun } from "../../src/engine/start-run";
import { CONTACTS, EngineTrial } from "./engine-trial";
import { updateOf } from "./trial-operations";

const SENT = { call: "crm.write", when: "after" } as const;
const NOT_SENT = { call: "crm.write", when: "before" } as const;

interface Linked {
  readonly trial: EngineTrial;
  readonly ann: string;
  readonly bob: string;
}

/** Two linked people, both edited in the sheet. */
function edited(): Linked {
  const trial = new EngineTrial(CONTACTS, [
    ["a@x.com", "Ann", "Rome", ""],
    ["b@x.com", "Bob", "Oslo", ""],
  ]);
  const ann = trial.link(2);
  const bob = trial.link(3);
  trial.grid.user.type(trial.tabId, 2, 3, "Bonn");
  trial.grid.user.type(trial.tabId, 3, 2, "Rob");
  trial.begin([updateOf(trial, ann, { city: ["Rome", "Bonn"] }), updateOf(trial, bob, { firstname: ["Bob", "Rob"] })]);
  return { trial, ann, bob };
}

const changes = (trial: EngineTrial) => trial.crm.world.changes.filter(({ by }) => by === "sync").length;

describe("updates that were cut off", () => {
  it("I13: end as if nobody had killed them, whatever call it was and whatever became of buffered writes", () => {
    const whole = edited().trial;
    whole.step();
    const points = whole.points();
    for (const k of points) {
      for (const left of ["lost", "kept", { prefix: 1 }] as const) {
        const { trial, ann, bob } = edited();
        expect(trial.step({ k, left })).toBeNull();
        expect(trial.step()).toMatchObject({ phase: "done", totals: { processed: 2, updated: 2, errors: 0 } });
        expect(changes(trial)).toBe(2);
        expect(trial.crm.world.get("contacts", ann)).toMatchObject({ city: "Bonn" });
        expect(trial.crm.world.get("contacts", bob)).toMatchObject({ firstname: "Rob" });
        expect(trial.base()).toEqual(whole.base());
        expect(trial.effects()).toEqual(whole.effects());
        expect(trial.events()).toMatchObject([{ runId: "r1", outcome: "ok", totals: { updated: 2 } }]);
      }
    }
  });

  it("are not sent again where they are in place, and count", () => {
    const { trial, ann } = edited();
    trial.step(SENT);
    expect(trial.step()?.totals).toMatchObject({ processed: 2, updated: 2 });
    expect(trial.calls).not.toContain("crm.write");
    expect(trial.base()[ann]?.city).toEqual({ sheet: "tBonn", crm: "Bonn" });
    expect(trial.effects()).toMatchObject([
      { kind: "field", recordId: ann, field: "city", before: "Rome", after: "Bonn" },
      { kind: "field", field: "firstname", before: "Bob", after: "Rob" },
    ]);
  });

  it("are in place in the CRM's own form too, which then is the base", () => {
    const trial = new EngineTrial(CONTACTS, [["a@x.com", "Ann", "Rome", ""]]);
    const ann = trial.link(2);
    trial.grid.user.type(trial.tabId, 2, 1, "Ann@X.com");
    trial.begin([updateOf(trial, ann, { email: ["a@x.com", "Ann@X.com"] })]);
    trial.step(SENT);
    expect(trial.crm.world.get("contacts", ann)?.email).toBe("ann@x.com");
    expect(trial.step()?.totals).toMatchObject({ processed: 1, updated: 1, skipped: 0 });
    expect(trial.calls).not.toContain("crm.write");
    expect(trial.base()[ann]?.email).toEqual({ sheet: "tAnn@X.com", crm: "ann@x.com" });
  });

  it("are sent where the old value stands, field by field", () => {
    const trial = new EngineTrial(CONTACTS, [["a@x.com", "Ann", "Rome", ""]]);
    const ann = trial.link(2);
    trial.begin([updateOf(trial, ann, { firstname: ["Ann", "Bea"], city: ["Rome", "Bonn"] })]);
    trial.step(NOT_SENT);
    trial.crm.world.update("contacts", ann, { firstname: "Bea" });
    expect(trial.step()?.totals).toMatchObject({ processed: 1, updated: 1 });
    expect(trial.crm.world.get("contacts", ann)).toMatchObject({ firstname: "Bea", city: "Bonn" });
    expect(Object.keys(trial.base()[ann] ?? {}).sort()).toEqual(["city", "email", "firstname"]);
    expect(trial.base()[ann]).toMatchObject({ firstname: { crm: "Bea" }, city: { crm: "Bonn" } });
  });

  it.each([
    ["sent", SENT],
    ["not sent", NOT_SENT],
  ])("leave what somebody changed in the CRM meanwhile, with the base as it was (%s)", (_what, cut) => {
    const { trial, ann } = edited();
    trial.step(cut);
    trial.crm.world.update("contacts", ann, { city: "Kiel" });
    const run = trial.step();
    expect(run?.totals).toMatchObject({ processed: 2, updated: 1, skipped: 1 });
    expect(run?.messages).toMatchObject([{ severity: "note", recordId: ann, field: "city" }]);
    expect(trial.crm.world.get("contacts", ann)?.city).toBe("Kiel");
    expect(trial.base()[ann]?.city).toEqual({ sheet: "tRome", crm: "Rome" });
  });

  it("go on at the batch where they were cut off, and count every batch once", () => {
    const trial = new EngineTrial(
      CONTACTS,
      Array.from({ length: 250 }, (_, at) => [`p${at}@x.com`, `Name ${at}`, "Rome", ""]),
    );
    const ids = trial.linkRows(2, 250);
    trial.begin(ids.map((id) => updateOf(trial, id, { city: ["Rome", "Bonn"] })));
    trial.step({ call: "crm.write", nth: 2, when: "after" });
    expect(changes(trial)).toBe(200);
    expect(trial.step()?.totals).toMatchObject({ processed: 250, updated: 250 });
    expect(changes(trial)).toBe(250);
    expect(trial.effects()).toHaveLength(250);
  });

  it("are looked at to their end when the time is up meanwhile: nothing of the group is left unseen", () => {
    const trial = new EngineTrial(
      CONTACTS,
      Array.from({ length: 150 }, (_, at) => [`p${at}@x.com`, `Name ${at}`, "Rome", ""]),
    );
    const ids = trial.linkRows(2, 150);
    trial.begin(ids.map((id) => updateOf(trial, id, { city: ["Rome", "Bonn"] })));
    trial.step({ call: "crm.write", nth: 2, when: "after" });
    trial.clock.advance(8 * 60_000);
    const recovery = trial.execute((deps) => {
      const start = { id: "r2", mapping: trial.mapping, direction: "both", trigger: "manual", owner: "" } as const;
      const run = startRun(deps.store, { ...start, preview: false, nowMs: trial.clock.now() });
      return recover({ ...deps, deadlineMs: trial.clock.now() }, run);
    });
    expect(recovery?.run.totals).toMatchObject({ processed: 150, updated: 150 });
  });
});

describe("updates of a run that was given up", () => {
  function lookAgain(trial: EngineTrial) {
    trial.clock.advance(8 * 60_000);
    return trial.execute((deps) => {
      const start = { id: "r2", mapping: trial.mapping, direction: "both", trigger: "manual", owner: "" } as const;
      return recover(deps, startRun(deps.store, { ...start, preview: false, nowMs: trial.clock.now() }));
    });
  }

  it("count once where they are in place, and nothing is sent or said about the others", () => {
    const { trial, ann, bob } = edited();
    trial.step(SENT);
    trial.crm.world.update("contacts", bob, { firstname: "Bob" });
    const recovery = lookAgain(trial);
    expect(recovery?.run).toMatchObject({ totals: { processed: 1, updated: 1 }, messages: [] });
    expect(trial.calls).not.toContain("crm.write");
    expect(trial.base()[ann]?.city).toEqual({ sheet: "tBonn", crm: "Bonn" });
    expect(trial.base()[bob]?.firstname).toEqual({ sheet: "tBob", crm: "Bob" });
    expect(lookAgain(trial)?.run.totals.processed).toBe(0);
  });

  it("say nothing of records that are gone, and keep their base for the next plan", () => {
    const { trial, ann, bob } = edited();
    trial.step(NOT_SENT);
    trial.crm.world.archive("contacts", ann);
    trial.crm.world.setUnreadable("contacts", bob, "no scope");
    expect(lookAgain(trial)?.run).toMatchObject({ totals: { processed: 0 }, messages: [] });
    expect(Object.keys(trial.base()).sort()).toEqual([ann, bob].sort());
  });
});
