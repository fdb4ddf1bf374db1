import { findField } from "../../src/domain/schema";
import { catchSyncError } from "../support/catch-error";
import type { CrmUnderTest } from "./crm-under-test";

/** Account, objects and fields. */
export function describeCrmSchema(open: () => CrmUnderTest): void {
  it("says which account it is connected to", () => {
    const account = open().crm.check();
    expect(account.id).toMatch(/^\w+$/);
    expect(account.name).not.toBe("");
    expect(account.uiHost).not.toMatch(/\/|:/);
  });

  it("lists people and companies among its objects", () => {
    const { crm, names } = open();
    expect(crm.objects().map((object) => object.type)).toEqual(expect.arrayContaining([names.people, names.companies]));
  });

  it("describes fields with the types that a sync maps", () => {
    const { crm, names } = open();
    const schema = crm.describe(names.people);
    const types = Object.fromEntries(schema.fields.map((field) => [field.name, field.type]));
    expect(types).toMatchObject({
      [names.email]: "email",
      [names.firstName]: "text",
      [names.phone]: "phone",
      [names.number]: "number",
      [names.date]: "date",
      [names.datetime]: "datetime",
      [names.boolean]: "boolean",
      [names.choice]: "choice",
      [names.multiChoice]: "multi-choice",
    });
  });

  it("describes options by internal value and label", () => {
    const { crm, names } = open();
    const options = findField(crm.describe(names.people), names.choice)?.options ?? [];
    expect(options.map((option) => option.value)).toEqual(expect.arrayContaining([...names.choiceValues]));
    for (const option of options) expect(option.label).not.toBe("");
  });

  it("offers the e-mail address as the first key, and says it is unique", () => {
    const { crm, names } = open();
    const schema = crm.describe(names.people);
    expect(schema.keyFields[0]).toBe(names.email);
    expect(schema.keyFields).toContain(names.unique);
    expect(findField(schema, names.email)?.unique).toBe(true);
    expect(findField(schema, names.unique)?.unique).toBe(true);
  });

  it("offers domain and name as keys of companies without calling them unique", () => {
    const { crm, names } = open();
    const schema = crm.describe(names.companies);
    expect(schema.keyFields).toEqual(expect.arrayContaining([names.companyDomain, names.companyName]));
    expect(findField(schema, names.companyDomain)?.unique).toBe(false);
  });

  it("says what a create needs, and which fields cannot be written", () => {
    const { crm, names } = open();
    const schema = crm.describe(names.people);
    expect(schema.requiredForCreate[0]).toContain(names.email);
    const readOnly = findField(schema, names.readOnly);
    expect(readOnly).toMatchObject({ updatable: false, creatable: false });
    expect(findField(schema, names.firstName)).toMatchObject({ updatable: true, creatable: true });
  });

  it("names every key and every required field among the fields", () => {
    const { crm, names } = open();
    for (const type of [names.people, names.companies]) {
      const schema = crm.describe(type);
      const known = new Set(schema.fields.map((field) => field.name));
      for (const name of [...schema.keyFields, ...schema.requiredForCreate.flat()]) expect(known).toContain(name);
      expect(known.size).toBe(schema.fields.length);
    }
  });

  it("refuses an object that it does not have as a matter of set-up", () => {
    const { crm } = open();
    const thrown = catchSyncError(() => crm.describe("butterflies"));
    expect(thrown).toMatchObject({ kind: "config", code: "unknown-object" });
  });

  it("gives addresses of records that hold the id, escaped", () => {
    const { crm, names } = open();
    const account = crm.check();
    expect(crm.recordUrl(account, names.people, "123")).toMatch(/^https:\/\/[^/]+\/.*123$/);
    expect(crm.recordUrl(account, names.people, "1/../x?y#z")).not.toMatch(/[?#]|\.\.\/|\/x/);
  });
}
