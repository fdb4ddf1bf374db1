import { appState } from "../../src/app/app-state";
import { scheduledRun } from "../../src/app/scheduled-run";
import type { HistoryItemView, MappingSettings, ScheduleView } from "../../src/contract/views";
import { SyncError } from "../../src/domain/errors";
import { DEFAULT_GUARD } from "../../src/domain/mapping";
import { AppWorld, type AppWorldOptions } from "../support/app-world";

const TITLE = 5;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURLY = { kind: "hourly", hour: 9, day: 1 } as const;
const NO_MAIL = { onApproval: false, onErrors: false };

const SETTINGS: MappingSettings = {
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

interface Scheduled {
  readonly world: AppWorld;
  readonly mappingId: string;
  readonly tabId: number;
}

/** A people sheet of 30 in step, with the clock set to every hour. */
function scheduled(notify: MappingSettings["notify"] = NO_MAIL, options: AppWorldOptions = {}): Scheduled {
  const world = new AppWorld({ contacts: 30, ...options });
  const made = world.mapPeople({ settings: { ...SETTINGS, notify } });
  world.run(made.mappingId, "pull");
  world.call("schedule.save", { mappingId: made.mappingId, schedule: HOURLY });
  return { world, ...made };
}

function nextHour(world: AppWorld, hours = 1): void {
  world.clock.advance(hours * HOUR_MS);
  scheduledRun(world.deps());
}

function schedule(world: AppWorld): ScheduleView {
  const [mapping] = world.call("app.state", {}).mappings;
  if (!mapping) throw new Error("no mapping");
  return mapping.schedule;
}

/** So many edits that the guard stops the run. */
function slip({ world, tabId }: Scheduled): void {
  for (let row = 2; row <= 31; row++) world.grid.user.type(tabId, row, TITLE, "Private words");
}

const newest = (world: AppWorld): HistoryItemView | undefined => world.call("history.list", { limit: 1 })[0];

describe("a clock that comes", () => {
  it("leaves the schedules of another user alone", () => {
    const { world } = scheduled();
    world.clock.advance(3 * HOUR_MS);
    const before = world.crm.faults.calls.length;
    scheduledRun({ ...world.deps(), user: { email: () => "bob@example.com", missingScopes: () => [] } });
    expect(world.crm.faults.calls).toHaveLength(before);
    scheduledRun(world.deps());
    expect(world.crm.faults.calls.length).toBeGreaterThan(before);
  });

  it("takes its continuation away also when it has nothing to do", () => {
    const { world } = scheduled();
    scheduledRun(world.deps());
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
  });

  it("leaves a mapping due while a run of it is under way, without a word", () => {
    const world = new AppWorld({ contacts: 3_000, crmCallMs: 2_000 });
    const { mappingId } = world.mapPeople({ direction: "pull" });
    world.call("schedule.save", { mappingId, schedule: HOURLY });
    world.clock.advance(HOUR_MS);
    const run = world.call("run.start", { mappingId, direction: "pull", preview: false });
    scheduledRun(world.deps());
    expect(world.call("app.state", {}).run?.id).toBe(run.id);
    expect(schedule(world)).toMatchObject({ problem: "", lastRunMs: null });
    expect(world.mails).toEqual([]);
  });
});

describe("mail about scheduled syncs", () => {
  it("is sent to nobody who did not ask for it", () => {
    const made = scheduled();
    slip(made);
    nextHour(made.world);
    made.world.connections.clear();
    nextHour(made.world, 25);
    expect(made.world.mails).toEqual([]);
  });

  it("says that a plan waits, with names, counts and what to do, but no value", () => {
    const made = scheduled({ onApproval: true, onErrors: false });
    slip(made);
    nextHour(made.world);
    expect(newest(made.world)).toMatchObject({ outcome: "stopped", trigger: "schedule" });
    const [mail] = made.world.mails;
    expect(mail?.subject).toMatch(/^CRM Sync: "People Template for CRMs.*" waits for your approval$/);
    expect(mail?.body).toContain("File: People\n");
    expect(mail?.body).toContain("- update in the CRM: 30");
    expect(mail?.body).toContain("Open sidebar");
    expect(mail?.body).not.toMatch(/Private words|@example/);
  });

  it("says that a sync stopped, in words that quote neither the CRM nor a value", () => {
    const { world } = scheduled({ onApproval: false, onErrors: true });
    const thrown = new SyncError("fatal", "odd", 'The CRM says: "ann@example.com is on fire".');
    for (const method of ["list", "read", "changedSince", "describe"] as const)
      world.crm.faults.next(method, { kind: "throw", thrown, when: "before" });
    nextHour(world);
    expect(schedule(world).problem).toContain("on fire");
    expect(world.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining("was not synced")]);
    expect(world.mails[0]?.body).not.toMatch(/on fire|ann@/);
  });

  it("says that rows did not work, by their number", () => {
    const { world, tabId } = scheduled({ onApproval: false, onErrors: true });
    world.grid.user.paste(tabId, 32, 1, [["A", "B", "no address"]]);
    nextHour(world);
    expect(world.mails).toHaveLength(1);
    expect(world.mails[0]?.subject).toContain("has errors");
    expect(world.mails[0]?.body).toContain("Errors: 1\n");
    expect(world.mails[0]?.body).not.toContain("no address");
    nextHour(world);
    expect(world.mails).toHaveLength(1);
  });

  it("comes once until a sync goes through, and again after that", () => {
    const { world } = scheduled({ onApproval: false, onErrors: true });
    const connections = new Map(world.connections);
    for (const connected of [false, false, true, false, false]) {
      world.connections.clear();
      if (connected) for (const [crm, value] of connections) world.connections.set(crm, value);
      nextHour(world);
      expect(schedule(world).problem === "").toBe(connected);
    }
    expect(world.mails).toHaveLength(2);
  });

  it("is tried again when it could not be sent", () => {
    const { world } = scheduled({ onApproval: false, onErrors: true });
    world.connections.clear();
    const sent: string[] = [];
    for (const works of [false, true, true]) {
      world.clock.advance(HOUR_MS);
      const mail = (subject: string) => {
        sent.push(subject);
        return works;
      };
      scheduledRun({ ...world.deps(), notices: { toast: () => undefined, mail } });
    }
    expect(sent).toHaveLength(2);
  });
});

describe("the beat of a clock", () => {
  it("is kept at every visit, also when nothing is due", () => {
    const { world } = scheduled();
    expect(schedule(world).clockMs).toBeNull();
    scheduledRun(world.deps());
    expect(schedule(world)).toMatchObject({ clockMs: world.clock.now(), lastRunMs: null });
  });

  it("is missed after three hours in which something was due, not before", () => {
    const { world } = scheduled();
    nextHour(world);
    world.clock.advance(4 * HOUR_MS - MINUTE_MS);
    expect(schedule(world).problem).toBe("");
    world.clock.advance(2 * MINUTE_MS);
    expect(schedule(world).problem).toMatch(/has not come for more than three hours.*Save the schedule again/);
  });

  it("is not missed while nothing is due", () => {
    const { world, mappingId } = scheduled();
    world.call("schedule.save", { mappingId, schedule: { kind: "weekly", hour: 9, day: 1 } });
    world.clock.advance(5 * 24 * HOUR_MS);
    expect(schedule(world).problem).toBe("");
    world.clock.advance(2 * 24 * HOUR_MS + 4 * HOUR_MS);
    expect(schedule(world).problem).toContain("has not come");
  });

  it("is not missed where the clock comes and a plan waits for approval", () => {
    const made = scheduled();
    slip(made);
    for (let hour = 0; hour < 6; hour++) nextHour(made.world);
    expect(schedule(made.world).problem).toMatch(/^It waits for your approval/);
    made.world.clock.advance(4 * HOUR_MS);
    expect(schedule(made.world).problem).toContain("has not come");
  });

  it("says no longer that a plan waits once somebody approved or discarded it", () => {
    for (const decision of ["approve", "discard"] as const) {
      const made = scheduled();
      slip(made);
      nextHour(made.world);
      expect(schedule(made.world).problem).toMatch(/^It waits for your approval/);
      const runId = made.world.call("app.state", {}).run?.id ?? "";
      if (decision === "discard") made.world.call("run.cancel", { runId });
      else
        made.world.finish(
          made.world.call("run.approve", { runId, leaveOut: [], allowCreates: true, allowGuard: true }),
        );
      expect(schedule(made.world).problem).toBe("");
    }
  });

  it("says that Google dropped the trigger, and a new one comes with the schedule", () => {
    const { world, mappingId } = scheduled();
    world.triggers.clear();
    world.clock.advance(4 * HOUR_MS + MINUTE_MS);
    expect(schedule(world).problem).toMatch(/Google has dropped the clock.*Save the schedule again/);
    expect(world.call("schedule.save", { mappingId, schedule: HOURLY }).schedule.problem).toBe("");
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
  });

  it("that has stopped gets a new trigger in its place when the schedule is saved", () => {
    const { world, mappingId } = scheduled();
    const [dead] = world.triggers.keys();
    world.clock.advance(4 * HOUR_MS + MINUTE_MS);
    world.call("schedule.save", { mappingId, schedule: HOURLY });
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
    expect([...world.triggers.keys()]).not.toContain(dead);
  });

  it("of another person shows nothing here; after three hours that person is to be asked", () => {
    const { world } = scheduled();
    scheduledRun(world.deps());
    const guest = new AppWorld({ user: "bob@example.com" });
    const seen = () => {
      const deps = { ...world.deps(), user: guest.deps().user, memory: guest.deps().memory };
      return appState(deps).mappings[0]?.schedule;
    };
    expect(seen()).toMatchObject({ clockMs: null, problem: "", owner: "ann@example.com" });
    world.clock.advance(4 * HOUR_MS + MINUTE_MS);
    expect(seen()?.problem).toContain("Ask ann@example.com to save the schedule again");
  });

  it("and what was told of pauses go with the file", () => {
    const { world } = scheduled();
    scheduledRun(world.deps());
    world.call("file.remove", { confirm: "remove" });
    expect([...world.memory.keys()].filter((key) => !key.startsWith("clock-time."))).toEqual([]);
  });
});

describe("Google's clock time of a day", () => {
  /** A consumer's file in which each scheduled sync takes its time. */
  function slow(): Scheduled {
    return scheduled(NO_MAIL, { user: "ann@gmail.com", crmCallMs: 15_000 });
  }

  function used(world: AppWorld, minutes: number): void {
    const hour = Math.floor(world.clock.now() / HOUR_MS);
    world.memory.set("clock-time.another-file", JSON.stringify([[hour, minutes * MINUTE_MS]]));
  }

  it("is counted by what scheduled syncs take", () => {
    const { world } = slow();
    const start = world.clock.now() + HOUR_MS;
    nextHour(world);
    const counted = JSON.parse(world.memory.get("clock-time.file-1") ?? "[]") as [number, number][];
    expect(counted.reduce((sum, [, ms]) => sum + ms, 0)).toBe(world.clock.now() - start);
    expect(world.clock.now()).toBeGreaterThan(start);
  });

  it("lets unattended work rest at 80 of 90 minutes, says so and until when, and leaves it due", () => {
    const { world, tabId } = slow();
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    world.clock.advance(HOUR_MS);
    used(world, 80);
    scheduledRun(world.deps());
    expect(world.crm.world.changes).toEqual([]);
    expect(schedule(world).problem).toMatch(/90 minutes a day.*80 are used.*from about \d\d:00 on/);
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
    nextHour(world, 26);
    expect(world.crm.world.changes).toHaveLength(1);
    expect(schedule(world).problem).toBe("");
  });

  it("tells the history of it once a day", () => {
    const { world } = slow();
    const told = () => world.call("history.list", { limit: 50 }).filter(({ type }) => type === "Schedules rest").length;
    world.clock.advance(HOUR_MS);
    used(world, 85);
    for (let hour = 0; hour < 20; hour++) nextHour(world, 1);
    expect(told()).toBe(1);
    expect(newest(world)).toMatchObject({ outcome: "stopped", trigger: "schedule", undo: "no" });
    used(world, 85);
    for (let hour = 0; hour < 6; hour++) nextHour(world, 1);
    expect(told()).toBe(2);
  });

  it("ends a run between two slices, which goes on when there is time again", () => {
    const world = new AppWorld({ contacts: 3_000, crmCallMs: 8_000, user: "ann@gmail.com" });
    const { mappingId, tabId } = world.mapPeople({ direction: "pull" });
    world.call("schedule.save", { mappingId, schedule: HOURLY });
    world.clock.advance(HOUR_MS);
    used(world, 79);
    scheduledRun(world.deps());
    expect(world.call("app.state", {}).run?.phase).toBe("reading");
    expect(schedule(world).problem).toContain("80 are used");
    expect([...world.triggers.values()]).toEqual(["dispatcher"]);
    world.clock.advance(26 * HOUR_MS);
    for (let visit = 0; visit < 8; visit++) nextHour(world, 0.1);
    expect(world.rows(tabId)).toHaveLength(3_000);
    expect(schedule(world).problem).toBe("");
  });

  it("is six hours in Workspace", () => {
    const { world, tabId } = scheduled();
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    world.clock.advance(HOUR_MS);
    used(world, 300);
    scheduledRun(world.deps());
    expect(world.crm.world.changes).toHaveLength(1);
    world.grid.user.type(tabId, 2, TITLE, "Again");
    world.clock.advance(HOUR_MS);
    used(world, 330);
    scheduledRun(world.deps());
    expect(world.crm.world.changes).toHaveLength(1);
    expect(schedule(world).problem).toMatch(/360 minutes a day.*330 are used/);
  });
});
