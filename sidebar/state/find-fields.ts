import type { FieldView } from "../../src/contract/views";
import { TEXT } from "../text";

/** Name of a field's type for people; an unknown type is shown as it is. */
export function fieldTypeName(type: string): string {
  return TEXT.fieldTypes[type] ?? type;
}

/** Fields that fit what was typed, by label, internal name, type or group, best first; all words have to occur. */
export function findFields(fields: readonly FieldView[], query: string): readonly FieldView[] {
  const words = wordsOf(query);
  if (words.length === 0) return fields;
  return fields
    .map((field, index) => ({ field, index, rank: rankField(field, words) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ field }) => field);
}

/** Whether what was typed means no field, in the words of the list or of the closed picker. */
export function fitsNoField(query: string): boolean {
  const { notSynced, clear } = TEXT.picker;
  const all = normalise(`${notSynced} ${clear}`);
  return wordsOf(query).every((word) => all.includes(word));
}

/** How well a field fits what was typed; smaller is better, -1: not at all. */
function rankField(field: FieldView, words: readonly string[]): number {
  const label = normalise(field.label);
  const name = normalise(field.name);
  const rest = normalise(`${fieldTypeName(field.type)} ${field.type} ${field.group}`);
  const all = `${label} ${name} ${rest}`;
  if (!words.every((word) => all.includes(word))) return -1;
  const query = words.join(" ");
  return [
    label === query || name === query,
    label.startsWith(query),
    ` ${label}`.includes(` ${query}`),
    label.includes(query),
    name.includes(query),
    true,
  ].indexOf(true);
}

function wordsOf(query: string): readonly string[] {
  return normalise(query).split(/\s+/).filter(Boolean);
}

/** Case and accents make no difference when one types. */
function normalise(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
