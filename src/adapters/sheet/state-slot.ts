import type { GridValue } from "../../ports/grid";
import { textChecksum } from "./text-checksum";

/** Characters of one part: a cell takes 50,000. */
export const MAX_PART_CHARACTERS = 45_000;

/** Columns of a row of the state tab. */
export const SLOT_COLUMNS = 6;

/** One row of the state tab: a part of one generation of a document. `parts` 0: the document was removed. */
export interface Slot {
  readonly key: string;
  readonly generation: number;
  /** Intent under which it was saved: it counts once that is committed; null: at once. */
  readonly intent: number | null;
  /** 1-based. */
  readonly part: number;
  readonly parts: number;
  readonly text: string;
  /** The checksum stands for the rest of the row. */
  readonly sound: boolean;
}

/**
 * Cells of a slot. Letters and a colon stand first in each, so that none could be read as anything but text in any
 * locale, and no format has to be looked up before it is written.
 */
function formatSlot(slot: Omit<Slot, "sound">): readonly string[] {
  const { key, part, parts, text } = slot;
  return [`k:${key}`, formatGeneration(slot), `p:${part}`, `of:${parts}`, `c:${checksumOf(slot)}`, text];
}

/** The slot in a row, or null when the row holds something else. */
export function parseSlot(row: readonly GridValue[]): Slot | null {
  const [key, generation, part, parts, checksum, text] = row.map((value) => (typeof value === "string" ? value : ""));
  if (key === undefined || !key.startsWith("k:")) return null;
  const slot = {
    key: key.slice(2),
    ...parseGeneration(generation ?? ""),
    part: parseCount("p:", part),
    parts: parseCount("of:", parts),
    text: text ?? "",
  };
  return { ...slot, sound: checksum === `c:${checksumOf(slot)}` };
}

/** Which generation of which document rows belong to, and when they count. */
export type SlotPlace = Pick<Slot, "key" | "generation" | "intent">;

/** The rows of one generation of a document: `mark` leads each part, so that no part can be read as a formula. */
export function splitDocument(
  place: SlotPlace,
  body: { readonly mark: string; readonly text: string },
): readonly (readonly string[])[] {
  const parts = Math.max(1, Math.ceil(body.text.length / MAX_PART_CHARACTERS));
  const texts = Array.from(
    { length: parts },
    (_, i) => body.mark + body.text.slice(i * MAX_PART_CHARACTERS, (i + 1) * MAX_PART_CHARACTERS),
  );
  return copyDocument(place, texts);
}

/** The rows of a document whose parts are known already. */
export function copyDocument(place: SlotPlace, texts: readonly string[]): readonly (readonly string[])[] {
  return texts.map((text, i) => formatSlot({ ...place, part: i + 1, parts: texts.length, text }));
}

/** Row that says that a document is removed. */
export function removalSlot(place: SlotPlace): readonly string[] {
  return formatSlot({ ...place, part: 1, parts: 0, text: "" });
}

/** Content of the cell that closes an intent. */
export function formatCommit(intent: number): string {
  return `done:${intent}:${textChecksum(`done:${intent}`)}`;
}

/** Intent that a cell closes; null when it is no such cell or was changed. */
export function parseCommit(value: GridValue): number | null {
  if (typeof value !== "string" || !value.startsWith("done:")) return null;
  const intent = parseCount("done:", value.split(":").slice(0, 2).join(":"));
  return value === formatCommit(intent) ? intent : null;
}

function formatGeneration({ generation, intent }: Pick<Slot, "generation" | "intent">): string {
  return intent === null ? `g:${generation}` : `g:${generation}@${intent}`;
}

function parseGeneration(text: string): Pick<Slot, "generation" | "intent"> {
  const [, generation, intent] = /^g:(\d{1,15})(?:@(\d{1,15}))?$/.exec(text) ?? [];
  return {
    generation: generation === undefined ? -1 : Number(generation),
    intent: intent === undefined ? null : Number(intent),
  };
}

function parseCount(prefix: string, text: string | undefined): number {
  if (text === undefined || !text.startsWith(prefix)) return -1;
  const digits = text.slice(prefix.length);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : -1;
}

function checksumOf(slot: Omit<Slot, "sound">): string {
  const generation = formatGeneration(slot).slice("g:".length);
  return textChecksum(`${slot.key}\n${generation}\n${slot.part}\n${slot.parts}\n${slot.text}`);
}
