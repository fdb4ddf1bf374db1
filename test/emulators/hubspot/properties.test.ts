import type { PropertyDefinition } from "../../../workbench/crm/hubspot/property-definition";
import { describeRecorded, readFixture } from "./read-fixture";
import { closeSandboxes, type Json, type StartedSandbox, startSandbox } from "./start-sandbox";

let sandbox: StartedSandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(closeSandboxes);

const base = "/crm/v3/properties/contacts";

async function definition(name: string): Promise<Json> {
  return (await sandbox.call("GET", `${base}/${name}`)).body;
}

describe("properties of the HubSpot sandbox", () => {
  it("lists some 270 contact properties and more than 100 company properties, without paging", async () => {
    const contacts = (await sandbox.call("GET", base)).body;
    const companies = (await sandbox.call("GET", "/crm/v3/properties/companies")).body;
    expect(contacts.results.length).toBeGreaterThan(270);
    expect(companies.results.length).toBeGreaterThan(100);
    expect(contacts.paging).toBeUndefined();
  });

  it.each([
    ["email", { type: "string", fieldType: "text", hasUniqueValue: false }],
    ["numemployees", { type: "enumeration", fieldType: "select" }],
    ["hubspot_owner_id", { externalOptions: true, options: [], referencedObjectType: "OWNER" }],
    ["hs_object_id", { calculated: true, modificationMetadata: { readOnlyValue: true } }],
    ["lastmodifieddate", { calculated: false, modificationMetadata: { readOnlyValue: true } }],
    ["external_ref", { hasUniqueValue: true, createdUserId: "61203377" }],
  ])("defines %s as a portal does", async (name, expected) => {
    expect(await definition(name)).toMatchObject(expected);
  });

  it("marks its own properties and leaves custom ones unmarked", async () => {
    expect((await definition("email")).hubspotDefined).toBe(true);
    expect((await definition("score")).hubspotDefined).toBeUndefined();
  });

  it("creates a property, writes it, changes its label, archives it", async () => {
    const input = {
      name: "shoe_size",
      label: "Shoe size",
      type: "number",
      fieldType: "number",
      groupName: "contactinformation",
    };
    expect((await sandbox.call("POST", base, input)).status).toBe(201);
    const { body } = await sandbox.post("contacts", { properties: { lastname: "A", shoe_size: "42.5" } });
    expect(body.properties.shoe_size).toBe("42.5");
    const changed = await sandbox.call("PATCH", `${base}/shoe_size`, { label: "Size of shoes" });
    expect([changed.status, changed.body.label, changed.body.type]).toEqual([200, "Size of shoes", "number"]);
    expect((await sandbox.call("DELETE", `${base}/shoe_size`)).status).toBe(204);
    expect((await sandbox.call("GET", `${base}/shoe_size`)).status).toBe(404);
    expect((await sandbox.call("GET", `${base}?archived=true`)).body.results).toMatchObject([{ name: "shoe_size" }]);
  });

  it("creates properties in a batch and says which names are taken", async () => {
    const input = (name: string) => ({
      name,
      label: name,
      type: "string",
      fieldType: "text",
      groupName: "contactinformation",
    });
    const { status, body } = await sandbox.call("POST", `${base}/batch/create`, {
      inputs: [input("one"), input("score")],
    });
    expect(status).toBe(207);
    expect(body.results).toMatchObject([{ name: "one" }]);
    expect(body.errors).toMatchObject([
      {
        category: "OBJECT_ALREADY_EXISTS",
        subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
        message: "A property named 'score' already exists.",
      },
    ]);
  });

  it("reads a batch of definitions", async () => {
    const { status, body } = await sandbox.call("POST", `${base}/batch/read`, {
      archived: false,
      inputs: [{ name: "email" }, { name: "nope" }],
    });
    expect(status).toBe(207);
    expect(body.results).toMatchObject([{ name: "email" }]);
  });

  it("lists groups, the added ones too", async () => {
    const group = { name: "mine", label: "Mine", displayOrder: 9 };
    expect((await sandbox.call("POST", `${base}/groups`, group)).status).toBe(201);
    const { body } = await sandbox.call("GET", `${base}/groups`);
    const names = body.results.map((each: Json) => each.name);
    expect(names).toEqual(expect.arrayContaining(["contactinformation", "emailinformation", "mine"]));
  });

  it("hides sensitive properties unless they are asked for", async () => {
    sandbox.control.defineProperty("contacts", {
      name: "diagnosis",
      type: "string",
      fieldType: "text",
      dataSensitivity: "sensitive",
    });
    const plain = (await sandbox.call("GET", base)).body.results.map((each: Json) => each.name);
    expect(plain).not.toContain("diagnosis");
    const sensitive = await sandbox.call("GET", `${base}?dataSensitivity=sensitive`);
    expect(sensitive.body.results).toMatchObject([{ name: "diagnosis" }]);
  });

  it("stops a free portal at ten custom properties", async () => {
    const free = await startSandbox({ tier: "free" });
    const input = { name: "eleventh", label: "x", type: "string", fieldType: "text", groupName: "contactinformation" };
    expect((await free.call("POST", base, input)).status).toBe(400);
  });

  it("keeps the values of renamed and removed options", async () => {
    const id = sandbox.control.create("contacts", { lastname: "O", favourite_colour: "red" });
    sandbox.control.renameOption("contacts", "favourite_colour", "red", "Crimson");
    sandbox.control.removeOption("contacts", "favourite_colour", "blue");
    const { options } = await definition("favourite_colour");
    expect(options.map((option: Json) => `${option.value}=${option.label}`)).toEqual([
      "red=Crimson",
      "green=Green",
      "hot_pink=Hot pink",
    ]);
    expect(sandbox.control.get("contacts", id)?.properties.favourite_colour).toBe("red");
  });
});

describeRecorded("contact properties against those of a real portal (2022)", 4, () => {
  const recorded = () =>
    readFixture<{ body: { properties: PropertyDefinition[] } }>(
      "grouparoo/pairs/schemas-contact-200-full-properties-2022.json",
    ).body.properties.filter((property) => property.hubspotDefined === true);
  // One property carries the id of an e-mail subscription of the portal in its name.
  const anonymous = (name: string): string => name.replace(/_\d{6,}$/, "_N");

  async function ours(): Promise<Map<string, Json>> {
    const { body } = await sandbox.call("GET", base);
    return new Map(body.results.map((property: Json) => [anonymous(property.name), property]));
  }

  it("knows every recorded property", async () => {
    const known = await ours();
    const missing = recorded().filter((property) => !known.has(anonymous(property.name)));
    expect(missing.map((property) => property.name)).toEqual([]);
    expect(recorded()).toHaveLength(270);
  });

  it("gives each the recorded type, field type, group and flags", async () => {
    const known = await ours();
    const facts = (property: Json) => ({
      name: anonymous(property.name),
      type: property.type,
      fieldType: property.fieldType,
      groupName: property.groupName,
      calculated: property.calculated,
      hidden: property.hidden,
      externalOptions: property.externalOptions,
      hasUniqueValue: property.hasUniqueValue,
      formField: property.formField,
      referencedObjectType: property.referencedObjectType,
      modificationMetadata: property.modificationMetadata,
    });
    for (const property of recorded()) {
      expect(facts(known.get(anonymous(property.name)) ?? {})).toEqual(facts(property as unknown as Json));
    }
  });

  it("has no key in a definition that recorded ones lack, but for the data sensitivity of newer answers", async () => {
    const known = await ours();
    const recordedKeys = new Set(recorded().flatMap((property) => Object.keys(property)));
    const extra = [...known.values()]
      .flatMap((property) => Object.keys(property))
      .filter((key) => !recordedKeys.has(key));
    expect([...new Set(extra)].filter((key) => !["createdUserId", "updatedUserId", "archived"].includes(key))).toEqual([
      "dataSensitivity",
    ]);
  });

  it("offers the recorded values of the enumerations that people fill in", async () => {
    const known = await ours();
    for (const name of ["lifecyclestage", "hs_lead_status", "numemployees", "hs_buying_role", "hs_legal_basis"]) {
      const values = (property: Json | undefined) => property?.options.map((option: Json) => option.value);
      const twin = recorded().find((property) => property.name === name) as unknown as Json;
      expect(values(known.get(name))).toEqual(values(twin));
    }
  });
});
