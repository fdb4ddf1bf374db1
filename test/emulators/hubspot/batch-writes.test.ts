import { closeSandboxes, type Json, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

const contact = (name: string, more: object = {}) => ({
  properties: { email: `${name}@batch.example`, firstname: name },
  ...more,
});
const count = () => sandbox.control.all("contacts").length;

function emails(body: Json): string[] {
  return body.results.map((record: Json) => record.properties.email);
}

describe("batch writes of the HubSpot sandbox", () => {
  it("9: shuffles results, the same way for the same seed", async () => {
    const inputs = Array.from({ length: 10 }, (_, n) => contact(`n${n}`));
    const first = await sandbox.post("contacts/batch/create", { inputs });
    expect(first.status).toBe(201);
    expect(first.body.status).toBe("COMPLETE");
    expect(emails(first.body)).not.toEqual(inputs.map((input) => input.properties.email));
    expect(emails(first.body).sort()).toEqual(inputs.map((input) => input.properties.email));
    const twin = await startSandbox();
    expect(emails((await twin.post("contacts/batch/create", { inputs })).body)).toEqual(emails(first.body));
  });

  it("10: with a trace id on every input, failures come back one by one beside the results", async () => {
    const existing = sandbox.control.create("contacts", { email: "taken@batch.example" });
    const { status, body } = await sandbox.post("contacts/batch/create", {
      inputs: [
        contact("ok", { objectWriteTraceId: "r1" }),
        contact("taken", { objectWriteTraceId: "r2" }),
        { properties: { email: "x@batch.example", nope: "1" }, objectWriteTraceId: "r3" },
      ],
    });
    expect(status).toBe(207);
    expect(body.results).toMatchObject([{ objectWriteTraceId: "r1" }]);
    expect(body.numErrors).toBe(2);
    expect(body.errors[0]).toEqual({
      status: "error",
      category: "CONFLICT",
      message: `Contact already exists. Existing ID: ${existing}`,
      context: { objectWriteTraceId: ["r2"], existingId: [existing] },
    });
    expect(body.errors[1]).toMatchObject({ category: "VALIDATION_ERROR", context: { objectWriteTraceId: ["r3"] } });
    expect(count()).toBe(2);
  });

  it("11: without trace ids one conflict refuses the whole batch and names only the first", async () => {
    const existing = sandbox.control.create("contacts", { email: "taken@batch.example" });
    sandbox.control.create("contacts", { email: "taken2@batch.example" });
    const inputs = [contact("ok"), contact("taken"), contact("taken2")];
    const { status, body } = await sandbox.post("contacts/batch/create", { inputs });
    expect(status).toBe(409);
    expect(body).toEqual({
      status: "error",
      message: `Contact already exists. Existing ID: ${existing}`,
      correlationId: expect.any(String),
      category: "CONFLICT",
    });
    expect(count()).toBe(2);
  });

  it("11: without trace ids one wrong value refuses the whole batch", async () => {
    const inputs = [contact("ok"), { properties: { email: "y@batch.example", newsletter: "Yes" } }];
    expect((await sandbox.post("contacts/batch/create", { inputs })).status).toBe(400);
    expect(count()).toBe(0);
  });

  it.each([
    ["one input has none", ["r1", undefined]],
    ["two inputs share one", ["r1", "r1"]],
  ])("11: trace ids do not count when %s", async (_, ids) => {
    sandbox.control.create("contacts", { email: "taken@batch.example" });
    const inputs = [contact("ok", { objectWriteTraceId: ids[0] }), contact("taken", { objectWriteTraceId: ids[1] })];
    expect((await sandbox.post("contacts/batch/create", { inputs })).status).toBe(409);
    expect(count()).toBe(1);
  });

  it("11: the same address twice in one batch is a conflict without an id", async () => {
    const { status, body } = await sandbox.post("contacts/batch/create", { inputs: [contact("a"), contact("a")] });
    expect(status).toBe(409);
    expect(body.message).toBe("Contact already exists");
  });

  it.each([[true], [false]])("two inputs cannot take one unique value (trace ids: %s)", async (traced) => {
    const inputs = ["a", "b"].map((name) => ({
      properties: { lastname: name, external_ref: "R-1" },
      ...(traced ? { objectWriteTraceId: name } : {}),
    }));
    const { status } = await sandbox.post("contacts/batch/create", { inputs });
    expect([status, count()]).toEqual(traced ? [207, 1] : [400, 0]);
  });

  it("12: upserts by e-mail and says which are new", async () => {
    const existing = sandbox.control.create("contacts", { email: "old@batch.example", city: "Ulm" });
    const { status, body } = await sandbox.post("contacts/batch/upsert", {
      inputs: [
        { id: "OLD@batch.example", idProperty: "email", properties: { firstname: "Old" } },
        { id: "new@batch.example", idProperty: "email", properties: { firstname: "New" } },
      ],
    });
    expect(status).toBe(200);
    const isNew = Object.fromEntries(body.results.map((record: Json) => [record.properties.firstname, record.new]));
    expect(isNew).toEqual({ Old: false, New: true });
    expect(sandbox.control.get("contacts", existing)?.properties).toMatchObject({ firstname: "Old", city: "Ulm" });
  });

  it("12: upserts by a unique property", async () => {
    const upsert = (name: string) =>
      sandbox.post("companies/batch/upsert", {
        inputs: [{ id: "C-1", idProperty: "customer_number", properties: { name } }],
      });
    const first = await upsert("One");
    const second = await upsert("Two");
    expect([first.body.results[0].new, second.body.results[0].new]).toEqual([true, false]);
    expect(second.body.results[0].id).toBe(first.body.results[0].id);
  });

  it.each([
    ["companies", "0-2", "domain"],
    ["companies", "0-2", "name"],
    ["contacts", "0-1", "phone"],
    ["contacts", "0-1", "hs_object_id"],
  ])("12: refuses to upsert %s (%s) by %s", async (type, typeId, idProperty) => {
    const inputs = [{ id: "1", idProperty, properties: {} }];
    const { status, body } = await sandbox.post(`${type}/batch/upsert`, { inputs });
    expect(status).toBe(400);
    expect(body.message).toBe(`Unable to perform update/upsert by non-unique ${typeId} property ${idProperty}`);
  });

  it("12: an upsert with one address that HubSpot dislikes fails as a whole", async () => {
    const inputs = ["ok@batch.example", "x@gmail.con"].map((id) => ({ id, idProperty: "email", properties: {} }));
    const { status, body } = await sandbox.post("contacts/batch/upsert", { inputs });
    expect(status).toBe(400);
    expect(body.message).toBe("Email address x@gmail.con is invalid");
    expect(count()).toBe(0);
  });

  it("13: refuses an id that comes twice in an update, and a key that comes twice in an upsert", async () => {
    const id = sandbox.control.create("contacts", { email: "a@batch.example" });
    const twice = [id, id].map((same) => ({ id: same, properties: { city: "Ulm" } }));
    const update = await sandbox.post("contacts/batch/update", { inputs: twice });
    expect(update.status).toBe(400);
    expect(update.body).toEqual({
      status: "error",
      message: `Duplicate IDs found in batch input: [${id}]. IDs must be unique`,
      correlationId: expect.any(String),
      category: "VALIDATION_ERROR",
      context: { ids: [id] },
    });
    const inputs = ["a@batch.example", "A@batch.example"].map((key) => ({
      id: key,
      idProperty: "email",
      properties: {},
    }));
    expect((await sandbox.post("contacts/batch/upsert", { inputs })).status).toBe(400);
  });

  it("14: a batch update by e-mail is refused, and without a key passes it over silently", async () => {
    const id = sandbox.control.create("contacts", { email: "a@batch.example" });
    const named = await sandbox.post("contacts/batch/update", {
      inputs: [{ id: "a@batch.example", idProperty: "email", properties: { city: "Ulm" } }],
    });
    expect(named.status).toBe(400);
    expect(named.body.message).toContain("Unable to perform update/upsert by non-unique 0-1 property");
    const silent = await sandbox.post("contacts/batch/update", {
      inputs: [{ id: "a@batch.example", properties: { city: "Ulm" } }],
    });
    expect([silent.status, silent.body.results]).toEqual([200, []]);
    expect(sandbox.control.get("contacts", id)?.properties.city).toBeUndefined();
  });

  it("updates the known ids of a batch and names the unknown ones in a 207", async () => {
    const id = sandbox.control.create("contacts", { email: "a@batch.example" });
    const inputs = [id, "1", "2"].map((each) => ({ id: each, properties: { city: "Ulm" } }));
    const { status, body } = await sandbox.post("contacts/batch/update", { inputs });
    expect(status).toBe(207);
    expect(body.results).toHaveLength(1);
    expect(body.errors).toMatchObject([{ category: "OBJECT_NOT_FOUND", context: { ids: ["1", "2"] } }]);
  });

  it("does nothing, without an error, when the body holds no inputs", async () => {
    const { status, body } = await sandbox.post("contacts/batch/create", { records: [] });
    expect([status, body.results]).toEqual([201, []]);
  });

  it("archives a batch with 204, unknown ids included", async () => {
    const id = sandbox.control.create("contacts", { email: "a@batch.example" });
    const answer = await sandbox.post("contacts/batch/archive", { inputs: [{ id }, { id: "1" }] });
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(sandbox.control.get("contacts", id)?.archived).toBe(true);
  });

  it("refuses bodies that are no JSON objects", async () => {
    expect((await sandbox.post("contacts/batch/create", "{inputs")).status).toBe(400);
    expect((await sandbox.post("contacts", { properties: { email: ["a"] } })).status).toBe(400);
  });
});
