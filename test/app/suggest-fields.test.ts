import { suggestFields } from "../../src/app/suggest-fields";
import { PRESETS } from "../../src/app/templates";
import type { CrmName } from "../../src/domain/mapping";
import type { Field, ObjectSchema } from "../../src/domain/schema";
import { buildField, FAKE_COMPANIES, FAKE_CONTACTS } from "../support/fake-schema";

/** What is suggested for headers: `email` is sure, `email?` likely, `-` nothing. */
function suggested(schema: ObjectSchema, headers: readonly string[], crm: CrmName = "hubspot"): string[] {
  return suggestFields(crm, schema, headers).map((one) =>
    one === null ? "-" : `${one.field}${one.confidence === "likely" ? "?" : ""}`,
  );
}

const withFields = (schema: ObjectSchema, ...fields: readonly Field[]): ObjectSchema => ({
  ...schema,
  fields: [...schema.fields, ...fields],
});

/** An object with exactly the fields of a preset, their labels unlike the headers. */
function presetSchema(kind: "people" | "companies", crm: CrmName): ObjectSchema {
  const preset = PRESETS[kind];
  const fields = preset.columns.map((column, at) => buildField({ name: column.fields[crm], label: `Label ${at}` }));
  return { ...FAKE_CONTACTS, type: preset.objects[crm], fields };
}

describe("fields that are suggested for the columns of a tab", () => {
  it.each([
    ["people", "hubspot"],
    ["people", "salesforce"],
    ["companies", "hubspot"],
    ["companies", "salesforce"],
  ] as const)("are sure for every header of the %s template on %s", (kind, crm) => {
    const headers = PRESETS[kind].columns.map((column) => column.header);
    const wanted = PRESETS[kind].columns.map((column) => column.fields[crm]);
    expect(suggested(presetSchema(kind, crm), headers, crm)).toEqual(wanted);
    expect(
      suggested(
        presetSchema(kind, crm),
        headers.map((header) => header.toUpperCase()),
        crm,
      ),
    ).toEqual(wanted);
  });

  it("take a template's header for its own object only", () => {
    expect(suggested(FAKE_COMPANIES, ["Size", "Location"])).toEqual(["numberofemployees", "city"]);
    expect(suggested(FAKE_CONTACTS, ["Size"])).toEqual(["-"]);
  });

  it("are sure where the header is the label, however it is written", () => {
    const headers = ["  FIRST   name ", "Country / Region", "lead-status", "Long_notes", "Favourite Colour"];
    expect(suggested(FAKE_CONTACTS, headers)).toEqual([
      "firstname",
      "country",
      "hs_lead_status",
      "notes_long",
      "favourite_colour",
    ]);
  });

  it("are sure where the header is the internal name, whatever its case", () => {
    expect(suggested(FAKE_CONTACTS, ["hs_lead_status", "External_Ref", " jobtitle "])).toEqual([
      "hs_lead_status",
      "external_ref",
      "jobtitle",
    ]);
    const contact = withFields(FAKE_CONTACTS, buildField({ name: "Region__c", label: "Sales area" }));
    expect(suggested(contact, ["Region__c"], "salesforce")).toEqual(["Region__c"]);
  });

  it.each([
    ["Given name", "Surname", "e-mail address", "Tel.", "Employer", "Position"],
    ["Vorname", "Nachname", "E-Mail-Adresse", "Telefon", "Firma", "Role"],
    ["Prénom", "Nom", "Mail", "Phone", "Organisation", "Title"],
    ["firstName", "lastName", "eMail", "phone number", "Account name", "Function"],
  ])("know other words: %s, %s, %s, %s, %s, %s", (...headers) => {
    expect(suggested(FAKE_CONTACTS, headers).map((field) => field.replace("?", ""))).toEqual([
      "firstname",
      "lastname",
      "email",
      "phone",
      "company",
      "jobtitle",
    ]);
  });

  it("know other words for a company", () => {
    const headers = ["Organization", "Web site", "Branche", "Headcount", "Stadt", "Umsatz", "Beschreibung"];
    expect(suggested(FAKE_COMPANIES, headers)).toEqual([
      "name?",
      "domain?",
      "industry?",
      "numberofemployees?",
      "city?",
      "annualrevenue?",
      "description?",
    ]);
  });

  it("compare labels of every script", () => {
    const schema = withFields(
      FAKE_CONTACTS,
      buildField({ name: "given", label: "名前" }),
      buildField({ name: "town", label: "Город" }),
      buildField({ name: "size_text", label: "Größe" }),
      buildField({ name: "street", label: "Street address" }),
    );
    expect(suggested(schema, ["名前", "город", "GRÖSSE", "Straße", "電話"])).toEqual([
      "given",
      "town",
      "size_text",
      "street?",
      "-",
    ]);
  });

  it("complete the beginning of a label by whole words where only one label begins so", () => {
    expect(suggested(FAKE_CONTACTS, ["Favourite", "External", "Renewal"])).toEqual([
      "favourite_colour?",
      "external_ref?",
      "renewal_date?",
    ]);
    expect(suggested(withFields(FAKE_CONTACTS, buildField({ name: "b", label: "Renewal sum" })), ["Renewal"])).toEqual([
      "-",
    ]);
  });

  it.each([
    ["a person's name is no company's", "Name"],
    ["the beginning of a word is no word", "Count"],
    ["a short beginning fits by chance", "Last"],
    ["a header of punctuation says nothing", "???"],
    ["an empty header says nothing", "   "],
    ["a number is no phone number", "Number"],
    ["a word inside a label is no beginning", "Colour"],
    ["a name that every object has is no field", "constructor"],
  ])("are no false friends: %s", (_why, header) => {
    expect(suggested(FAKE_CONTACTS, [header])).toEqual(["-"]);
  });

  it("never leave out the name of a company", () => {
    expect(suggested(FAKE_COMPANIES, ["Name"])).toEqual(["name"]);
    expect(suggested(FAKE_COMPANIES, ["Company name"])).toEqual(["name"]);
    expect(suggested(FAKE_COMPANIES, ["Account"])).toEqual(["name?"]);
  });

  it("give each field to one column: the sure one before the likely, then the first", () => {
    expect(suggested(FAKE_CONTACTS, ["E-mail address", "Email", "Mail"])).toEqual(["-", "email", "-"]);
    expect(suggested(FAKE_CONTACTS, ["Phone", "Phone", "Telefon"])).toEqual(["phone", "-", "-"]);
  });

  it("skip fields that the CRM hides from its own forms", () => {
    const schema = withFields(FAKE_CONTACTS, buildField({ name: "internal_score", label: "Secret", hidden: true }));
    expect(suggested(schema, ["Secret", "internal_score"])).toEqual(["-", "-"]);
  });

  it("come for 100 columns, one for each field of its name", () => {
    const fields = Array.from({ length: 100 }, (_, at) => buildField({ name: `answer_${at}`, label: `Answer ${at}` }));
    const headers = fields.map((field) => field.label).reverse();
    const schema = { ...FAKE_CONTACTS, fields };
    expect(suggested(schema, headers)).toEqual(fields.map((field) => field.name).reverse());
  });
});
