import type { Field, Option } from "./schema";

/** Lists longer than this are cut in messages. */
const SHOWN_OPTIONS = 8;

export type ChoiceRead =
  | { readonly kind: "option"; readonly value: string }
  | { readonly kind: "invalid"; readonly reason: string };

/**
 * The option that a text means: its internal value, its label (case does not matter where that is unambiguous) or
 * `label (value)`. A field without a list takes any text.
 */
export function readChoice(field: Field, text: string): ChoiceRead {
  const typed = text.trim();
  if (field.options.length === 0) return { kind: "option", value: typed };
  const exact = field.options.find((option) => option.value === typed);
  if (exact) return { kind: "option", value: exact.value };
  const lower = typed.toLowerCase();
  const sameCase = field.options.filter((option) => namesOf(option).includes(typed));
  const matches =
    sameCase.length > 0
      ? sameCase
      : field.options.filter((option) => namesOf(option).some((name) => name.toLowerCase() === lower));
  const [first, ...others] = matches;
  if (first && others.length === 0) return { kind: "option", value: first.value };
  if (first) {
    const names = matches.map(optionWithValue).join(" or ");
    return { kind: "invalid", reason: `"${typed}" is the name of several options: write ${names}` };
  }
  return { kind: "invalid", reason: `"${typed}" is not an option; allowed: ${listOptions(field.options)}` };
}

function namesOf(option: Option): readonly string[] {
  return [option.label.trim(), option.value, optionWithValue(option)].filter((name) => name !== "");
}

/** What the sheet shows for an internal value: its label, or `label (value)` where the label alone would be ambiguous. */
export function showChoice(field: Field, value: string): string {
  const option = field.options.find((candidate) => candidate.value === value);
  if (!option || option.label.trim() === "") return value;
  const read = readChoice(field, option.label);
  return read.kind === "option" && read.value === value ? option.label : optionWithValue(option);
}

function optionWithValue(option: Option): string {
  return `${option.label} (${option.value})`;
}

function listOptions(options: readonly Option[]): string {
  const offered = options
    .filter((option) => !option.hidden)
    .map(({ label, value }) => (label.trim() === "" ? value : label));
  const shown = offered.slice(0, SHOWN_OPTIONS).join(", ");
  const rest = offered.length - SHOWN_OPTIONS;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

export type ChoicesRead =
  | { readonly kind: "options"; readonly values: readonly string[] }
  | { readonly kind: "invalid"; readonly reason: string };

/** Several options: `;` or line breaks between them, else `,`; sorted and without repeats. */
export function readChoices(field: Field, text: string): ChoicesRead {
  const whole = readChoice(field, text);
  if (field.options.length > 0 && whole.kind === "option") return { kind: "options", values: [whole.value] };
  // Without a list nobody can tell a comma inside a value from one between two.
  const separator = /[;\n]/.test(text) || field.options.length === 0 ? /[;\n]/ : /,/;
  const values = new Set<string>();
  for (const part of text.split(separator)) {
    if (part.trim() === "") continue;
    const read = readChoice(field, part);
    if (read.kind === "invalid") return read;
    values.add(read.value);
  }
  return { kind: "options", values: [...values].sort() };
}
