import type { CrmRecord, RecordRead } from "../../src/domain/record";
import type { CrmUnderTest } from "./crm-under-test";

const ALL = { kind: "all" } as const;

/** Reading by list, id and key. */
export function describeCrmReads(open: () => CrmUnderTest): void {
  describeLists(open);
  describeReadsById(open);
  describeFinds(open);
}

function describeLists(open: () => CrmUnderTest): void {
  it("lists every live record once, over pages", () => {
    const { crm, world, names } = open();
    const count = crm.limits.pageSize + 7;
    const ids = range(count).map((n) => world.create(names.people, { [names.email]: `list${n}@example.com` }));
    const archived = ids[3] ?? "";
    world.archive(names.people, archived);
    const pages = listAll({ crm, names });
    expect(pages.length).toBe(2);
    expect(sorted(pages.flat().map((record) => record.id))).toEqual(sorted(ids.filter((id) => id !== archived)));
  });

  it("lists a record in the moment after somebody created it", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "fresh@example.com" });
    expect(listAll({ crm, names }).flat()).toMatchObject([{ id, values: { [names.email]: "fresh@example.com" } }]);
  });

  it("lists an empty object as one empty page", () => {
    const { crm, names } = open();
    expect(crm.list(names.people, { fields: [names.email], filter: ALL, cursor: null })).toEqual({
      records: [],
      next: null,
    });
  });

  it("lists when so many fields are asked for that they fit into no address", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "wide@example.com", [names.number]: "7" });
    const fields = crm.describe(names.people).fields.map((field) => field.name);
    const page = crm.list(names.people, { fields, filter: ALL, cursor: null });
    expect(page.records).toMatchObject([{ id, values: { [names.email]: "wide@example.com", [names.number]: "7" } }]);
  });

  it("counts the live records", () => {
    const { crm, world, names } = open();
    for (const n of range(3)) world.create(names.people, { [names.email]: `count${n}@example.com` });
    world.pass(crm.limits.searchLagMs);
    expect(crm.count(names.people, ALL)).toBe(3);
  });

  it("gives only the fields that were asked for, and nothing for a field that is not there", () => {
    const { crm, world, names } = open();
    world.create(names.people, { [names.email]: "few@example.com", [names.firstName]: "Few" });
    const page = crm.list(names.people, { fields: [names.firstName, "no_such_field"], filter: ALL, cursor: null });
    expect(page.records.map((record) => record.values)).toEqual([{ [names.firstName]: "Few" }]);
  });
}

function describeReadsById(open: () => CrmUnderTest): void {
  it("reads by id in the order asked, a doubled id once", () => {
    const { crm, world, names } = open();
    const [a = "", b = "", c = ""] = range(3).map((n) =>
      world.create(names.people, { [names.email]: `r${n}@example.com` }),
    );
    const reads = crm.read(names.people, [names.email], [c, a, c, b]);
    expect(reads.map((read) => read.askedId)).toEqual([c, a, b]);
    expect(reads.every((read) => read.kind === "found")).toBe(true);
    expect(found(reads[0]).values[names.email]).toBe("r2@example.com");
  });

  it("reads values in wire form", () => {
    const { crm, world, names } = open();
    const [first, , third] = names.multiChoiceValues;
    const id = world.create(names.people, {
      [names.email]: "wire@example.com",
      [names.number]: "12.5",
      [names.date]: "2027-02-28",
      [names.datetime]: "2026-11-01T08:30:00Z",
      [names.boolean]: "true",
      [names.choice]: names.choiceValues[1],
      [names.multiChoice]: `${first};${third}`,
    });
    const fields = [names.number, names.date, names.datetime, names.boolean, names.choice, names.multiChoice];
    expect(valuesOf(crm.read(names.people, fields, [id]))).toMatchObject({
      [names.number]: "12.5",
      [names.date]: "2027-02-28",
      [names.boolean]: "true",
      [names.choice]: names.choiceValues[1],
      [names.multiChoice]: `${first};${third}`,
    });
    const stamp = valuesOf(crm.read(names.people, fields, [id]))[names.datetime] ?? "";
    expect(Date.parse(stamp)).toBe(Date.UTC(2026, 10, 1, 8, 30));
    expect(stamp).toMatch(/Z$/);
  });

  it("reads a value that was never set and one that was cleared as the same blank", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "blank@example.com", [names.phone]: "+49 221 1" });
    world.update(names.people, id, { [names.phone]: "" });
    const values = valuesOf(crm.read(names.people, [names.phone, names.lastName], [id]));
    expect(values[names.phone] ?? "").toBe("");
    expect(values[names.lastName] ?? "").toBe("");
  });

  it("reads what is archived or never was as gone", () => {
    const { crm, world, names } = open();
    const live = world.create(names.people, { [names.email]: "live@example.com" });
    const archived = world.create(names.people, { [names.email]: "archived@example.com" });
    world.archive(names.people, archived);
    const reads = crm.read(names.people, [names.email], [archived, live, "999999999999", "not-an-id", ""]);
    expect(reads.map((read) => read.kind)).toEqual(["gone", "found", "gone", "gone", "gone"]);
  });

  it("reads a merged record as merged, with its survivor", () => {
    const { crm, world, names } = open();
    const kept = world.create(names.people, { [names.email]: "kept@example.com" });
    const lost = world.create(names.people, { [names.email]: "lost@example.com", [names.phone]: "0221 9" });
    const survivor = world.merge(names.people, kept, lost);
    world.pass(crm.limits.searchLagMs);
    const [read] = crm.read(names.people, [names.email, names.phone], [lost]);
    expect(read).toMatchObject({ kind: "merged", askedId: lost, record: { id: survivor } });
    if (read?.kind === "merged") {
      expect(read.record.mergedIds).toContain(lost);
      expect(read.record.values).toMatchObject({ [names.email]: "kept@example.com", [names.phone]: "0221 9" });
    }
  });

  it("tells gone from merged among many missing ids", () => {
    const { crm, world, names } = open();
    const kept = world.create(names.people, { [names.email]: "kept@example.com" });
    const lost = range(3).map((n) => world.create(names.people, { [names.email]: `lost${n}@example.com` }));
    const survivor = lost.reduce((into, id) => world.merge(names.people, into, id), kept);
    const archived = range(20).map((n) => world.create(names.people, { [names.email]: `bin${n}@example.com` }));
    for (const id of archived) world.archive(names.people, id);
    world.pass(crm.limits.searchLagMs);
    const invented = range(120).map((n) => String(990_000_000_000 + n));
    const reads = crm.read(names.people, [names.email], [...invented, ...lost, ...archived]);
    const merged = reads.filter((read) => read.kind === "merged");
    expect(merged.map((read) => [read.askedId, found(read).id])).toEqual(lost.map((id) => [id, survivor]));
    expect(reads.filter((read) => read.kind === "gone").length).toBe(140);
  });

  it("moves the modified time when somebody changes a record", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "time@example.com" });
    const before = found(crm.read(names.people, [], [id])[0]).modifiedMs;
    world.pass(60_000);
    world.update(names.people, id, { [names.firstName]: "Later" });
    const after = found(crm.read(names.people, [], [id])[0]).modifiedMs;
    expect(after - before).toBeGreaterThanOrEqual(55_000);
  });

  it("reads nothing when no id is asked for", () => {
    const { crm, names } = open();
    expect(crm.read(names.people, [names.email], [])).toEqual([]);
  });
}

function describeFinds(open: () => CrmUnderTest): void {
  it("finds by a unique key without regard to case and outer blanks, in the order asked", () => {
    const { crm, world, names } = open();
    const a = world.create(names.people, { [names.email]: "ann@example.com" });
    const b = world.create(names.people, { [names.email]: "bob@example.com" });
    const keys = [" BOB@Example.com ", "nobody@example.com", "", "ann@example.com", "bob@example.com"];
    const hits = crm.find(names.people, names.email, keys, [names.email]);
    expect(hits.map((hit) => hit.key)).toEqual(keys);
    expect(hits.map((hit) => hit.records.map((record) => record.id))).toEqual([[b], [], [], [a], [b]]);
  });

  it("finds by another unique field", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "ref@example.com", [names.unique]: "Ref-7" });
    const [hit, miss] = crm.find(names.people, names.unique, ["Ref-7", "Ref-8"], [names.email]);
    expect(hit?.records).toMatchObject([{ id, values: { [names.email]: "ref@example.com" } }]);
    expect(miss?.records).toEqual([]);
  });

  it("finds by a unique key in the moment after somebody created the record", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "now@example.com" });
    const [hit] = crm.find(names.people, names.email, ["now@example.com"], [names.email]);
    expect(hit?.records.map((record) => record.id)).toEqual([id]);
  });

  it("finds a survivor by the address of the record that was merged into it", () => {
    const { crm, world, names } = open();
    const kept = world.create(names.people, { [names.email]: "kept@example.com" });
    const lost = world.create(names.people, { [names.email]: "second@example.com" });
    const survivor = world.merge(names.people, kept, lost);
    world.pass(crm.limits.searchLagMs);
    const hits = crm.find(names.people, names.email, ["second@example.com", "kept@example.com"], [names.email]);
    expect(hits.map((hit) => hit.records.map((record) => record.id))).toEqual([[survivor], [survivor]]);
  });

  it("finds all records that share a key, and none that is archived", () => {
    const { crm, world, names } = open();
    const company = (name: string, domain: string) =>
      world.create(names.companies, { [names.companyName]: name, [names.companyDomain]: domain });
    const one = company("One", "shared.example");
    const two = company("Two", "shared.example");
    const other = company("Other", "other.example");
    const archived = company("Archived", "shared.example");
    world.archive(names.companies, archived);
    world.pass(crm.limits.searchLagMs);
    const keys = ["https://www.Shared.example/about", "other.example", "none.example"];
    const hits = crm.find(names.companies, names.companyDomain, keys, [names.companyName]);
    expect(hits.map((hit) => sorted(hit.records.map((record) => record.id)))).toEqual([
      sorted([one, two]),
      [other],
      [],
    ]);
  });

  it("finds by name without regard to case", () => {
    const { crm, world, names } = open();
    const id = world.create(names.companies, { [names.companyName]: "Müller & Söhne “KG”" });
    world.pass(crm.limits.searchLagMs);
    const [hit] = crm.find(names.companies, names.companyName, ["  müller & SÖHNE “kg”"], [names.companyName]);
    expect(hit?.records.map((record) => record.id)).toEqual([id]);
  });

  it("finds many keys at once", () => {
    const { crm, world, names } = open();
    const ids = range(130).map((n) => world.create(names.people, { [names.email]: `many${n}@example.com` }));
    const keys = range(260).map((n) => `many${n}@example.com`);
    const hits = crm.find(names.people, names.email, keys, [names.email]);
    expect(hits.slice(0, 130).map((hit) => hit.records[0]?.id)).toEqual(ids);
    expect(hits.slice(130).every((hit) => hit.records.length === 0)).toBe(true);
  });
}

function listAll({ crm, names }: Pick<CrmUnderTest, "crm" | "names">): readonly (readonly CrmRecord[])[] {
  const pages: (readonly CrmRecord[])[] = [];
  let cursor: string | null = null;
  do {
    const page = crm.list(names.people, { fields: [names.email], filter: ALL, cursor });
    pages.push(page.records);
    cursor = page.next;
  } while (cursor !== null && pages.length < 10);
  return pages;
}

function found(read: RecordRead | undefined): CrmRecord {
  if (read?.kind === "found" || read?.kind === "merged") return read.record;
  throw new Error(`no record: ${JSON.stringify(read)}`);
}

function valuesOf(reads: readonly RecordRead[]): CrmRecord["values"] {
  return found(reads[0]).values;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...ids].sort();
}
