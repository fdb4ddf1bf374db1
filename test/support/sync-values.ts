/**
 * Values of trials say where they come from: entity, field, and the step at which somebody wrote them. A value in the
 * wrong row, an older value that came back, a value that nobody wrote: each is seen by looking at one text.
 */

/** Fields of a trial's table, by header. All are texts in every CRM; the e-mail is the key. */
export const TRIAL_COLUMNS = [
  { header: "Email", field: "email" },
  { header: "First name", field: "firstname" },
  { header: "Last name", field: "lastname" },
  { header: "Job title", field: "jobtitle" },
  { header: "City", field: "city" },
] as const;

export type TrialField = (typeof TRIAL_COLUMNS)[number]["field"];

export const TRIAL_FIELDS: readonly TrialField[] = TRIAL_COLUMNS.map((column) => column.field);

/** Header of the column that is not mapped: it says which entity a row stands for, and nobody but the user writes it. */
export const MARK_HEADER = "My notes";

/** Headers of the tab as the user types them; the unmapped column stands between mapped ones. */
export const TRIAL_HEADERS: readonly string[] = [
  ...TRIAL_COLUMNS.slice(0, 3).map((column) => column.header),
  MARK_HEADER,
  ...TRIAL_COLUMNS.slice(3).map((column) => column.header),
];

/** Who wrote a value: the user of the sheet or a user of the CRM. */
export type Side = "sheet" | "crm";

export interface Origin {
  readonly entity: number;
  readonly side: Side;
  readonly step: number;
}

/** The value that somebody writes for a field of an entity at a step. */
export function originText(field: TrialField, origin: Origin): string {
  const step = `${origin.side === "sheet" ? "s" : "c"}${origin.step}`;
  // What a user types is not what a CRM keeps: it has small letters only.
  if (field === "email") return `${origin.side === "sheet" ? "E" : "e"}${origin.entity}.${step}@example.com`;
  return `E${origin.entity}.${field}.${step}`;
}

/** Entity that a value belongs to; null for a text of another make. */
export function entityOfText(text: string): number | null {
  const match = /^e(\d+)\./i.exec(text.trim());
  return match ? Number(match[1]) : null;
}

/** What the user types into the unmapped column of an entity's row. */
export function markText(entity: number): string {
  return `E${entity}`;
}

/** Entity that the unmapped column names; null when it names none. */
export function entityOfMark(text: string): number | null {
  const match = /^E(\d+)$/.exec(text);
  return match ? Number(match[1]) : null;
}

/** Are two texts the same value of a field for both sides? E-mails ignore case, all ignore outer blanks. */
export function sameValue(field: TrialField, one: string, other: string): boolean {
  return canonicalText(field, one) === canonicalText(field, other);
}

/** Does a longer text name the value? */
export function namesValue(text: string, value: string): boolean {
  const pattern = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return value !== "" && new RegExp(`${pattern}(?!\\d)`, "i").test(text);
}

/** A value as it is compared. */
function canonicalText(field: TrialField, text: string): string {
  const trimmed = text.trim();
  return field === "email" ? trimmed.toLowerCase() : trimmed;
}
