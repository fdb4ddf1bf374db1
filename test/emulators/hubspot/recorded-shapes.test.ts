import { describeRecorded, type RecordedPair, readFixture } from "./read-fixture";
import { closeSandboxes, type Json, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

/** Key sets at every depth, with the type of each leaf; lists by their first element. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, inner]) => [key, shape(inner)]),
  );
}

function without(body: Json, ...names: readonly string[]): Json {
  return JSON.parse(JSON.stringify(body), (key, value) => (names.includes(key) ? undefined : value));
}

const contact = (n: number, more: object = {}) => ({
  properties: { email: `${n}@shape.example`, firstname: "F", lastname: "L" },
  ...more,
});
const recorded = (name: string) => readFixture<Json>(`amp-labs/${name}.json`);

describeRecorded("shapes of recorded answers (30)", 13, () => {
  it("10: batch create of contacts, 2025", async () => {
    const { body } = await sandbox.post("contacts/batch/create", { inputs: [contact(1), contact(2)] });
    expect(shape(body)).toEqual(shape(recorded("batch_create_contacts_success")));
  });

  it("batch update of contacts, 2025", async () => {
    const { body } = await sandbox.post("contacts/batch/create", { inputs: [contact(1)] });
    const inputs = [{ id: body.results[0].id, properties: { firstname: "G", lastname: "M" } }];
    const updated = await sandbox.post("contacts/batch/update", { inputs });
    expect(shape(updated.body)).toEqual(shape(recorded("batch_update_contacts_success")));
  });

  it("10: partial success of a batch create", async () => {
    sandbox.control.create("contacts", { email: "1@shape.example" });
    const inputs = [contact(1, { objectWriteTraceId: "0" }), contact(2, { objectWriteTraceId: "1" })];
    const { status, body } = await sandbox.post("contacts/batch/create", { inputs });
    const theirs = recorded("batch_create_contacts_err-partial-success");
    expect(status).toBe(207);
    // Its authors shortened the recorded properties; the trace id of a success is optional.
    expect(shape(without({ ...body, errors: [] }, "properties", "objectWriteTraceId"))).toEqual(
      shape(without({ ...theirs, errors: [] }, "properties")),
    );
    expect(shape(body.errors)).toEqual(shape(theirs.errors));
  });

  it("11: conflict without an id", async () => {
    const { body } = await sandbox.post("contacts/batch/create", { inputs: [contact(1), contact(1)] });
    const theirs = recorded("batch_create_contacts_err-conflict");
    expect(without(body, "correlationId")).toEqual(without(theirs, "correlationId"));
  });

  it("13: duplicate ids of a batch update", async () => {
    const theirs = recorded("batch_update_contacts_err-duplicate-ids");
    const [id] = theirs.context.ids;
    const inputs = [id, id].map((each: string) => ({ id: each, properties: { city: "Ulm" } }));
    const { body } = await sandbox.post("contacts/batch/update", { inputs });
    expect(without(body, "correlationId")).toEqual(without(theirs, "correlationId"));
  });

  it("search page with a next page, 2025", async () => {
    sandbox.control.create("contacts", { email: "1@shape.example", firstname: "F", lastname: "L" });
    sandbox.control.create("contacts", { email: "2@shape.example", firstname: "F", lastname: "L" });
    const properties = ["email", "phone", "company", "website", "lastname", "firstname"];
    const { body } = await sandbox.post("contacts/search", { limit: 1, properties });
    expect(shape(body)).toEqual(shape(recorded("search_contacts_1-first-page")));
  });

  it("2: unknown object type", async () => {
    const { body } = await sandbox.post("butterflies/search", {});
    expect(without(body, "correlationId")).toEqual(without(recorded("search_error-invalid-object"), "correlationId"));
  });

  it("account details", async () => {
    const { body } = await sandbox.call("GET", "/account-info/v3/details");
    expect(shape(body)).toEqual(shape(recorded("post-auth_account-info")));
  });

  it("a changed custom property", async () => {
    const theirs = recorded("custom_update_7-response-update-property-interests");
    const { name, label, type, fieldType, options, description } = theirs;
    const base = "/crm/v3/properties/contacts";
    const input = { name, label, type, fieldType, options, description, groupName: "contactinformation" };
    await sandbox.call("POST", base, input);
    const { body } = await sandbox.call("PATCH", `${base}/${name}`, { label });
    expect(shape(body)).toEqual(shape(theirs));
  });

  it("15: property that does not exist, transcribed from a test", async () => {
    const theirs = readFixture<Json>("segment/company-create-400-property-doesnt-exist.json");
    const [problem] = JSON.parse(theirs.message.slice(theirs.message.indexOf("[")));
    const { body } = await sandbox.post("companies", { properties: { name: "N", [problem.name]: "1" } });
    const [ours] = JSON.parse(body.message.slice(body.message.indexOf("[")));
    expect(ours).toMatchObject(problem);
    expect(body).toMatchObject(without(theirs, "correlationId", "message"));
  });

  it("update without properties and of an unknown address, transcribed from a test", async () => {
    const id = sandbox.control.create("contacts", { email: "1@shape.example" });
    const empty = await sandbox.call("PATCH", `/crm/v3/objects/contacts/${id}`, { properties: {} });
    const unknown = await sandbox.call("PATCH", "/crm/v3/objects/contacts/n@shape.example?idProperty=email", {
      properties: { city: "Ulm" },
    });
    const theirs = ["contact-patch-400-empty-properties", "contact-patch-404-unknown-email"].map((name) =>
      without(readFixture<Json>(`segment/${name}.json`), "correlationId"),
    );
    expect([empty, unknown].map(({ body }) => without(body, "correlationId"))).toEqual(theirs);
  });

  it("15: wording of an invalid e-mail address", async () => {
    const pair = readFixture<RecordedPair>("grouparoo/pairs/v1-contact-400-invalid-email.json");
    const [problem] = pair.body.validationResults;
    const request = pair.request as { readonly properties: readonly { readonly value: string }[] };
    const { body } = await sandbox.post("contacts", { properties: { email: request.properties[0]?.value } });
    const [ours] = JSON.parse(body.message.slice(body.message.indexOf("[")));
    expect(ours).toMatchObject(problem);
  });

  it("6: refused search", async () => {
    const pair = readFixture<RecordedPair>("grouparoo/pairs/contact-search-429-secondly.json");
    for (let n = 0; n < 5; n += 1) await sandbox.post("contacts/search", {});
    const { status, body } = await sandbox.post("contacts/search", {});
    expect(status).toBe(pair.status);
    expect(without(body, "correlationId")).toEqual(without(pair.body, "correlationId"));
    expect(Object.keys(body)).toEqual(Object.keys(pair.body));
  });
});
