import { SyncError } from "../../domain/errors";
import type { Codec } from "../../ports/codec";
import type { Grid, GridTab, GridValue } from "../../ports/grid";
import type { Store } from "../../ports/store";
import { readValueBlock } from "./read-block";
import { StateIndex } from "./state-index";
import { formatCommit, MAX_PART_CHARACTERS, removalSlot, SLOT_COLUMNS, splitDocument } from "./state-slot";

/** Name of the hidden tab. */
export const STATE_TAB_NAME = "_crm_sync_state";

const WARNING = "CRM Sync keeps its state here. Changing this tab can make it forget what it synced.";

/** First characters of each part of a document. */
const PLAIN = "j:";
const PACKED = "z:";

/** Documents longer than this are packed, characters. */
const MAX_PLAIN_CHARACTERS = 2_000;

/** Characters of one read or write: about 2 MB. */
const MAX_BLOCK_CHARACTERS = 1_800_000;

/** Rows that the tab grows by. */
const SPARE_ROWS = 200;

/** Superseded rows and characters at which they are deleted. */
const GARBAGE_ROWS = 120;
const GARBAGE_CHARACTERS = 1_500_000;
/** Deleting calls of one clean-up, the longest stretches first. */
const MAX_DELETES = 8;

/** The tab and its content at one moment. */
interface Look {
  readonly tab: GridTab | null;
  readonly index: StateIndex;
}

type Buffered = { readonly key: string; readonly json: string | null };

/**
 * Documents in a hidden tab. Every change is a row appended at the end, one write for all that is buffered: whatever part
 * of the writes a kill keeps, each document is the old one or the new one. Rows that are superseded are deleted now and
 * then, after a look that they stand where they stood. Another execution's rows are noticed by the length of the tab.
 */
export function createStateTab(grid: Grid, codec: Codec): Store {
  return new StateTab(grid, codec);
}

class StateTab implements Store {
  private index: StateIndex | null = null;
  private tabId: number | null = null;
  private buffered: Buffered[] = [];

  constructor(
    private readonly grid: Grid,
    private readonly codec: Codec,
  ) {}

  load(key: string): unknown {
    const last = this.lastBuffered(key);
    if (last !== undefined) return last.json === null ? null : JSON.parse(last.json);
    const state = this.read().state(key);
    if (state.kind === "absent") return null;
    if (state.kind === "damaged") throw damaged(key);
    try {
      const text = state.texts.map((part) => part.slice(PLAIN.length)).join("");
      return JSON.parse(state.texts[0]?.startsWith(PACKED) ? this.codec.unpack(text) : text);
    } catch {
      throw damaged(key);
    }
  }

  keys(prefix: string): readonly string[] {
    const keys = new Set(this.read().keys());
    for (const { key, json } of this.buffered) {
      if (json === null) keys.delete(key);
      else keys.add(key);
    }
    return [...keys].filter((key) => key.startsWith(prefix)).sort();
  }

  save(key: string, value: unknown): void {
    const json = JSON.stringify(value);
    if (json === undefined) throw new SyncError("bug", "state-not-json", `The document "${key}" is no JSON.`);
    this.buffered.push({ key, json });
  }

  remove(key: string): void {
    this.buffered.push({ key, json: null });
  }

  flush(): void {
    this.writeBuffered();
    this.grid.flush();
    this.clean();
  }

  committed(): number {
    return this.read().committed;
  }

  commit(n: number): void {
    this.writeBuffered();
    this.grid.flush();
    this.append(this.look(), [[formatCommit(n)]]);
    this.grid.flush();
    this.clean();
  }

  private lastBuffered(key: string): Buffered | undefined {
    for (let i = this.buffered.length - 1; i >= 0; i--) if (this.buffered[i]?.key === key) return this.buffered[i];
    return undefined;
  }

  private tab(): GridTab | null {
    if (this.tabId !== null) {
      const known = this.grid.tab(this.tabId);
      if (known !== null) return known;
      this.tabId = null;
      this.index = null;
    }
    const found = this.grid.tabByName(STATE_TAB_NAME);
    this.tabId = found?.id ?? null;
    return found;
  }

  private read(): StateIndex {
    return this.look().index;
  }

  /** The tab and what it holds; read again when its length is not the one that is known. */
  private look(): Look {
    const tab = this.tab();
    const rows = tab?.size().usedRows ?? 0;
    if (this.index !== null && this.index.lastRow === rows) return { tab, index: this.index };
    const index = new StateIndex();
    if (tab !== null && rows > 0) index.add(1, readBlocks(tab, rows));
    this.index = index;
    return { tab, index };
  }

  private writeBuffered(): void {
    const work = this.buffered;
    if (work.length === 0) return;
    const index = this.read();
    const generations = new Map<string, number>();
    const rows: (readonly string[])[] = [];
    for (const { key, json } of work) {
      const generation = generations.get(key) ?? index.nextGeneration(key);
      generations.set(key, generation + 1);
      if (json === null) rows.push(removalSlot(key, generation));
      else rows.push(...splitDocument(key, generation, this.encode(json)));
    }
    // Packing takes its time: where the tab ends is looked at right before the write.
    this.append(this.look(), rows);
    this.buffered = this.buffered.slice(work.length);
  }

  private encode(json: string): { readonly mark: string; readonly text: string } {
    if (json.length <= MAX_PLAIN_CHARACTERS) return { mark: PLAIN, text: json };
    return { mark: PACKED, text: this.codec.pack(json) };
  }

  private append({ tab: found, index }: Look, rows: readonly (readonly string[])[]): void {
    const tab = found ?? this.create(index);
    const { rows: gridRows } = tab.size();
    const first = Math.max(index.lastRow, 1) + 1;
    const last = first + rows.length - 1;
    if (last > gridRows) tab.grow(last + SPARE_ROWS, SLOT_COLUMNS);
    let row = first;
    for (const part of inBlocks(rows)) {
      tab.writeValues({ row, column: 1, rows: part.length, columns: part[0]?.length ?? 1 }, part);
      row += part.length;
    }
    index.add(first, rows);
  }

  private create(index: StateIndex): GridTab {
    const tab = this.grid.addTab(STATE_TAB_NAME, { hidden: true, rows: SPARE_ROWS, columns: SLOT_COLUMNS });
    const all = { row: 1, column: 1, rows: SPARE_ROWS, columns: SLOT_COLUMNS };
    tab.writeFormat(all, "@");
    tab.writeValues({ row: 1, column: 1, rows: 1, columns: 1 }, [[WARNING]]);
    tab.protectWithWarning(all, WARNING);
    this.tabId = tab.id;
    index.add(1, [[WARNING]]);
    return tab;
  }

  private clean(): void {
    const { index } = this;
    if (index === null) return;
    const garbage = index.garbage();
    if (garbage.rows.length < GARBAGE_ROWS && garbage.characters < GARBAGE_CHARACTERS) return;
    const tab = this.tab();
    if (tab === null) return;
    const rows = tab.size().usedRows;
    const places = tab.readValues({ row: 1, column: 1, rows, columns: 4 });
    this.index = null;
    if (!index.isCurrent(places)) return;
    const stretches = [...toStretches(garbage.rows)].sort((a, b) => b.count - a.count).slice(0, MAX_DELETES);
    for (const { row, count } of stretches.sort((a, b) => b.row - a.row)) tab.deleteRows(row, count);
    this.grid.flush();
  }
}

function damaged(key: string): SyncError {
  return new SyncError("fatal", "state-damaged", `The stored document "${key}" is damaged.`, {
    hint: `Somebody changed the hidden tab ${STATE_TAB_NAME}. Restore it from the version history of the file.`,
  });
}

function readBlocks(tab: GridTab, rows: number): readonly (readonly GridValue[])[] {
  const rowsOfBlock = Math.floor(MAX_BLOCK_CHARACTERS / MAX_PART_CHARACTERS);
  // Most rows are short: only a tab with many rows can be larger than one block.
  if (rows <= rowsOfBlock * 5) return readValueBlock(tab, { row: 1, column: 1, rows, columns: SLOT_COLUMNS });
  const all: GridValue[][] = [];
  for (let done = 0; done < rows; done += rowsOfBlock * 5) {
    const count = Math.min(rowsOfBlock * 5, rows - done);
    all.push(...tab.readValues({ row: done + 1, column: 1, rows: count, columns: SLOT_COLUMNS }));
  }
  return all;
}

function inBlocks(rows: readonly (readonly string[])[]): readonly (readonly (readonly string[])[])[] {
  const blocks: (readonly string[])[][] = [];
  let room = 0;
  for (const row of rows) {
    const characters = row.reduce((sum, cell) => sum + cell.length, 0);
    const last = blocks[blocks.length - 1];
    if (last === undefined || characters > room) {
      blocks.push([row]);
      room = MAX_BLOCK_CHARACTERS - characters;
    } else {
      last.push(row);
      room -= characters;
    }
  }
  return blocks;
}

function toStretches(rows: readonly number[]): readonly { readonly row: number; readonly count: number }[] {
  const stretches: { row: number; count: number }[] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last.row + last.count === row) last.count++;
    else stretches.push({ row, count: 1 });
  }
  return stretches;
}
