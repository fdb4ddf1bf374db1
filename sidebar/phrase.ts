import type { CrmName } from "../src/contract/views";
import { TEXT } from "./text";

/** The two forms of a phrase with a number in it: for one, and for any other number. */
export type PluralForms = readonly [one: string, other: string];

type Values = Readonly<Record<string, string | number>>;

const NUMBER = new Intl.NumberFormat("en");

/** A number for people: "12,400". */
export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** Puts values into a text's `{name}` places. A place without a value stays as it is, so that it is noticed. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === "number" ? formatNumber(value) : value;
  });
}

/** A text with the CRM's name in its `{crm}` place. */
export function withCrm(template: string, crm: CrmName): string {
  return fill(template, { crm: TEXT.crm[crm] });
}

/** What is not "", with a dot between. */
export function joinTexts(texts: readonly string[], separator = " · "): string {
  return texts.filter(Boolean).join(separator);
}

/** The form for that number, filled in; `{n}` is the number. */
export function count(forms: PluralForms, n: number, values: Values = {}): string {
  return fill(forms[n === 1 ? 0 : 1], { ...values, n });
}

/** "Row 7"; the number as it stands at the row. */
export function rowName(row: number): string {
  return fill(TEXT.plain.row, { row: String(row) });
}

/** What an item is called beside the name of its row: "" when its title is no more than that. */
export function titleBesideRow(item: { readonly title: string; readonly rowNumber: number | null }): string {
  return item.rowNumber !== null && item.title === rowName(item.rowNumber) ? "" : item.title;
}

/** What the field is called before its message: "" when the message begins with that name itself. */
export function fieldBesideMessage({ field, message }: { readonly field: string; readonly message: string }): string {
  return message.startsWith(`"${field}"`) ? "" : field;
}
