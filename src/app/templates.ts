import type { CrmName } from "../domain/mapping";
import type { FieldName, ObjectType } from "../domain/schema";
import type { TemplateSpec } from "../ports/sheet-setup";

export type TemplateKind = "people" | "companies";

interface PresetColumn {
  readonly header: string;
  readonly note: string;
  readonly text: boolean;
  readonly widthPx: number;
  /** Field of each CRM that the column stands for. */
  readonly fields: Readonly<Record<CrmName, FieldName>>;
}

interface Preset {
  readonly name: string;
  readonly objects: Readonly<Record<CrmName, ObjectType>>;
  readonly columns: readonly PresetColumn[];
}

const column = (
  header: string,
  hubspot: FieldName,
  salesforce: FieldName,
  look: { readonly note: string; readonly widthPx?: number; readonly text?: boolean },
): PresetColumn => ({
  header,
  note: look.note,
  text: look.text ?? true,
  widthPx: look.widthPx ?? 140,
  fields: { hubspot, salesforce },
});

/** The two template sheets and the fields their columns lead to, per CRM. */
export const PRESETS: Readonly<Record<TemplateKind, Preset>> = {
  people: {
    name: "People Template for CRMs",
    objects: { hubspot: "contacts", salesforce: "Contact" },
    columns: [
      column("First name", "firstname", "FirstName", { note: "Given name." }),
      column("Last name", "lastname", "LastName", { note: "Family name." }),
      column("Email", "email", "Email", { note: "Work e-mail. Rows and records are linked by it.", widthPx: 220 }),
      column("Phone", "phone", "Phone", { note: "Kept as text: leading zeros and + stay.", widthPx: 150 }),
      column("Job title", "jobtitle", "Title", { note: "Role in the company.", widthPx: 160 }),
      column("Company", "company", "Account.Name", { note: "Name of the company.", widthPx: 180 }),
    ],
  },
  companies: {
    name: "Company/Accounts Template for CRMs",
    objects: { hubspot: "companies", salesforce: "Account" },
    columns: [
      column("Name", "name", "Name", { note: "Name of the company.", widthPx: 200 }),
      column("Domain", "domain", "Website", {
        note: "Internet domain, like example.com. Rows and records are linked by it.",
        widthPx: 180,
      }),
      column("Industry", "industry", "Industry", { note: "One of the CRM's industries.", widthPx: 180 }),
      column("Size", "numberofemployees", "NumberOfEmployees", {
        note: "Number of employees.",
        text: false,
        widthPx: 90,
      }),
      column("Location", "city", "BillingCity", { note: "City. State and country have columns of their own." }),
      column("State/region", "state", "BillingState", { note: "State or region." }),
      column("Country", "country", "BillingCountry", { note: "Country." }),
    ],
  },
};

/** What the sheet needs to know of a template. */
export function templateSpec(kind: TemplateKind): TemplateSpec {
  const preset = PRESETS[kind];
  return {
    name: preset.name,
    columns: preset.columns.map(({ header, note, text, widthPx }) => ({ header, note, text, widthPx })),
  };
}

/** Field that a template header stands for in an object of this CRM; null when it is no preset. */
export function presetField(crm: CrmName, objectType: ObjectType, headerKey: string): FieldName | null {
  for (const preset of Object.values(PRESETS)) {
    if (preset.objects[crm] !== objectType) continue;
    const found = preset.columns.find((candidate) => candidate.header.toLowerCase() === headerKey);
    if (found) return found.fields[crm];
  }
  return null;
}
