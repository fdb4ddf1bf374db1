import { createOrg } from "../../../workbench/crm/salesforce/create-org";
import type { Org } from "../../../workbench/crm/salesforce/org";
import { toJsonText } from "../../../workbench/crm/salesforce/rows/json-text";
import { toRowJson } from "../../../workbench/crm/salesforce/rows/row-json";
import {
  deleteRow,
  insertRow,
  matchKey,
  mergeRows,
  undeleteRow,
  updateRow,
  upsertRow,
} from "../../../workbench/crm/salesforce/rows/write-rows";
import type { SObjectDef } from "../../../workbench/crm/salesforce/sobject-def";
import type { RowResult, WriteContext } from "../../../workbench/crm/salesforce/write-row";

const NOW = Date.UTC(2026, 10, 2, 9);

let org: Org;
let context: WriteContext;

beforeEach(() => {
  org = createOrg({ now: () => NOW });
  context = {
    nowMs: NOW,
    userId: org.users[0]?.id ?? "",
    source: "api",
    allowSave: false,
    autoAssign: false,
  };
});

function object(name: string): SObjectDef {
  const found = org.catalog.find(name);
  if (found === null) throw new Error(`no object ${name}`);
  return found;
}

function field(name: string, fieldName: string) {
  const found = org.catalog.findField(object(name), fieldName);
  if (found === null) throw new Error(`no field ${fieldName}`);
  return found;
}

function create(name: string, values: Readonly<Record<string, unknown>>): string {
  const result = insertRow(org, object(name), values, context);
  if (!result.success) throw new Error(result.errors[0]?.message);
  return result.id;
}

function codes(result: RowResult): readonly string[] {
  return result.success ? [] : result.errors.map(({ errorCode, message }) => `${errorCode}: ${message}`);
}

function show(id: string, ...names: readonly string[]): string {
  const row = org.rows.get(id);
  if (row === null) throw new Error(`no row ${id}`);
  const json = toRowJson(
    row,
    names.map((name) => field(row.object, name)),
    "66.0",
  );
  return toJsonText(json);
}

describe("rows of the Salesforce sandbox", () => {
  it("come back with attributes first, fields in their order, times with +0000 and numbers with their decimals", () => {
    const id = create("Contact", { LastName: "Lovelace", Score__c: "3", Last_Seen__c: "2026-11-01T09:30:15+01:00" });
    expect(show(id, "LastName", "Score__c", "Last_Seen__c", "CreatedDate", "IsDeleted", "MailingAddress")).toBe(
      `{"attributes":{"type":"Contact","url":"/services/data/v66.0/sobjects/Contact/${id}"},"LastName":"Lovelace",` +
        `"Score__c":3.0,"Last_Seen__c":"2026-11-01T08:30:15.000+0000","CreatedDate":"2026-11-02T09:00:00.000+0000",` +
        `"IsDeleted":false,"MailingAddress":null}`,
    );
  });

  it("work out the name of a person and the parts of an address", () => {
    const id = create("Contact", {
      FirstName: "Ada",
      LastName: "Lovelace",
      MailingCity: "London",
      MailingLatitude: 51,
    });
    expect(show(id, "Name")).toContain('"Name":"Ada Lovelace"');
    expect(show(id, "MailingAddress")).toContain('"MailingAddress":{"city":"London","country":null');
    expect(show(id, "MailingAddress")).toContain('"latitude":51.0');
  });

  it("keep e-mails in small letters, cut blanks at the end, and take null and an empty text as no value", () => {
    const id = create("Contact", { LastName: "Lovelace  ", Email: " Ada.L@Example.COM ", Phone: "0221" });
    expect(show(id, "LastName", "Email")).toContain('"LastName":"Lovelace","Email":"ada.l@example.com"');
    updateRow(org, { object: object("Contact"), id }, { Phone: "", Email: null }, context);
    expect(show(id, "Phone", "Email")).toContain('"Phone":null,"Email":null');
  });

  it.each([
    [{ FirstName: "Ada" }, "REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]"],
    [{ LastName: "L", Email: "nobody" }, "INVALID_EMAIL_ADDRESS: Email: invalid email address: nobody"],
    [
      { LastName: "L".repeat(81) },
      `STRING_TOO_LONG: Last Name: data value too large: ${"L".repeat(81)} (max length=80)`,
    ],
    [
      { LastName: "L", Favourite_Colour__c: "Hot pink" },
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: Favourite Colour: bad value for restricted picklist field: Hot pink",
    ],
    [
      { LastName: "L", Score__c: "a lot" },
      "JSON_PARSER_ERROR: Cannot deserialize instance of double from VALUE_STRING value a lot",
    ],
    [{ LastName: "L", Score__c: 1e17 }, "NUMBER_OUTSIDE_VALID_RANGE: Score: number outside valid range"],
    [
      { LastName: "L", Birthdate: "2026-02-30" },
      "JSON_PARSER_ERROR: Cannot deserialize instance of date from VALUE_STRING value 2026-02-30",
    ],
    [{ LastName: "L", Nickname: "A" }, "INVALID_FIELD: No such column 'Nickname' on sobject of type Contact"],
    [
      { LastName: "L", AccountId: "003Aa000000001" },
      "MALFORMED_ID: Account ID: id value of incorrect type: 003Aa000000001",
    ],
    [
      { LastName: "L", Account: { External_Ref__c: "c9" } },
      "INVALID_FIELD: Foreign key external ID: c9 not found for field External_Ref__c in entity Account",
    ],
  ])("refuse %j", (values, message) => {
    expect(codes(insertRow(org, object("Contact"), values, context))).toEqual([message]);
    expect(org.rows.live("Contact")).toEqual([]);
  });

  it("refuse names and addresses that are put together, and name the field", () => {
    const result = insertRow(org, object("Contact"), { LastName: "L", Name: "A L", MailingAddress: "x" }, context);
    expect(result).toMatchObject({ success: false, errors: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }] });
    expect(result.success ? [] : result.errors[0]?.fields).toEqual(["Name", "MailingAddress"]);
  });

  it("find a parent by its external id", () => {
    const account = create("Account", { Name: "Analytical Engines", External_Ref__c: "C-1" });
    const id = create("Contact", { LastName: "L", Account: { External_Ref__c: "c-1" } });
    expect(org.rows.get(id)?.values.AccountId).toBe(account);
  });

  it("put a list of values into the order of its definition", () => {
    const id = create("Contact", { LastName: "L", Interests__c: "sport;art" });
    expect(org.rows.get(id)?.values.Interests__c).toBe("art;sport");
  });

  it("refuse a second row with a unique value, whatever its case, and name the first", () => {
    const first = create("Contact", { LastName: "A", External_Ref__c: "x-1" });
    const message = `DUPLICATE_VALUE: duplicate value found: External_Ref__c duplicates value on record with id: ${first}`;
    expect(codes(insertRow(org, object("Contact"), { LastName: "B", External_Ref__c: "X-1" }, context))).toEqual([
      message,
    ]);
    expect(updateRow(org, { object: object("Contact"), id: first }, { External_Ref__c: "X-1" }, context).success).toBe(
      true,
    );
  });
});

describe("changing rows of the Salesforce sandbox", () => {
  it("takes ids of 15 characters, and says what is wrong with another one", () => {
    const id = create("Contact", { LastName: "A" });
    const change = (wanted: string) =>
      codes(updateRow(org, { object: object("Contact"), id: wanted }, { LastName: "B" }, context));
    expect(change(id.slice(0, 15))).toEqual([]);
    expect(show(id, "LastName")).toContain('"B"');
    const account = create("Account", { Name: "X" });
    expect(change(account)).toEqual([`MALFORMED_ID: Contact ID: id value of incorrect type: ${account}`]);
    deleteRow(org, id, context);
    expect(change(id)).toEqual(["ENTITY_IS_DELETED: entity is deleted"]);
  });

  it("upserts by e-mail: creates, changes in whatever case, and refuses when several match", () => {
    const email = field("Contact", "Email");
    const upsert = (key: string, values: object) =>
      upsertRow(org, object("Contact"), { field: email, key, values: { ...values } }, context);
    const first = upsert("ada@example.com", { LastName: "A" });
    expect(first).toMatchObject({ success: true, created: true });
    expect(upsert("ADA@example.com", { LastName: "B" })).toMatchObject({ success: true, created: false });
    const second = create("Contact", { LastName: "C", Email: "ada@example.com" });
    const ids = first.success ? `[${first.id}, ${second}]` : "";
    expect(codes(upsert("ada@example.com", { LastName: "D" }))).toEqual([
      `DUPLICATE_EXTERNAL_ID: Email: more than one record found for external id field: ${ids}`,
    ]);
    expect(matchKey(org, object("Contact"), email, "ada@example.com").kind).toBe("several");
  });

  it("moves the stamp but not the modified time when an automation writes", () => {
    const id = create("Contact", { LastName: "A" });
    updateRow(
      org,
      { object: object("Contact"), id },
      { Phone: "1" },
      { ...context, source: "automation", nowMs: NOW + 60_000 },
    );
    expect(org.rows.get(id)).toMatchObject({ modifiedMs: NOW, stampMs: NOW + 60_000 });
  });

  it("follows the rules of the org: validation, duplicates that alert or block, locks, automations, converted leads", () => {
    const { settings } = org;
    const contact = object("Contact");
    settings.validationRules = [
      { object: "Contact", field: "Phone", message: "No zero", when: { field: "Phone", is: "0" } },
    ];
    expect(codes(insertRow(org, contact, { LastName: "A", Phone: "0" }, context))).toEqual([
      "FIELD_CUSTOM_VALIDATION_EXCEPTION: No zero",
    ]);
    const id = create("Contact", { LastName: "A", Email: "ada@example.com" });
    settings.duplicateRules = [{ name: "Contacts_DR", object: "Contact", field: "Email", action: "alert" }];
    const twin = { LastName: "B", Email: "ada@example.com" };
    const refused = insertRow(org, contact, twin, context);
    expect(JSON.stringify(refused.success ? null : refused.errors[0]?.duplicateResult)).toContain(id);
    expect(insertRow(org, contact, twin, { ...context, allowSave: true }).success).toBe(true);
    settings.duplicateRules = [{ name: "Contacts_DR", object: "Contact", field: "Email", action: "block" }];
    expect(insertRow(org, contact, twin, { ...context, allowSave: true }).success).toBe(false);
    settings.lockedRows = new Map([[id, 1]]);
    expect(codes(updateRow(org, { object: contact, id }, { Phone: "1" }, context))[0]).toContain("UNABLE_TO_LOCK_ROW");
    expect(updateRow(org, { object: contact, id }, { Phone: "1" }, context).success).toBe(true);
    settings.automations = [{ object: "Contact", field: "Department", value: "Sales", onlyBlank: true }];
    updateRow(org, { object: contact, id }, { Phone: "2" }, context);
    expect(org.rows.get(id)?.values.Department).toBe("Sales");
    const lead = create("Lead", { LastName: "L", Company: "C" });
    updateRow(org, { object: object("Lead"), id: lead }, { IsConverted: true }, { ...context, source: "ui" });
    expect(codes(updateRow(org, { object: object("Lead"), id: lead }, { Title: "x" }, context))).toEqual([
      "CANNOT_UPDATE_CONVERTED_LEAD: cannot update converted lead",
    ]);
  });

  it("gives a new lead to somebody else only when assignment rules are asked for", () => {
    const owner = (autoAssign: boolean) => {
      const result = insertRow(org, object("Lead"), { LastName: "L", Company: "C" }, { ...context, autoAssign });
      return result.success ? org.rows.get(result.id)?.values.OwnerId : null;
    };
    expect([owner(false), owner(true)]).toEqual([org.users[0]?.id, org.users[1]?.id]);
  });
});

describe("removing rows of the Salesforce sandbox", () => {
  it("takes the contacts of an account with it, lets go of its projects, and brings a row back", () => {
    const account = create("Account", { Name: "X" });
    const contact = create("Contact", { LastName: "A", AccountId: account });
    const project = create("Project__c", { Name: "P", Account__c: account });
    deleteRow(org, account, context);
    expect([org.rows.live("Account").length, org.rows.live("Contact").length]).toEqual([0, 0]);
    expect(org.rows.every("Contact").map(({ id }) => id)).toEqual([contact]);
    expect(org.rows.get(project)?.values.Account__c).toBeNull();
    undeleteRow(org, account, context);
    expect(org.rows.live("Account").map(({ id }) => id)).toEqual([account]);
    expect(() => undeleteRow(org, account, context)).toThrow("not in the recycle bin");
  });

  it("merges two rows: the winner's blanks are filled, the loser lies in the bin and names it", () => {
    const winnerId = create("Contact", { LastName: "A", Email: "a@example.com" });
    const loserId = create("Contact", { LastName: "B", Phone: "0221 9" });
    mergeRows(org, object("Contact"), { winnerId, loserId }, context);
    expect(org.rows.get(winnerId)?.values).toMatchObject({ LastName: "A", Phone: "0221 9" });
    expect(show(loserId, "IsDeleted", "MasterRecordId")).toContain(`"IsDeleted":true,"MasterRecordId":"${winnerId}"`);
  });

  it("takes all writes of an attempt back that did not go well, indexes included", () => {
    const kept = create("Contact", { LastName: "A", Email: "a@example.com" });
    org.rows.attempt(
      () => {
        updateRow(org, { object: object("Contact"), id: kept }, { Email: "b@example.com" }, context);
        create("Contact", { LastName: "B", Email: "c@example.com" });
      },
      () => false,
    );
    const ids = (email: string) => org.rows.findBy(object("Contact"), "Email", email).map(({ id }) => id);
    expect([ids("a@example.com"), ids("b@example.com"), ids("c@example.com")]).toEqual([[kept], [], []]);
    expect(org.rows.live("Contact").map(({ id }) => id)).toEqual([kept]);
  });
});
