import type { GridValue } from "../../ports/grid";
import { parseCommit, parseSlot, type Slot } from "./state-slot";

/** A generation of a document as far as its rows are there. */
interface Generation {
  readonly number: number;
  /** Intent that makes it count; null: it counts at once. */
  readonly intent: number | null;
  /** Rows by part; the first is part 1. */
  readonly slots: Map<number, Slot>;
  readonly rows: number[];
}

/** What one document comes to. */
export type DocumentState =
  | { readonly kind: "present"; readonly texts: readonly string[] }
  | { readonly kind: "absent" }
  | { readonly kind: "damaged" };

/**
 * The state tab in memory. A row's place means nothing, its key and generation do: rows may be sorted. The newest whole
 * generation counts whose intent is committed; a newer one with missing rows is a write that was cut off.
 */
export class StateIndex {
  /** Number of the last intent that was closed; 0 at first. */
  committed = 0;
  /** Last row of the tab that this index knows. */
  lastRow = 0;
  private topIntent = 0;
  private readonly documents = new Map<string, Generation[]>();
  private readonly commits: { readonly row: number; readonly intent: number }[] = [];
  private readonly marks = new Map<number, string>();
  private readonly sizes = new Map<number, number>();

  /** Takes in rows that start at a 1-based row. */
  add(firstRow: number, rows: readonly (readonly GridValue[])[]): void {
    rows.forEach((cells, i) => {
      this.addRow(firstRow + i, cells);
    });
    this.lastRow = Math.max(this.lastRow, firstRow + rows.length - 1);
  }

  /** Highest intent that was committed or that any row names. */
  highestIntent(): number {
    return Math.max(this.topIntent, this.committed);
  }

  /** Documents whose newest generation waits for another intent than `kept`. */
  waitingKeys(kept: number | null): readonly string[] {
    if (this.topIntent <= this.committed) return [];
    return [...this.documents.keys()].filter((key) => {
      const newest = this.newestFirst(key).find((one) => this.isWaiting(one) || wholeSlots(one) !== null);
      return newest !== undefined && this.isWaiting(newest) && newest.intent !== kept;
    });
  }

  keys(): readonly string[] {
    return [...this.documents.keys()].filter((key) => this.state(key).kind !== "absent");
  }

  /** Number of the next generation of a document. */
  nextGeneration(key: string): number {
    return (this.documents.get(key) ?? []).reduce((top, one) => Math.max(top, one.number), 0) + 1;
  }

  state(key: string): DocumentState {
    for (const generation of this.newestFirst(key)) {
      const slots = wholeSlots(generation);
      if (slots === null || this.isWaiting(generation)) continue;
      if (slots.some((slot) => !slot.sound)) return { kind: "damaged" };
      if (slots[0]?.parts === 0) return { kind: "absent" };
      return { kind: "present", texts: slots.map((slot) => slot.text) };
    }
    return { kind: "absent" };
  }

  /** Rows that nothing needs any more, with the number of characters they hold. */
  garbage(): { readonly rows: readonly number[]; readonly characters: number } {
    const rows = this.commits.filter((one) => one.intent < this.committed).map((one) => one.row);
    for (const key of this.documents.keys()) rows.push(...this.staleRows(key));
    const characters = rows.reduce((sum, row) => sum + (this.sizes.get(row) ?? 0), 0);
    return { rows, characters };
  }

  /** Do the first columns of the rows still say what this index knows? `columns` start at row 1. */
  isCurrent(columns: readonly (readonly GridValue[])[]): boolean {
    if (columns.length !== this.lastRow) return false;
    return columns.every((cells, i) => markOf(cells) === (this.marks.get(i + 1) ?? markOf(cells)));
  }

  private addRow(row: number, cells: readonly GridValue[]): void {
    this.marks.set(row, markOf(cells));
    const intent = parseCommit(cells[0] ?? "");
    if (intent !== null) {
      this.commits.push({ row, intent });
      this.committed = Math.max(this.committed, intent);
      return;
    }
    const slot = parseSlot(cells);
    if (slot === null) return;
    this.sizes.set(row, slot.text.length);
    this.topIntent = Math.max(this.topIntent, slot.intent ?? 0);
    const generations = this.documents.get(slot.key) ?? [];
    this.documents.set(slot.key, generations);
    let generation = generations.find((one) => one.number === slot.generation);
    if (generation === undefined) {
      generation = { number: slot.generation, intent: slot.intent, slots: new Map(), rows: [] };
      generations.push(generation);
    }
    generation.rows.push(row);
    // Two rows for one part: a copied row, or two executions at once; the later sound one counts.
    if (slot.sound || !generation.slots.has(slot.part)) generation.slots.set(slot.part, slot);
  }

  private isWaiting(generation: Generation): boolean {
    return generation.intent !== null && generation.intent > this.committed;
  }

  private newestFirst(key: string): readonly Generation[] {
    return [...(this.documents.get(key) ?? [])].sort((a, b) => b.number - a.number);
  }

  private staleRows(key: string): readonly number[] {
    const generations = this.newestFirst(key);
    const whole = generations.findIndex(
      (one) => !this.isWaiting(one) && (wholeSlots(one)?.every((slot) => slot.sound) ?? false),
    );
    if (whole < 0) return [];
    const older = generations.slice(whole + 1).flatMap((one) => one.rows);
    const isRemoval = generations[whole]?.slots.get(1)?.parts === 0;
    // The row of a removal stays until everything it hides is gone.
    return isRemoval && older.length === 0 && whole === 0 ? (generations[whole]?.rows ?? []) : older;
  }
}

/** All parts in order, or null when some are missing. */
function wholeSlots(generation: Generation): readonly Slot[] | null {
  const [first] = generation.slots.values();
  const parts = first === undefined ? 0 : Math.max(1, first.parts);
  const slots: Slot[] = [];
  for (let part = 1; part <= parts; part++) {
    const slot = generation.slots.get(part);
    if (slot === undefined) return null;
    slots.push(slot);
  }
  return slots.length === 0 ? null : slots;
}

function markOf(cells: readonly GridValue[]): string {
  return [0, 1, 2, 3].map((i) => String(cells[i] ?? "")).join("|");
}
