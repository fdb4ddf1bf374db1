import { toFieldType } from "../../../src/adapters/hubspot/field-type";
import { requireFacts } from "../../../src/adapters/hubspot/object-facts";
import { toSchema } from "../../../src/adapters/hubspot/to-schema";
import { parseWire, propertiesWire } from "../../../src/adapters/hubspot/wire";
import { findField } from "../../../src/domain/schema";
import { DEFINITIONS, definition } from "./open-hubspot";

const parse = (definitions: readonly unknown[]) => parseWire(propertiesWire, { results: definitions }).results;

describe("toFieldType", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["firstname", {}, "text"],
    ["email", {}, "email"],
    ["work_email", {}, "email"],
    ["phone", {}, "phone"],
    ["mobilephone", {}, "phone"],
    ["hs_whatsapp_phone_number", { fieldType: "phonenumber" }, "phone"],
    ["any", { type: "phone_number", fieldType: "phonenumber" }, "phone"],
    ["website", {}, "url"],
    ["hs_linkedin_url", {}, "url"],
    ["message", { fieldType: "textarea" }, "long-text"],
    ["body", { fieldType: "html" }, "long-text"],
    ["score", { type: "number", fieldType: "number" }, "number"],
    ["annualrevenue", { type: "number", fieldType: "number", showCurrencySymbol: true }, "currency"],
    ["closedate", { type: "datetime", fieldType: "date" }, "datetime"],
    ["birthday", { type: "date", fieldType: "date" }, "date"],
    ["ok", { type: "bool", fieldType: "booleancheckbox" }, "boolean"],
    ["ok2", { type: "enumeration", fieldType: "booleancheckbox" }, "boolean"],
    ["stage", { type: "enumeration", fieldType: "radio" }, "choice"],
    ["stage", { type: "enumeration", fieldType: "select" }, "choice"],
    ["tags", { type: "enumeration", fieldType: "checkbox" }, "multi-choice"],
    [
      "hubspot_owner_id",
      { type: "enumeration", fieldType: "select", externalOptions: true, referencedObjectType: "OWNER" },
      "reference",
    ],
    [
      "associatedcompanyid",
      { type: "number", fieldType: "number", externalOptions: true, referencedObjectType: "COMPANY" },
      "reference",
    ],
    ["hs_object_id", { type: "number", fieldType: "number" }, "id"],
    ["where", { type: "object_coordinates" }, "other"],
    ["blob", { type: "json" }, "other"],
    ["new", { type: "a type of next year" }, "other"],
  ])("takes %s %j as %s", (name, more, expected) => {
    const [property] = parse([definition(name, more)]);
    expect(property && toFieldType(property)).toBe(expected);
  });
});

describe("toSchema", () => {
  const contacts = toSchema(requireFacts("contacts"), parse(DEFINITIONS));

  it("takes what HubSpot marks read-only or calculates as not writable", () => {
    const schema = toSchema(
      requireFacts("contacts"),
      parse([
        definition("a", { calculated: true }),
        definition("b", { modificationMetadata: { readOnlyValue: true } }),
        definition("hs_object_id", { type: "number" }),
        definition("c", { modificationMetadata: null }),
      ]),
    );
    expect(schema.fields.map((field) => [field.updatable, field.creatable])).toEqual([
      [false, false],
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  it("says which fields may change without a stamp: those that HubSpot calculates", () => {
    const definitions = parse([definition("a", { calculated: true }), definition("b", { calculated: false })]);
    const { fields } = toSchema(requireFacts("contacts"), definitions);
    expect(fields.map((field) => field.unstamped ?? false)).toEqual([true, false]);
  });

  it("calls the e-mail address of contacts unique although its definition does not", () => {
    expect(findField(contacts, "email")?.unique).toBe(true);
    expect(findField(toSchema(requireFacts("companies"), parse(DEFINITIONS)), "email")?.unique).toBe(false);
  });

  it("offers unique writable visible fields as keys, the best first", () => {
    const more = [
      definition("hidden_ref", { hasUniqueValue: true, hidden: true }),
      definition("system_ref", { hasUniqueValue: true, modificationMetadata: { readOnlyValue: true } }),
    ];
    const definitions = parse([...more, ...DEFINITIONS]);
    expect(toSchema(requireFacts("contacts"), definitions).keyFields).toEqual(["email", "ref"]);
    expect(toSchema(requireFacts("companies"), definitions).keyFields).toEqual(["ref", "domain", "name"]);
  });

  it("keeps hidden options and marks them", () => {
    expect(findField(contacts, "colour")?.options).toEqual([
      { value: "red", label: "Red" },
      { value: "hot_pink", label: "Hot pink" },
      { value: "old", label: "Old", hidden: true },
    ]);
  });

  it("says that all but text is trimmed", () => {
    expect(["score", "colour", "email"].map((name) => findField(contacts, name)?.trims)).toEqual([true, true, true]);
    expect(findField(contacts, "firstname")?.trims).toBe(false);
  });

  it("tells custom fields by what HubSpot does not call its own", () => {
    expect(findField(contacts, "score")?.custom).toBe(true);
    expect(findField(contacts, "email")?.custom).toBe(false);
  });
});
