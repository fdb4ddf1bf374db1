import type { Field, FieldType, ObjectSchema, Option } from "../../src/domain/schema";

/** A field with defaults: writable text of no special kind. */
export function buildField(field: Partial<Field> & { readonly name: string }): Field {
  return {
    label: field.name,
    type: "text",
    group: "Test",
    description: "",
    updatable: true,
    creatable: true,
    required: false,
    unique: false,
    custom: false,
    hidden: false,
    trims: true,
    scale: null,
    maxLength: 65_536,
    options: [],
    referenceTo: null,
    ...field,
  };
}

function field(name: string, label: string, type: FieldType = "text", more: Partial<Field> = {}): Field {
  return buildField({ name, label, type, ...more });
}

function toOptions(...pairs: readonly string[]): readonly Option[] {
  return pairs.map((pair) => {
    const [value = "", label = value] = pair.split("=");
    return { value, label };
  });
}

const READ_ONLY = { updatable: false, creatable: false } as const;
const CUSTOM = { custom: true } as const;

const CONTACT_FIELDS: readonly Field[] = [
  field("email", "Email", "email", { unique: true }),
  field("firstname", "First name"),
  field("lastname", "Last name"),
  field("phone", "Phone number", "phone"),
  field("company", "Company name"),
  field("jobtitle", "Job title"),
  field("city", "City"),
  field("country", "Country/Region"),
  field("website", "Website URL", "url"),
  field("lifecyclestage", "Lifecycle stage", "choice", {
    options: toOptions("subscriber=Subscriber", "lead=Lead", "opportunity=Opportunity", "customer=Customer"),
  }),
  field("hs_lead_status", "Lead status", "choice", {
    options: toOptions("NEW=New", "OPEN=Open", "CONNECTED=Connected"),
  }),
  field("hs_additional_emails", "Additional e-mail addresses", "multi-choice", READ_ONLY),
  field("createdate", "Create date", "datetime", READ_ONLY),
  field("lastmodifieddate", "Last modified date", "datetime", READ_ONLY),
  field("favourite_colour", "Favourite colour", "choice", {
    ...CUSTOM,
    options: toOptions("red=Red", "green=Green", "blue=Blue", "hot_pink=Hot pink"),
  }),
  field("interests", "Interests", "multi-choice", {
    ...CUSTOM,
    options: toOptions("art=Art", "cycling=Cycling", "food=Food & wine", "music=Music", "travel=Travel"),
  }),
  field("score", "Score", "number", CUSTOM),
  field("budget", "Budget", "currency", { ...CUSTOM, scale: 2 }),
  field("renewal_date", "Renewal date", "date", CUSTOM),
  field("newsletter", "Newsletter", "boolean", CUSTOM),
  field("external_ref", "External reference", "text", { ...CUSTOM, unique: true }),
  field("notes_long", "Long notes", "long-text", CUSTOM),
  field("last_seen_at", "Last seen at", "datetime", CUSTOM),
];

const COMPANY_FIELDS: readonly Field[] = [
  field("name", "Company name"),
  field("domain", "Company domain name"),
  field("website", "Website URL", "url"),
  field("phone", "Phone number", "phone"),
  field("city", "City"),
  field("country", "Country/Region"),
  field("industry", "Industry", "choice", { options: toOptions("BANKING=Banking", "COMPUTER_SOFTWARE=Software") }),
  field("numberofemployees", "Number of employees", "number"),
  field("annualrevenue", "Annual revenue", "currency", { scale: 2 }),
  field("description", "Description", "long-text"),
  field("createdate", "Create date", "datetime", READ_ONLY),
  field("hs_lastmodifieddate", "Last modified date", "datetime", READ_ONLY),
  field("customer_number", "Customer number", "text", { ...CUSTOM, unique: true }),
  field("contract_end", "Contract end", "date", CUSTOM),
];

/** Contacts of the in-memory CRM: one field of every type a sync has to map. */
export const FAKE_CONTACTS: ObjectSchema = {
  type: "contacts",
  label: "Contact",
  pluralLabel: "Contacts",
  custom: false,
  fields: CONTACT_FIELDS,
  requiredForCreate: [["email", "firstname", "lastname"]],
  keyFields: ["email", "external_ref"],
};

/** Companies of the in-memory CRM: no unique standard field. */
export const FAKE_COMPANIES: ObjectSchema = {
  type: "companies",
  label: "Company",
  pluralLabel: "Companies",
  custom: false,
  fields: COMPANY_FIELDS,
  requiredForCreate: [["name", "domain"]],
  keyFields: ["customer_number", "domain", "name"],
};
