import { SyncError } from "../../domain/errors";
import type { Codec } from "../../ports/codec";
import type { Grid, GridTab } from "../../ports/grid";
import type { Store } from "../../ports/store";
import { inBlocks, readBlocks, toStretches } from "./state-blocks";
import { StateIndex } from "./state-index";
import { copyDocument, formatCommit, removalSlot, SLOT_COLUMNS, splitDocument } from "./state-slot";

/** Name of the hidden tab. */
export const STATE_TAB_NAME = "_crm_sync_state";

const WARNING = "CRM Sync keeps its state here. Changing this tab can make it forget what it synced.";

/** First characters of each part of a document. */
const PLAIN = "j:";
const PACKED = "z:";

/** Documents longer than this are packed, characters. */
const MAX_PLAIN_CHARACTERS = 2_000;

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

interface Buffered {
  readonly key: string;
  /** null: removed. */
  readonly json: string | null;
  readonly intent: number | null;
}

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
    for (const { key, json, intent } of this.buffered) {
      if (intent !== null) continue;
      if (json === null) keys.delete(key);
      else keys.add(key);
    }
    return [...keys].filter((key) => key.startsWith(prefix)).sort();
  }

  save(key: string, value: unknown, intent?: number): void {
    const json = JSON.stringify(value);
    if (json === undefined) throw new SyncError("bug", "state-not-json", `The document "${key}" is no JSON.`);
    this.buffered.push({ key, json, intent: intent ?? null });
  }

  remove(key: string, intent?: number): void {
    this.buffered.push({ key, json: null, intent: intent ?? null });
  }

  flush(): void {
    this.writeBuffered();
    this.grid.flush();
    this.clean();
  }

  committed(): number {
    return this.read().committed;
  }

  nextIntent(): number {
    return this.buffered.reduce((top, { intent }) => Math.max(top, intent ?? 0), this.read().highestIntent()) + 1;
  }

  rollBack(): void {
    this.rollBackAllBut(null);
  }

  commit(n: number): void {
    // A commit makes everything up to its number count: what an earlier intent left behind must be gone before.
    this.rollBackAllBut(n);
    this.writeBuffered();
    this.grid.flush();
    this.append(this.look(), [[formatCommit(n)]]);
    this.grid.flush();
    this.clean();
  }

  private lastBuffered(key: string): Buffered | undefined {
    for (let i = this.buffered.length - 1; i >= 0; i--) {
      const one = this.buffered[i];
      if (one?.key === key && one.intent === null) return one;
    }
    return undefined;
  }

  /** Covers what waits for other intents than `kept` with what counts now: a later commit would make it count. */
  private rollBackAllBut(kept: number | null): void {
    this.buffered = this.buffered.filter(({ intent }) => intent === null || intent === kept);
    const { index } = this.look();
    const rows = index.waitingKeys(kept).flatMap((key) => {
      const place = { key, generation: index.nextGeneration(key), intent: null };
      const state = index.state(key);
      return state.kind === "present" ? copyDocument(place, state.texts) : [removalSlot(place)];
    });
    if (rows.length === 0) return;
    this.append(this.look(), rows);
    this.grid.flush();
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
    for (const { key, json, intent } of work) {
      const generation = generations.get(key) ?? index.nextGeneration(key);
      generations.set(key, generation + 1);
      const place = { key, generation, intent };
      if (json === null) rows.push(removalSlot(place));
      else rows.push(...splitDocument(place, this.encode(json)));
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
