import { closeSandboxes, type StartedSandbox, startMs, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

async function write(properties: object) {
  return sandbox.post("contacts", { properties: { lastname: "Value", ...properties } });
}

async function stored(properties: object): Promise<unknown> {
  const answer = await write(properties);
  expect(answer.status).toBe(201);
  const [name = ""] = Object.keys(properties);
  return answer.body.properties[name];
}

describe("values of the HubSpot sandbox", () => {
  it.each([
    ["PROPERTY_DOESNT_EXIST", { nope: "1" }, 'Property "nope" does not exist'],
    [
      "READ_ONLY_VALUE",
      { createdate: "2026-01-01T00:00:00Z" },
      '"createdate" is a read only property; its value cannot be set.',
    ],
    [
      "INVALID_OPTION",
      { numemployees: "40" },
      "40 was not one of the allowed options: [1-5, 5-25, 25-50, 50-100, 100-500, 500-1000, 1000+]",
    ],
    ["INVALID_OPTION", { newsletter: "TRUE" }, "TRUE was not one of the allowed options: [true, false]"],
    [
      "INVALID_OPTION",
      { interests: "art;golf" },
      "golf was not one of the allowed options: [art, cycling, food, music, travel]",
    ],
    [
      "INVALID_OPTION",
      { interests: "art,music" },
      "art,music was not one of the allowed options: [art, cycling, food, music, travel]",
    ],
    ["INVALID_OPTION", { hubspot_owner_id: "61203377" }, "61203377 was not one of the allowed options: []"],
    ["INVALID_DATE", { renewal_date: "1786334400000" }, "1786334400000 is at 4:0:0.0 UTC, not midnight!"],
    ["INVALID_DATE", { renewal_date: "2026-02-30" }, "2026-02-30 is not a valid date"],
    ["INVALID_DATE", { last_seen_at: "yesterday" }, "yesterday is not a valid date and time"],
    ["INVALID_INTEGER", { score: "1,5" }, "score was not a valid number"],
    ["LEADING_TRAILING_WHITESPACE", { score: " 5" }, '" 5" includes leading or trailing whitespace.'],
    [
      "LEADING_TRAILING_WHITESPACE",
      { newsletter: "true\u200B" },
      '"true\u200B" includes leading or trailing whitespace.',
    ],
    [
      "LEADING_TRAILING_WHITESPACE",
      { interests: "art; music" },
      '"art; music" includes leading or trailing whitespace.',
    ],
    [
      "LEADING_TRAILING_WHITESPACE",
      { renewal_date: "2026-02-03\u00A0" },
      '"2026-02-03\u00A0" includes leading or trailing whitespace.',
    ],
    ["INVALID_EMAIL", { email: "000" }, "Email address 000 is invalid"],
  ])("15: answers %s for %j", async (code, properties, message) => {
    const { status, body } = await write(properties);
    const [name] = Object.keys(properties);
    expect(status).toBe(400);
    expect(body.category).toBe("VALIDATION_ERROR");
    expect(body.message).toMatch(/^Property values were not valid: \[/);
    const json = JSON.parse(body.message.slice(body.message.indexOf("[")));
    expect(json).toMatchObject([{ isValid: false, message, error: code, name }]);
    expect(body.errors).toEqual([{ message, code, context: { propertyName: [name] } }]);
  });

  it("15: reports all problems of a batch together, equal ones once in errors", async () => {
    const inputs = [1, 2].map((n) => ({ properties: { email: `${n}@values.example`, nope: "1", score: "x" } }));
    const { body } = await sandbox.post("contacts/batch/create", { inputs });
    expect(JSON.parse(body.message.slice(body.message.indexOf("[")))).toHaveLength(4);
    expect(body.errors).toHaveLength(2);
  });

  it.each([
    [{ renewal_date: "2026-08-10" }, "2026-08-10"],
    [{ renewal_date: "1786320000000" }, "2026-08-10"],
    [{ last_seen_at: "2026-08-10T10:00:00.000Z" }, "2026-08-10T10:00:00Z"],
    [{ last_seen_at: "1786356000250" }, "2026-08-10T10:00:00.250Z"],
    [{ score: "12.50" }, "12.50"],
    [{ score: 7 }, "7"],
    [{ newsletter: true }, "true"],
    [{ interests: "music;art" }, "music;art"],
    [{ email: " Jürgen.Groß@Values.Example " }, "jürgen.groß@values.example"],
    [{ phone: "0043 1 234" }, "0043 1 234"],
  ])("stores %j as %s", async (properties, expected) => {
    expect(await stored(properties)).toBe(expected);
  });

  it("16: keeps a cleared value as an empty text, an unset one as null, and leaves out unknown names", async () => {
    const { body } = await write({ email: "clear@values.example", city: "Ulm" });
    const cleared = await sandbox.call("PATCH", `/crm/v3/objects/contacts/${body.id}`, { properties: { city: "" } });
    expect(cleared.body.properties.city).toBe("");
    const path = `/crm/v3/objects/contacts/${body.id}?properties=city,country,nope`;
    expect((await sandbox.call("GET", path)).body.properties).toEqual({
      city: "",
      country: null,
      createdate: "2026-11-02T09:30:00.250Z",
      hs_object_id: body.id,
      lastmodifieddate: "2026-11-02T09:30:00.250Z",
    });
  });

  it("16: takes null for a value that is not sent", async () => {
    const { body } = await write({ email: "null@values.example", city: "Ulm" });
    await sandbox.call("PATCH", `/crm/v3/objects/contacts/${body.id}`, { properties: { city: null, zip: "1" } });
    expect(sandbox.control.get("contacts", body.id)?.properties).toMatchObject({ city: "Ulm", zip: "1" });
  });

  it("17: writes times without a fraction when the milliseconds are zero", async () => {
    sandbox.control.setClock(startMs - (startMs % 1_000));
    const { body } = await write({ email: "z@values.example" });
    expect(body.createdAt).toBe("2026-11-02T09:30:00Z");
    sandbox.wait(178);
    expect((await write({ email: "ms@values.example" })).body.createdAt).toBe("2026-11-02T09:30:00.178Z");
  });

  it("18: moves lastmodifieddate of contacts and hs_lastmodifieddate of companies, equal to updatedAt", async () => {
    const contact = await write({ email: "m@values.example" });
    const company = await sandbox.post("companies", { properties: { name: "M" } });
    sandbox.wait(5_000);
    const change = { properties: { phone: "1" } };
    const first = await sandbox.call("PATCH", `/crm/v3/objects/contacts/${contact.body.id}`, change);
    const second = await sandbox.call("PATCH", `/crm/v3/objects/companies/${company.body.id}`, change);
    expect(first.body.properties.lastmodifieddate).toBe("2026-11-02T09:30:05.250Z");
    expect(second.body.properties.hs_lastmodifieddate).toBe("2026-11-02T09:30:05.250Z");
    expect([first.body.updatedAt, second.body.updatedAt]).toEqual(Array(2).fill("2026-11-02T09:30:05.250Z"));
  });

  it("18: something in the background moves a new record seconds later", async () => {
    sandbox.control.setEnrichment(true);
    const { body } = await sandbox.post("companies", { properties: { name: "E", domain: "values.example" } });
    sandbox.wait(30_000);
    const path = `/crm/v3/objects/companies/${body.id}?properties=twitterhandle`;
    const later = (await sandbox.call("GET", path)).body;
    expect(later.properties.twitterhandle).toBe("VALUES");
    const movedMs = Date.parse(later.updatedAt) - Date.parse(body.createdAt);
    expect(movedMs).toBeGreaterThanOrEqual(2_000);
    expect(movedMs).toBeLessThan(4_000);
  });

  it("moves lifecyclestage forward only, unless it is cleared first", async () => {
    const { body } = await write({ email: "l@values.example", lifecyclestage: "customer" });
    const path = `/crm/v3/objects/contacts/${body.id}`;
    const back = await sandbox.call("PATCH", path, { properties: { lifecyclestage: "lead" } });
    expect([back.status, back.body.properties.lifecyclestage]).toEqual([200, "customer"]);
    await sandbox.call("PATCH", path, { properties: { lifecyclestage: "" } });
    const cleared = await sandbox.call("PATCH", path, { properties: { lifecyclestage: "lead" } });
    expect(cleared.body.properties.lifecyclestage).toBe("lead");
  });

  it("refuses an update without properties", async () => {
    const { body } = await write({ email: "empty@values.example" });
    const answer = await sandbox.call("PATCH", `/crm/v3/objects/contacts/${body.id}`, { properties: {} });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "error",
      message: "No properties found to update, please provide at least one.",
      correlationId: expect.any(String),
      context: { properties: ["{}"] },
      category: "VALIDATION_ERROR",
    });
  });

  it("refuses a record that has nothing to be called by", async () => {
    expect((await sandbox.post("contacts", { properties: { city: "Ulm" } })).status).toBe(400);
    expect((await sandbox.post("companies", { properties: { city: "Ulm" } })).status).toBe(400);
  });

  it("27: asks for the properties an admin requires on the paths of 2026-09 only", async () => {
    sandbox.control.requireProperties("contacts", ["phone"]);
    const properties = { email: "r@values.example" };
    const strict = await sandbox.call("POST", "/crm/objects/2026-09/contacts", { properties });
    expect([strict.status, strict.body.category]).toEqual([400, "VALIDATION_ERROR"]);
    expect((await sandbox.post("contacts", { properties })).status).toBe(201);
  });
});
