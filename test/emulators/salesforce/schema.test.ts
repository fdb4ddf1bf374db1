import { changeCatalog, createOrg } from "../../../workbench/crm/salesforce/create-org";
import { NO_CHANGES } from "../../../workbench/crm/salesforce/schema/create-catalog";
import { toObjectDef } from "../../../workbench/crm/salesforce/schema/object-table";
import type { SField } from "../../../workbench/crm/salesforce/sobject-def";
import { describeRecorded, readDescribe } from "./read-fixture";

/** What a table of the sandbox says of a field, beside what follows from its type. */
const COMPARED = [
  "label",
  "type",
  "length",
  "precision",
  "scale",
  "digits",
  "nillable",
  "createable",
  "updateable",
  "defaultedOnCreate",
  "calculated",
  "autoNumber",
  "nameField",
  "namePointing",
  "idLookup",
  "externalId",
  "unique",
  "caseSensitive",
  "filterable",
  "sortable",
  "groupable",
  "aggregatable",
  "restrictedPicklist",
  "permissionable",
  "polymorphicForeignKey",
  "queryByDistance",
  "searchPrefilterable",
  "compoundFieldName",
  "extraTypeInfo",
  "referenceTo",
  "relationshipName",
] as const satisfies readonly (keyof SField)[];

describeRecorded("the tables of the Salesforce sandbox", 4, () => {
  it.each(["Contact", "Account", "Lead", "Opportunity"])(
    "say of the standard fields of %s what its describe says",
    (name) => {
      const recorded = readDescribe(name).fields.filter((field) => !field.name.endsWith("__c"));
      const object = createOrg().catalog.find(name);
      const own = new Map(object?.fields.map((field) => [field.name, field]));
      const differences = recorded.flatMap((field) => {
        const mine = own.get(field.name);
        if (mine === undefined) return [`${field.name} is missing`];
        return COMPARED.filter((key) => JSON.stringify(mine[key]) !== JSON.stringify(field[key])).map(
          (key) => `${field.name}.${key}: ${JSON.stringify(mine[key])} for ${JSON.stringify(field[key])}`,
        );
      });
      expect(recorded.length).toBeGreaterThan(39);
      expect(differences).toEqual([]);
      expect(
        [...own.keys()].filter((one) => !one.endsWith("__c") && !recorded.some((field) => field.name === one)),
      ).toEqual([]);
    },
  );

  it("offer the picklist values that the describes have", () => {
    for (const name of ["Contact", "Account", "Lead", "Opportunity"]) {
      const object = createOrg().catalog.find(name);
      for (const field of readDescribe(name).fields.filter((one) => !one.name.endsWith("__c"))) {
        const values = field.picklistValues as readonly { readonly value: string; readonly label: string }[];
        const mine = object?.fields.find((one) => one.name === field.name)?.picklistValues ?? [];
        expect([field.name, mine.map(({ value, label }) => [value, label])]).toEqual([
          field.name,
          values.map(({ value, label }) => [value, label]),
        ]);
      }
    }
  });
});

describe("the catalogue of the Salesforce sandbox", () => {
  it("finds objects and fields whatever their case", () => {
    const { catalog } = createOrg();
    const contact = catalog.find("cOnTaCt");
    expect(contact?.name).toBe("Contact");
    expect(contact && catalog.findField(contact, "mailingCITY")?.name).toBe("MailingCity");
    expect(catalog.findByPrefix("a0X")?.name).toBe("Project__c");
    expect(catalog.find("Kontakt")).toBeNull();
  });

  it("needs last name of a contact, name of an account, last name and company of a lead", () => {
    const required = (name: string) =>
      createOrg()
        .catalog.find(name)
        ?.fields.filter((one) => !one.nillable && !one.defaultedOnCreate && one.createable && one.type !== "boolean")
        .map((one) => one.name);
    expect(required("Contact")).toEqual(["LastName"]);
    expect(required("Account")).toEqual(["Name"]);
    expect(required("Lead")).toEqual(["LastName", "Company"]);
  });

  it("leaves out a field that the user may not see, and takes a field that an administrator adds", () => {
    const org = createOrg();
    const contact = org.catalog.find("Contact");
    const phone = contact?.fields.find(({ name }) => name === "Phone");
    if (!contact || !phone) throw new Error("no contact with a phone");
    org.settings.hiddenFields = new Set(["Contact.Fax"]);
    changeCatalog(org, {
      fields: { Contact: [{ ...phone, name: "Pager__c", label: "Pager" }] },
      changedAtMs: { Contact: 7 },
    });
    const changed = org.catalog.find("Contact") ?? contact;
    expect(org.catalog.findField(changed, "Fax")).toBeNull();
    expect(org.catalog.findField(changed, "pager__c")?.label).toBe("Pager");
    expect([org.catalog.changedAtMs(changed), org.catalog.all().length]).toEqual([7, createOrg().catalog.all().length]);
    changeCatalog(org, NO_CHANGES);
    expect(org.catalog.findField(org.catalog.find("Contact") ?? contact, "Pager__c")).toBeNull();
  });

  it("refuses a table with a line or a flag that it cannot read", () => {
    const table = { name: "X", label: "X", labelPlural: "Xs", keyPrefix: null };
    expect(() => toObjectDef({ ...table, fields: "no line" })).toThrow("not a line of a field: no line");
    expect(() => toObjectDef({ ...table, fields: "A|A|string|80|?" })).toThrow("unknown flag ?");
  });
});
