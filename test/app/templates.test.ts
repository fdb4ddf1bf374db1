import { PRESETS, presetField, templateSpec } from "../../src/app/templates";
import { columnLetter } from "../../src/domain/column-letter";

describe("the template sheets", () => {
  it("have the columns they are promised with", () => {
    expect(templateSpec("people").columns.map((column) => column.header)).toEqual([
      "First name",
      "Last name",
      "Email",
      "Phone",
      "Job title",
      "Company",
    ]);
    expect(templateSpec("companies").columns.map((column) => column.header)).toEqual([
      "Name",
      "Domain",
      "Industry",
      "Size",
      "Location",
      "State/region",
      "Country",
    ]);
    expect(templateSpec("people").name).toBe("People Template for CRMs");
    expect(templateSpec("companies").name).toBe("Company/Accounts Template for CRMs");
  });

  it.each(["people", "companies"] as const)(
    "of %s say something in each note and keep everything but numbers as text",
    (kind) => {
      for (const column of templateSpec(kind).columns) {
        expect(column.note).toMatch(/^[A-Z].*\.$/);
        expect(column.widthPx).toBeGreaterThan(60);
        expect(column.text).toBe(column.header !== "Size");
      }
    },
  );

  it("tell the sheet nothing of a CRM", () => {
    const text = JSON.stringify([templateSpec("people"), templateSpec("companies")]);
    expect(text).not.toMatch(/hubspot|salesforce|firstname|BillingCity/i);
  });

  it("use each header and each field once", () => {
    for (const { columns } of Object.values(PRESETS)) {
      for (const names of [
        columns.map((column) => column.header.toLowerCase()),
        columns.map((column) => column.fields.hubspot),
        columns.map((column) => column.fields.salesforce),
      ])
        expect(new Set(names).size).toBe(names.length);
    }
  });

  it("lead to the field of the object at hand, or to none", () => {
    expect(presetField("hubspot", "contacts", "email")).toBe("email");
    expect(presetField("salesforce", "Contact", "email")).toBe("Email");
    expect(presetField("hubspot", "companies", "location")).toBe("city");
    expect(presetField("salesforce", "Account", "location")).toBe("BillingCity");
    expect(presetField("hubspot", "contacts", "location")).toBeNull();
    expect(presetField("hubspot", "deals", "email")).toBeNull();
    expect(presetField("salesforce", "contacts", "email")).toBeNull();
  });
});

describe("the letters of a column", () => {
  it.each([
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [28, "AB"],
    [52, "AZ"],
    [53, "BA"],
    [702, "ZZ"],
    [703, "AAA"],
    [18_278, "ZZZ"],
  ])("of column %i are %s", (column, letters) => {
    expect(columnLetter(column)).toBe(letters);
  });
});
