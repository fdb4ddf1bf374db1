import type { CrmRecord, RecordId } from "../../src/domain/record";
import type { CrmUnderTest } from "./crm-under-test";

const ALL = { kind: "all" } as const;
const HOUR_MS = 3_600_000;

/** Reading what changed in a window of time. */
export function describeCrmWindows(open: () => CrmUnderTest): void {
  describeWindows(open);
  describePaging(open);
  describeClock(open);
}

function describeWindows(open: () => CrmUnderTest): void {
  it("shows what changed in a window, with the fields that were asked for", () => {
    const under = open();
    const { crm, world, names } = under;
    const [old = "", edited = ""] = createPeople(under, 2);
    world.pass(HOUR_MS);
    world.update(names.people, edited, { [names.firstName]: "New", [names.lastName]: "Name" });
    const fresh = world.create(names.people, { [names.email]: "fresh@example.com" });
    world.pass(crm.limits.searchLagMs);
    const { records, next } = page(under, { sinceMs: now(under) - HOUR_MS / 2 });
    expect(next).toBeNull();
    expect(sorted(records)).toEqual([edited, fresh].sort());
    expect(records.map((record) => record.id)).not.toContain(old);
    const hit = records.find((record) => record.id === edited);
    expect(hit?.values).toEqual({ [names.email]: "person1@example.com", [names.firstName]: "New" });
    expect(Math.abs((hit?.modifiedMs ?? 0) - now(under))).toBeLessThan(HOUR_MS / 2);
  });

  it("shows nothing from before or after the window; its beginning counts, its end does not", () => {
    const under = open();
    const { crm, world, names } = under;
    const ids = createPeople(under, 3);
    world.pass(HOUR_MS);
    for (const id of ids) {
      world.update(names.people, id, { [names.firstName]: "Changed" });
      world.pass(60_000);
    }
    world.pass(crm.limits.searchLagMs);
    const [, second = 0, third = 0] = crm
      .read(names.people, [], ids)
      .map((read) => (read.kind === "found" ? read.record.modifiedMs : 0));
    expect(third - second).toBe(60_000);
    const idsIn = (sinceMs: number, untilMs: number) => sorted(page(under, { sinceMs, untilMs }).records);
    expect(idsIn(second, third)).toEqual([ids[1]]);
    expect(idsIn(second + 1, third)).toEqual([]);
    expect(idsIn(second, third + 1)).toEqual([ids[1], ids[2]].sort());
  });

  it("shows an empty window as one empty page", () => {
    const under = open();
    expect(page(under, { sinceMs: now(under) - HOUR_MS })).toMatchObject({ records: [], next: null });
  });

  it("does not show what was archived", () => {
    const under = open();
    const { crm, world, names } = under;
    const [kept = "", archived = ""] = createPeople(under, 2);
    world.archive(names.people, archived);
    expect(sorted(walk(under, { sinceMs: now(under) - HOUR_MS }).flat())).not.toContain(archived);
    world.pass(crm.limits.searchLagMs + 60_000);
    expect(sorted(walk(under, { sinceMs: now(under) - HOUR_MS }).flat())).toEqual([kept]);
  });

  it("shows the survivor of a merge with the ids that it took over", () => {
    const under = open();
    const { crm, world, names } = under;
    const [kept = "", lost = ""] = createPeople(under, 2);
    world.pass(HOUR_MS);
    const survivor = world.merge(names.people, kept, lost);
    world.pass(crm.limits.searchLagMs);
    const { records } = page(under, { sinceMs: now(under) - HOUR_MS / 2 });
    expect(records.map((record) => record.id)).toEqual([survivor]);
    expect(records[0]?.mergedIds).toContain(lost);
  });

  it("shows companies by their own modified time", () => {
    const under = open();
    const { crm, world, names } = under;
    const id = world.create(names.companies, { [names.companyName]: "Acme" });
    world.pass(crm.limits.searchLagMs + 60_000);
    const query = { fields: [names.companyName], filter: ALL, cursor: null };
    const untilMs = now(under) + 1_000;
    const inLastHour = crm.changedSince(names.companies, { ...query, sinceMs: untilMs - HOUR_MS, untilMs });
    expect(inLastHour.records.map((record) => record.id)).toEqual([id]);
    const later = crm.changedSince(names.companies, { ...query, sinceMs: untilMs, untilMs: untilMs + HOUR_MS });
    expect(later.records).toEqual([]);
  });

  it("reads wide windows too, of which no search could ask all fields", () => {
    const under = open();
    const { crm, world, names } = under;
    const id = world.create(names.people, { [names.email]: "wide@example.com", [names.number]: "7" });
    world.pass(crm.limits.searchLagMs + 60_000);
    const fields = crm.describe(names.people).fields.map((field) => field.name);
    const untilMs = now(under) + 1_000;
    const query = { fields, filter: ALL, sinceMs: untilMs - HOUR_MS, untilMs, cursor: null };
    const { records } = crm.changedSince(names.people, query);
    expect(records).toMatchObject([{ id, values: { [names.email]: "wide@example.com", [names.number]: "7" } }]);
  });
}

function describePaging(open: () => CrmUnderTest): void {
  /** People who all changed in the same moment, the index has heard of it. */
  function changedAtOnce(under: CrmUnderTest, count: number): readonly RecordId[] {
    const ids = createPeople(under, count);
    under.world.pass(HOUR_MS);
    for (const id of ids) under.world.update(under.names.people, id, { [under.names.firstName]: "Bulk" });
    under.world.pass(under.crm.limits.searchLagMs);
    return [...ids].sort();
  }

  it("neither skips nor repeats where more records share a time than a page holds", () => {
    const under = open();
    const ids = changedAtOnce(under, 450);
    const pages = walk(under, { sinceMs: now(under) - HOUR_MS / 2 });
    expect(new Set(pages.flat().map((record) => record.modifiedMs)).size).toBe(1);
    expect(pages.length).toBeGreaterThan(2);
    expect(sorted(pages.flat())).toEqual(ids);
  });

  it("neither skips nor repeats the others when records change while it is read", () => {
    const under = open();
    const { crm, world, names } = under;
    const ids = changedAtOnce(under, 230);
    const untilMs = now(under);
    const query = { sinceMs: untilMs - HOUR_MS / 2, untilMs };
    const first = page(under, query);
    const shown = first.records[0]?.id ?? "";
    const unread = ids.filter((id) => !first.records.some((record) => record.id === id));
    const waiting = unread[0] ?? "";
    world.pass(60_000);
    for (const id of [shown, waiting]) world.update(names.people, id, { [names.firstName]: "Again" });
    world.archive(names.people, unread[1] ?? "");
    world.pass(crm.limits.searchLagMs + 60_000);
    const rest = walk(under, { ...query, cursor: first.next });
    const gone = [waiting, unread[1]];
    expect(sorted([...first.records, ...rest.flat()])).toEqual(ids.filter((id) => !gone.includes(id)));
    const later = page(under, { sinceMs: untilMs });
    expect(sorted(later.records)).toEqual([shown, waiting].sort());
  });

  it("goes on from a cursor that is plain text, after whatever time", () => {
    const under = open();
    const ids = changedAtOnce(under, 230);
    const untilMs = now(under);
    const query = { sinceMs: untilMs - HOUR_MS / 2, untilMs };
    const first = page(under, query);
    const cursor = JSON.parse(JSON.stringify(first.next)) as string;
    expect(typeof cursor).toBe("string");
    under.world.pass(2 * HOUR_MS);
    const rest = walk(under, { ...query, cursor });
    expect(sorted([...first.records, ...rest.flat()])).toEqual(ids);
  });
}

function describeClock(open: () => CrmUnderTest): void {
  it("knows the CRM's time to the second, and goes on between two answers", () => {
    const under = open();
    const { crm, world, names } = under;
    crm.check();
    const id = world.create(names.people, { [names.email]: "clock@example.com" });
    const [read] = crm.read(names.people, [], [id]);
    const modifiedMs = read?.kind === "found" ? read.record.modifiedMs : 0;
    expect(Math.abs(crm.now() - modifiedMs)).toBeLessThanOrEqual(1_000);
    const before = crm.now();
    world.pass(90_000);
    expect(crm.now() - before).toBe(90_000);
  });
}

interface Window {
  readonly sinceMs: number;
  /** Default: now. */
  readonly untilMs?: number;
  readonly cursor?: string | null;
}

/** The CRM's time, rounded up to the next second that its clock can show. */
function now({ crm }: CrmUnderTest): number {
  crm.check();
  return crm.now() + 1_000;
}

function page(under: CrmUnderTest, window: Window) {
  const { crm, names } = under;
  const { sinceMs, untilMs = now(under), cursor = null } = window;
  return crm.changedSince(names.people, {
    fields: [names.email, names.firstName],
    filter: ALL,
    sinceMs,
    untilMs,
    cursor,
  });
}

function walk(under: CrmUnderTest, window: Window): readonly (readonly CrmRecord[])[] {
  const pages: (readonly CrmRecord[])[] = [];
  const untilMs = window.untilMs ?? now(under);
  let cursor = window.cursor ?? null;
  do {
    const one = page(under, { ...window, untilMs, cursor });
    pages.push(one.records);
    cursor = one.next;
  } while (cursor !== null && pages.length < 50);
  return pages;
}

/** Ids of people whose creation lies a minute back: nothing in the background moves them any more. */
function createPeople({ world, names }: CrmUnderTest, count: number): readonly RecordId[] {
  const ids = Array.from({ length: count }, (_, n) =>
    world.create(names.people, { [names.email]: `person${n}@example.com` }),
  );
  world.pass(60_000);
  return ids;
}

function sorted(records: readonly CrmRecord[]): readonly RecordId[] {
  return records.map((record) => record.id).sort();
}
