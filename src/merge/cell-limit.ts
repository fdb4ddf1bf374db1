import { decodeValue, type EncodedValue } from "../domain/value";

/** Google Sheets takes 50,000 characters in a cell; one is kept for the apostrophe that may have to lead a text. */
const MAX_CELL_CHARACTERS = 49_999;

/** Why no cell can hold the value, with the way out; null when one can. A single such value would fail a whole write. */
export function cellLimitText(header: string, encoded: EncodedValue): string | null {
  const value = decodeValue(encoded);
  if (value.kind !== "text" || value.text.length <= MAX_CELL_CHARACTERS) return null;
  return `"${header}" has ${value.text.length} characters in the CRM; a cell holds at most ${MAX_CELL_CHARACTERS}. The cell was left as it is. Shorten the text in the CRM, or leave this column out of the mapping.`;
}
