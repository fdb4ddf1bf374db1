import type { CrmName } from "../domain/mapping";
import type { Field, FieldName, ObjectSchema } from "../domain/schema";
import { presetField } from "./templates";

/** A guess at the field of a column. */
export interface FieldSuggestion {
  readonly field: FieldName;
  readonly confidence: "sure" | "likely";
}

/** Other words people write for a field, by the words of its label or name. Lower case, without punctuation. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["first name", "firstname", "given name", "forename", "vorname", "prenom"],
  ["last name", "lastname", "surname", "family name", "nachname", "nom"],
  ["email", "e mail", "mail", "email address", "e mail address", "work email", "e mail adresse"],
  ["phone", "phone number", "telephone", "tel", "telefon", "work phone"],
  ["mobile phone", "mobile", "mobile phone number", "mobilephone", "cell", "cell phone", "handy"],
  ["job title", "jobtitle", "title", "position", "role", "function"],
  ["company", "company name", "organisation", "organization", "account", "account name", "employer", "firma"],
  ["domain", "company domain name", "website", "web site", "url", "homepage", "web", "website url"],
  ["industry", "sector", "branche"],
  ["numberofemployees", "number of employees", "employees", "size", "company size", "headcount", "staff"],
  ["city", "town", "location", "ort", "stadt"],
  ["state", "state region", "region", "province", "bundesland"],
  ["country", "country region", "land"],
  ["zip", "postal code", "zip code", "postcode", "plz"],
  ["address", "street", "street address", "strasse"],
  ["lifecyclestage", "lifecycle stage", "stage"],
  ["hs lead status", "lead status", "status"],
  ["annualrevenue", "annual revenue", "revenue", "turnover", "umsatz"],
  ["description", "about", "notes", "beschreibung"],
  ["hubspot owner id", "owner", "contact owner", "company owner", "account owner"],
];

/**
 * One suggestion per header, each field at most once: presets of the templates, then label or internal name, then
 * synonyms, then a label that begins with the same words.
 */
export function suggestFields(
  crm: CrmName,
  schema: ObjectSchema,
  headers: readonly string[],
): readonly (FieldSuggestion | null)[] {
  const taken = new Set<FieldName>();
  const suggestions: (FieldSuggestion | null)[] = headers.map(() => null);
  const fields = schema.fields.filter((field) => !field.hidden);
  const passes: ((header: string) => FieldSuggestion | null)[] = [
    (header) => sure(findByName(fields, presetField(crm, schema.type, header.toLowerCase()))),
    (header) => sure(fields.find((field) => words(field.label) === words(header) || isNameOf(field, header))),
    (header) => likely(bySynonym(fields, words(header), taken)),
    (header) => likely(byBeginning(fields, words(header))),
  ];
  for (const pass of passes) {
    headers.forEach((header, at) => {
      if (suggestions[at] || words(header) === "") return;
      const found = pass(header);
      if (!found || taken.has(found.field)) return;
      taken.add(found.field);
      suggestions[at] = found;
    });
  }
  return suggestions;
}

function findByName(fields: readonly Field[], name: FieldName | null): Field | undefined {
  return name === null ? undefined : fields.find((field) => field.name === name);
}

function sure(field: Field | undefined): FieldSuggestion | null {
  return field ? { field: field.name, confidence: "sure" } : null;
}

function likely(field: Field | undefined): FieldSuggestion | null {
  return field ? { field: field.name, confidence: "likely" } : null;
}

function isNameOf(field: Field, header: string): boolean {
  return field.name.toLowerCase() === header.trim().toLowerCase();
}

/** Lower-case words in any script, without accents: "E-Mail_Address" becomes "e mail address". */
function words(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

function bySynonym(fields: readonly Field[], header: string, taken: ReadonlySet<FieldName>): Field | undefined {
  for (const group of SYNONYMS) {
    if (!group.includes(header)) continue;
    const found = fields.find(
      (field) => !taken.has(field.name) && (group.includes(words(field.label)) || group.includes(words(field.name))),
    );
    if (found) return found;
  }
  return undefined;
}

/** Shortest header that may match by its beginning: shorter ones fit by chance. */
const MIN_BEGINNING = 5;

function byBeginning(fields: readonly Field[], header: string): Field | undefined {
  if (header.length < MIN_BEGINNING) return undefined;
  const matches = fields.filter((field) => words(field.label).startsWith(`${header} `));
  return matches.length === 1 ? matches[0] : undefined;
}
