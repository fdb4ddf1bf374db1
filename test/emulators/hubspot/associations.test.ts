import { Client } from "@hubspot/api-client";
import { describeRecorded, readFixture } from "./read-fixture";
import { closeSandboxes, type Json, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
let contact: string;
let first: string;
let second: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  contact = sandbox.control.create("contacts", { email: "a@links.example" });
  first = sandbox.control.create("companies", { name: "First" });
  second = sandbox.control.create("companies", { name: "Second" });
});
afterEach(closeSandboxes);

const base = "/crm/v4/associations/contacts/companies/batch";

function link(company: string, associationTypeId: number) {
  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }];
  return { from: { id: contact }, to: { id: company }, types };
}

async function types(company: string): Promise<number[]> {
  const { body } = await sandbox.call("GET", `/crm/v4/objects/contacts/${contact}/associations/companies`);
  const found = body.results.find((result: Json) => String(result.toObjectId) === company);
  return found?.associationTypes.map((type: Json) => type.typeId) ?? [];
}

describe("associations of the HubSpot sandbox", () => {
  it("23: tells the primary company (1) from the others (279), with ids as numbers", async () => {
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279), link(second, 279)] });
    expect([await types(first), await types(second)]).toEqual([[1, 279], [279]]);
    const { body } = await sandbox.call("GET", `/crm/v4/objects/contacts/${contact}/associations/companies`);
    expect(body.results[0].toObjectId).toBe(Number(first));
    expect(sandbox.control.get("contacts", contact)?.properties.associatedcompanyid).toBe(first);
  });

  it("23: makes another company the primary one", async () => {
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279), link(second, 1)] });
    expect([await types(first), await types(second)]).toEqual([[279], [1, 279]]);
  });

  it("23: a put of types replaces the ones before", async () => {
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279)] });
    const path = `/crm/v4/objects/contacts/${contact}/associations/companies/${second}`;
    const put = await sandbox.call("PUT", path, JSON.stringify(link(second, 1).types));
    expect([put.status, put.body.labels]).toEqual([201, ["Primary"]]);
    expect(await types(second)).toEqual([1, 279]);
  });

  it("reads the associations of many records; one without any is an entry among the errors", async () => {
    const lonely = sandbox.control.create("contacts", { email: "b@links.example" });
    await sandbox.call("PUT", `/crm/v4/objects/contacts/${contact}/associations/default/companies/${first}`);
    const { status, body } = await sandbox.call("POST", `${base}/read`, { inputs: [{ id: contact }, { id: lonely }] });
    expect(status).toBe(207);
    expect(body.results).toMatchObject([{ from: { id: contact }, to: [{ toObjectId: Number(first) }] }]);
    expect(body.errors).toMatchObject([
      { subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND", context: { fromObjectId: [lonely] } },
    ]);
  });

  it("reads them from the company's side, on dated paths too", async () => {
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279)] });
    const path = "/crm/associations/2026-03/companies/contacts/batch/read";
    const { body } = await sandbox.call("POST", path, { inputs: [{ id: first }] });
    expect(body.results[0].to[0].toObjectId).toBe(Number(contact));
    expect(body.results[0].to[0].associationTypes.map((type: Json) => type.typeId)).toEqual([2, 280]);
  });

  it("removes associations one by one and in batches", async () => {
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279), link(second, 279)] });
    const one = `/crm/v4/objects/contacts/${contact}/associations/companies/${first}`;
    expect((await sandbox.call("DELETE", one)).status).toBe(204);
    expect(await types(first)).toEqual([]);
    const inputs = [{ from: { id: contact }, to: [{ id: second }] }];
    expect((await sandbox.call("POST", `${base}/archive`, { inputs })).status).toBe(204);
    expect(await types(second)).toEqual([]);
  });

  it("names the record that is missing", async () => {
    const path = `/crm/v4/objects/contacts/${contact}/associations/default/companies/1`;
    const { status, body } = await sandbox.call("PUT", path);
    expect([status, body.message, body.subCategory]).toEqual([
      404,
      "No company with ID 1 exists",
      "crm.associations.TO_OBJECT_NOT_FOUND",
    ]);
  });

  it("22: a merged contact keeps the companies of both; a merged company leads to the survivor", async () => {
    const other = sandbox.control.create("contacts", { email: "b@links.example", associatedcompanyid: second });
    await sandbox.call("POST", `${base}/create`, { inputs: [link(first, 279)] });
    contact = sandbox.control.merge("contacts", contact, other);
    expect([await types(first), await types(second)]).toEqual([[1, 279], [279]]);
    const company = sandbox.control.merge("companies", first, second);
    expect(await types(company)).toEqual([1, 279]);
  });

  it("3: takes 1,000 inputs of a read and refuses more", async () => {
    const inputs = Array.from({ length: 1_001 }, () => ({ id: contact }));
    expect((await sandbox.call("POST", `${base}/read`, { inputs: inputs.slice(1) })).status).toBe(207);
    expect((await sandbox.call("POST", `${base}/read`, { inputs })).status).toBe(400);
  });

  it("29: serves HubSpot's own client", async () => {
    const client = new Client({ accessToken: sandbox.token, basePath: sandbox.url });
    await client.crm.associations.v4.basicApi.createDefault("contacts", contact, "companies", first);
    const page = await client.crm.associations.v4.basicApi.getPage("contacts", contact, "companies", undefined, 500);
    expect(page.results.map((result) => String(result.toObjectId))).toEqual([first]);
  });
});

describeRecorded("a recorded association batch (23)", 1, () => {
  it("23: has the recorded shape", async () => {
    const inputs = [link(first, 279), link(second, 279)];
    const { status, body } = await sandbox.call("POST", `${base}/create`, { inputs });
    const theirs = readFixture<Json>("amp-labs/assoc_contact-to-company-resp.json");
    expect(status).toBe(201);
    expect(Object.keys(body).sort()).toEqual(Object.keys(theirs).sort());
    const kinds = (result: Json) => Object.entries(result).map(([key, value]) => `${key}: ${typeof value}`);
    expect(kinds(body.results[1])).toEqual(kinds(theirs.results[1]));
  });
});
