import { SyncError } from "../../src/domain/errors";
import type { WriteOperation } from "../../src/domain/outcome";
import { createFakeCrm } from "./fake-crm";
import { createManualClock } from "./manual-clock";

const ALL = { kind: "all" } as const;
const create = (n: number): WriteOperation => ({
  kind: "create",
  operationId: `op${n}`,
  values: { email: `new${n}@example.com` },
});

describe("the in-memory CRM as a stage", () => {
  it("starts with the same contacts for the same seed", () => {
    const emails = (seed: number) =>
      createFakeCrm({ seed, contacts: 20 })
        .world.all("contacts")
        .map((one) => one.values);
    expect(emails(3)).toEqual(emails(3));
    expect(emails(3)).not.toEqual(emails(4));
    expect(emails(3).length).toBe(20);
  });

  it("tells changes of the add-on from those of somebody else", () => {
    const fake = createFakeCrm({ contacts: 1 });
    const id = fake.world.all("contacts")[0]?.id ?? "";
    fake.write("contacts", [create(1)]);
    fake.world.update("contacts", id, { firstname: "Other" });
    expect(fake.world.changes.map((change) => [change.by, change.kind])).toEqual([
      ["sync", "create"],
      ["other", "update"],
    ]);
    expect(fake.world.changes[1]).toMatchObject({ id, after: { firstname: "Other" } });
  });

  it("numbers its calls and fails the one that it is told to", () => {
    const fake = createFakeCrm();
    const error = new SyncError("retryable", "timeout", "No answer.");
    fake.faults.at(2, { kind: "throw", thrown: error, when: "before" });
    fake.check();
    expect(() => fake.list("contacts", { fields: [], filter: ALL, cursor: null })).toThrow(error);
    fake.check();
    expect(fake.faults.calls.map((call) => [call.number, call.method])).toEqual([
      [1, "check"],
      [2, "list"],
      [3, "check"],
    ]);
  });

  it.each([
    ["all", 4],
    ["half", 2],
    ["none", 0],
  ] as const)("can leave a write unknown with %s of its effects", (applied, count) => {
    const fake = createFakeCrm();
    fake.faults.next("write", { kind: "unknown", applied });
    const outcomes = fake.write("contacts", [1, 2, 3, 4].map(create));
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(fake.world.all("contacts").length).toBe(count);
  });

  it("can bring the effect of a write late", () => {
    const clock = createManualClock();
    const fake = createFakeCrm({ clock });
    fake.faults.next("write", { kind: "late", delayMs: 50_000 });
    expect(fake.write("contacts", [create(1)])[0]?.kind).toBe("unknown");
    expect(fake.find("contacts", "email", ["new1@example.com"], [])[0]?.records).toEqual([]);
    clock.advance(50_000);
    expect(fake.find("contacts", "email", ["new1@example.com"], [])[0]?.records.length).toBe(1);
  });

  it("can be killed before and after the effect of a write", () => {
    for (const [when, count] of [
      ["before", 0],
      ["after", 1],
    ] as const) {
      const fake = createFakeCrm();
      fake.faults.at(1, { kind: "throw", thrown: "killed", when });
      expect(() => fake.write("contacts", [create(1)])).toThrow("killed");
      expect(fake.world.all("contacts").length).toBe(count);
    }
  });

  it("lets somebody act right before a call", () => {
    const fake = createFakeCrm();
    fake.faults.before(2, () => fake.world.create("contacts", { email: "between@example.com" }));
    const list = () => fake.list("contacts", { fields: [], filter: ALL, cursor: null }).records.length;
    expect([list(), list()]).toEqual([0, 1]);
  });

  it("hides a record that the caller may not read", () => {
    const fake = createFakeCrm({ contacts: 1 });
    const id = fake.world.all("contacts")[0]?.id ?? "";
    fake.world.setUnreadable("contacts", id, "not yours");
    expect(fake.read("contacts", [], [id])).toEqual([{ kind: "unreadable", askedId: id, reason: "not yours" }]);
  });

  it("answers a write in another order than it was asked", () => {
    const outcomes = createFakeCrm().write("contacts", [1, 2, 3].map(create));
    expect(outcomes.map((outcome) => outcome.operationId)).toEqual(["op3", "op2", "op1"]);
  });

  it("rounds currency as a CRM does", () => {
    const fake = createFakeCrm();
    const values = { email: "b@example.com", budget: "12.345" };
    const [outcome] = fake.write("contacts", [{ kind: "create", operationId: "a", values }]);
    expect(outcome).toMatchObject({ kind: "written", record: { values: { budget: "12.35" } } });
  });

  describe("with a search index that", () => {
    const search = (fake: ReturnType<typeof createFakeCrm>, cursor: string | null = null) =>
      fake.changedSince("contacts", {
        fields: ["firstname"],
        filter: ALL,
        sinceMs: 0,
        untilMs: fake.now() + 1,
        cursor,
      });
    const names = (fake: ReturnType<typeof createFakeCrm>) =>
      search(fake).records.map((record) => record.values.firstname);

    it("lags shows a change, a new record and a deletion only after its time", () => {
      const clock = createManualClock();
      const fake = createFakeCrm({ clock, searchLagMs: 5_000 });
      const id = fake.world.create("contacts", { firstname: "Old" });
      expect(names(fake)).toEqual([]);
      clock.advance(5_000);
      expect(names(fake)).toEqual(["Old"]);
      fake.world.archive("contacts", id);
      // Counted, but no longer shown.
      expect(search(fake)).toEqual({ records: [], next: null });
      fake.world.restore("contacts", id);
      clock.advance(5_000);
      expect(names(fake)).toEqual(["Old"]);
    });

    it("is stale finds a record by its old time, and shows the new values or the old ones", () => {
      const clock = createManualClock();
      const fake = createFakeCrm({ clock, searchLagMs: 5_000 });
      const id = fake.world.create("contacts", { firstname: "Old" });
      clock.advance(60_000);
      fake.world.update("contacts", id, { firstname: "New" });
      expect(names(fake)).toEqual(["New"]);
      fake.world.index.payload = "stale";
      expect(search(fake).records).toMatchObject([{ values: { firstname: "Old" }, modifiedMs: clock.now() - 60_000 }]);
    });

    it("forgets or disorders records shows the others, or all of them in another order", () => {
      const fake = createFakeCrm({ contacts: 5 });
      const ids = fake.world.all("contacts").map((record) => record.id);
      fake.world.index.order = "reversed";
      fake.world.index.missing.add(ids[1] ?? "");
      expect(search(fake).records.map((record) => record.id)).toEqual([ids[4], ids[3], ids[2], ids[0]]);
    });

    it("has small pages goes on behind the last id", () => {
      const fake = createFakeCrm({ contacts: 5 });
      fake.world.index.pageSize = 2;
      const sizes: number[] = [];
      let cursor: string | null = null;
      do {
        const page = search(fake, cursor);
        sizes.push(page.records.length);
        cursor = page.next;
      } while (cursor !== null);
      expect(sizes).toEqual([2, 2, 1]);
    });
  });

  it("can have a clock that is ahead of ours", () => {
    const clock = createManualClock();
    const fake = createFakeCrm({ clock, skewMs: 600_000, contacts: 1 });
    const [record] = fake.world.liveRecords("contacts");
    expect([fake.now(), record?.modifiedMs]).toEqual([clock.now() + 600_000, clock.now() + 600_000]);
  });
});
