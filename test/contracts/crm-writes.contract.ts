import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import { catchSyncError } from "../support/catch-error";
import type { CrmUnderTest, Values } from "./crm-under-test";

/** Creating, updating, archiving: one outcome for each operation, whatever happens to the others. */
export function describeCrmWrites(open: () => CrmUnderTest): void {
  describeCreates(open);
  describeRefusals(open);
  describeUpdates(open);
  describeLimits(open);
}

function describeCreates(open: () => CrmUnderTest): void {
  it("creates records and gives each outcome the id of its own operation", () => {
    const { crm, world, names } = open();
    const operations = range(30).map((n) =>
      create(`op${n}`, { [names.email]: `new${n}@example.com`, [names.number]: `${n}` }),
    );
    const outcomes = byId(crm.write(names.people, operations));
    expect(outcomes.size).toBe(30);
    for (const n of range(30)) {
      const record = written(outcomes.get(`op${n}`));
      expect(world.get(names.people, record.id)?.[names.email]).toBe(`new${n}@example.com`);
    }
  });

  it("answers a create with the values as they are stored", () => {
    const { crm, world, names } = open();
    const values = { [names.email]: "  Upper.CASE@Example.com ", [names.number]: " 5 ", [names.boolean]: "TRUE" };
    const outcomes = crm.write(names.people, [create("a", values)]);
    const record = written(outcomes[0]);
    expect(record.values).toMatchObject({ [names.email]: "upper.case@example.com", [names.number]: "5" });
    expect(world.get(names.people, record.id)).toMatchObject({
      [names.email]: "upper.case@example.com",
      [names.boolean]: "true",
    });
  });

  it("creates what cannot be told apart by a key, and matches it by its values", () => {
    const { crm, world, names } = open();
    const operations = range(5).map((n) => create(`op${n}`, { [names.companyName]: `Company ${n}` }));
    const outcomes = byId(crm.write(names.companies, operations));
    for (const n of range(5)) {
      const { id } = written(outcomes.get(`op${n}`));
      expect(world.get(names.companies, id)?.[names.companyName]).toBe(`Company ${n}`);
    }
  });

  it("reports a create whose key is taken with the record that has it, and creates the others", () => {
    const { crm, world, names } = open();
    const taken = world.create(names.people, { [names.email]: "taken@example.com" });
    const outcomes = byId(
      crm.write(names.people, [
        create("a", { [names.email]: "free@example.com" }),
        create("b", { [names.email]: "TAKEN@example.com" }),
      ]),
    );
    expect(outcomes.get("a")?.kind).toBe("written");
    expect(outcomes.get("b")).toMatchObject({ kind: "exists", recordId: taken });
    expect(world.liveIds(names.people).length).toBe(2);
  });

  it("creates one of two that share a new key", () => {
    const { crm, world, names } = open();
    const values = { [names.email]: "twin@example.com" };
    const kinds = crm.write(names.people, [create("a", values), create("b", values)]).map((outcome) => outcome.kind);
    expect(kinds.sort()).toEqual(["exists", "written"]);
    expect(world.liveIds(names.people).length).toBe(1);
  });

  it("lets a create use the address of an archived record", () => {
    const { crm, world, names } = open();
    const old = world.create(names.people, { [names.email]: "again@example.com" });
    world.archive(names.people, old);
    const [outcome] = crm.write(names.people, [create("a", { [names.email]: "again@example.com" })]);
    expect(written(outcome).id).not.toBe(old);
  });
}

function describeRefusals(open: () => CrmUnderTest): void {
  it("refuses one bad value with its field and a sentence, and goes on with the others", () => {
    const { crm, world, names } = open();
    const outcomes = byId(
      crm.write(names.people, [
        create("good", { [names.email]: "good@example.com" }),
        create("option", { [names.email]: "option@example.com", [names.choice]: "purple" }),
        create("number", { [names.email]: "number@example.com", [names.number]: "many" }),
        create("date", { [names.email]: "date@example.com", [names.date]: "31.12.2026" }),
        create("email", { [names.email]: "no address", [names.firstName]: "Bad" }),
        create("unknown", { [names.email]: "unknown@example.com", no_such_field: "x" }),
      ]),
    );
    expect(outcomes.get("good")?.kind).toBe("written");
    expect(outcomes.get("option")).toMatchObject({ kind: "refused", field: names.choice });
    expect(outcomes.get("number")).toMatchObject({ kind: "refused", field: names.number });
    expect(outcomes.get("date")).toMatchObject({ kind: "refused", field: names.date });
    expect(outcomes.get("email")).toMatchObject({ kind: "refused", field: names.email });
    expect(outcomes.get("unknown")).toMatchObject({ kind: "refused", field: "no_such_field" });
    for (const outcome of outcomes.values())
      if (outcome.kind === "refused") expect(outcome.message).not.toMatch(/[{[]/);
    expect(world.liveIds(names.people).length).toBe(1);
  });

  it("says which options are allowed when it refuses one", () => {
    const { crm, names } = open();
    const values = { [names.email]: "o@example.com", [names.choice]: "purple" };
    const [outcome] = crm.write(names.people, [create("a", values)]);
    expect(outcome?.kind === "refused" ? outcome.message : "").toContain("Red");
  });

  it("refuses a create without any of the fields that one needs", () => {
    const { crm, world, names } = open();
    const outcomes = byId(
      crm.write(names.people, [create("a", { [names.phone]: "0221 1" }), create("b", { [names.firstName]: "Enough" })]),
    );
    expect(outcomes.get("a")?.kind).toBe("refused");
    expect(outcomes.get("b")?.kind).toBe("written");
    expect(world.liveIds(names.people).length).toBe(1);
  });

  it("refuses to write a read-only field", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "ro@example.com" });
    const [outcome] = crm.write(names.people, [update("a", id, { [names.readOnly]: "2026-01-01T00:00:00Z" })]);
    expect(outcome).toMatchObject({ kind: "refused", field: names.readOnly });
  });
}

function describeUpdates(open: () => CrmUnderTest): void {
  it("updates the fields that are sent and no other, and clears with a blank", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, {
      [names.email]: "u@example.com",
      [names.firstName]: "Old",
      [names.phone]: "0221 5",
      [names.number]: "3",
    });
    const [outcome] = crm.write(names.people, [update("a", id, { [names.firstName]: "New", [names.number]: "" })]);
    expect(written(outcome)).toMatchObject({ id, values: { [names.firstName]: "New" } });
    const values = world.get(names.people, id) ?? {};
    expect(values).toMatchObject({ [names.firstName]: "New", [names.phone]: "0221 5", [names.email]: "u@example.com" });
    expect(values[names.number] ?? "").toBe("");
  });

  it("replaces a list of choices instead of adding to it", () => {
    const { crm, world, names } = open();
    const [first, second, third] = names.multiChoiceValues;
    const id = world.create(names.people, {
      [names.email]: "m@example.com",
      [names.multiChoice]: `${first};${second}`,
    });
    crm.write(names.people, [update("a", id, { [names.multiChoice]: `;${third}` })]);
    expect(world.get(names.people, id)?.[names.multiChoice]).toBe(third);
  });

  it("reports a record that is gone, and updates the others", () => {
    const { crm, world, names } = open();
    const live = world.create(names.people, { [names.email]: "live@example.com" });
    const archived = world.create(names.people, { [names.email]: "archived@example.com" });
    world.archive(names.people, archived);
    const outcomes = byId(
      crm.write(names.people, [
        update("live", live, { [names.firstName]: "Changed" }),
        update("archived", archived, { [names.firstName]: "Lost" }),
        update("never", "999999999999", { [names.firstName]: "Lost" }),
      ]),
    );
    expect(outcomes.get("live")?.kind).toBe("written");
    expect(outcomes.get("archived")?.kind).toBe("gone");
    expect(outcomes.get("never")?.kind).toBe("gone");
  });

  it("never claims to have written a record that was merged away", () => {
    const { crm, world, names } = open();
    const kept = world.create(names.people, { [names.email]: "kept@example.com" });
    const lost = world.create(names.people, { [names.email]: "lost@example.com" });
    world.merge(names.people, kept, lost);
    const [outcome] = crm.write(names.people, [update("a", lost, { [names.firstName]: "Where" })]);
    expect(["unknown", "gone"]).toContain(outcome?.kind);
  });

  it("reports an update whose key belongs to another record", () => {
    const { crm, world, names } = open();
    const other = world.create(names.people, { [names.email]: "other@example.com" });
    const id = world.create(names.people, { [names.email]: "mine@example.com" });
    const [outcome] = crm.write(names.people, [update("a", id, { [names.email]: "other@example.com" })]);
    expect(outcome).toMatchObject({ kind: "exists", recordId: other });
    expect(world.get(names.people, id)?.[names.email]).toBe("mine@example.com");
  });

  it("archives, also what is archived already", () => {
    const { crm, world, names } = open();
    const id = world.create(names.people, { [names.email]: "bye@example.com" });
    const once = crm.write(names.people, [{ kind: "archive", operationId: "a", recordId: id }]);
    const twice = crm.write(names.people, [{ kind: "archive", operationId: "b", recordId: id }]);
    expect(once).toEqual([{ kind: "archived", operationId: "a", recordId: id }]);
    expect(twice).toEqual([{ kind: "archived", operationId: "b", recordId: id }]);
    expect(world.get(names.people, id)).toBeNull();
  });

  it("keeps text as it was given: quotes, tags, line ends, other scripts, formulas", () => {
    const { crm, world, names } = open();
    const texts = [`"quoted" 'single' \\ back`, "<b>&amp;</b>", "Zeile 1\nZeile 2", "日本語 🎈 עברית", "=1+1", "007"];
    const operations = texts.map((text, n) =>
      create(`op${n}`, { [names.email]: `t${n}@example.com`, [names.lastName]: text }),
    );
    const outcomes = byId(crm.write(names.people, operations));
    const stored = texts.map((_, n) => world.get(names.people, written(outcomes.get(`op${n}`)).id)?.[names.lastName]);
    expect(stored).toEqual(texts);
  });
}

function describeLimits(open: () => CrmUnderTest): void {
  it("takes a full batch, and refuses a bigger or a mixed one as our mistake", () => {
    const { crm, world, names } = open();
    const operations = range(crm.limits.batchSize + 1).map((n) =>
      create(`op${n}`, { [names.email]: `b${n}@example.com` }),
    );
    expect(catchSyncError(() => crm.write(names.people, operations))).toMatchObject({ kind: "bug" });
    const mixed: readonly WriteOperation[] = [operations[0] ?? update("x", "1", {}), update("y", "1", {})];
    expect(catchSyncError(() => crm.write(names.people, mixed))).toMatchObject({ kind: "bug" });
    expect(world.liveIds(names.people).length).toBe(0);
    expect(crm.write(names.people, operations.slice(1)).length).toBe(crm.limits.batchSize);
    expect(world.liveIds(names.people).length).toBe(crm.limits.batchSize);
  });

  it("writes nothing when there is nothing to write", () => {
    const { crm, names } = open();
    expect(crm.write(names.people, [])).toEqual([]);
  });

  it("keeps its secret out of every error", () => {
    const { crm, names, secret } = open();
    const thrown = catchSyncError(() => crm.describe("butterflies"));
    const [outcome] = crm.write(names.people, [create("a", { no_such_field: secret ?? "s" })]);
    const text = `${thrown.message}${thrown.hint}${thrown.stack}${JSON.stringify(outcome)}`;
    if (secret !== null) expect(text).not.toContain(secret);
  });
}

function create(operationId: string, values: Values): WriteOperation {
  return { kind: "create", operationId, values };
}

function update(operationId: string, recordId: string, values: Values): WriteOperation {
  return { kind: "update", operationId, recordId, values };
}

function byId(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  return new Map(outcomes.map((outcome) => [outcome.operationId, outcome]));
}

function written(outcome: Outcome | undefined) {
  if (outcome?.kind === "written") return outcome.record;
  throw new Error(`not written: ${JSON.stringify(outcome)}`);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
