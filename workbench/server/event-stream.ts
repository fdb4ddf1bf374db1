import type { ExecutionRecord, HostEvent } from "../apps-script/host-api";
import type { Area, CellPatch } from "./workbook-snapshot";
import { readPatch } from "./workbook-snapshot";
import type { World } from "./world";

/** What the page hears. `revision` is the workbook's revision that the message brings the page to. */
export type PageEvent =
  | { readonly kind: "cells"; readonly revision: number; readonly patches: readonly CellPatch[] }
  /** Rows, columns or tabs changed, or more cells than are worth sending: read the workbook again. */
  | { readonly kind: "structure"; readonly revision: number }
  | { readonly kind: "menus" }
  | { readonly kind: "sidebar" }
  | { readonly kind: "toast" | "alert"; readonly title: string; readonly message: string }
  | { readonly kind: "execution-started"; readonly id: number; readonly functionName: string }
  | { readonly kind: "execution-ended"; readonly record: ExecutionRecord }
  | { readonly kind: "selection"; readonly tabId: number; readonly row: number; readonly column: number }
  /** The world was reset: load the page's state anew. */
  | { readonly kind: "reset" };

/** A page that listens. */
export interface Listener {
  /** Its name; the page's own edits are not sent back to it. */
  readonly client: string;
  send(event: PageEvent): void;
}

/** Turns events of the emulator into messages for the pages. */
export interface EventStream {
  add(listener: Listener): () => void;
  /** Does the work of a page's edit; cell events in it are given back instead of being sent to that page. */
  during(client: string, work: () => void): EditTrace;
  /** Whether somebody else changed rows, columns or tabs after this revision. */
  hasForeignStructure(client: string, revision: number): boolean;
  announce(event: PageEvent): void;
  close(): void;
}

/** What an edit touched. */
export interface EditTrace {
  readonly areas: readonly Area[];
  readonly structure: boolean;
}

const flushAfterMs = 30;
const maxStructureChanges = 1_000;
/** Above this a page reads the workbook again instead. */
const maxPatchCells = 20_000;

/** Starts listening to a world. */
export function createEventStream(world: World): EventStream {
  return new WorldStream(world);
}

class WorldStream implements EventStream {
  private readonly listeners = new Set<Listener>();
  private readonly structureChanges: { readonly revision: number; readonly client: string }[] = [];
  private readonly waiting: { readonly area: Area; readonly client: string }[] = [];
  private readonly stop: () => void;
  private timer: NodeJS.Timeout | null = null;
  /** The page whose edit is being done; `null`: whatever happens is the script's doing. */
  private origin: string | null = null;
  private trace: { areas: Area[]; structure: boolean } = { areas: [], structure: false };

  constructor(private readonly world: World) {
    this.stop = world.on((event) => this.hear(event));
  }

  add(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  during(client: string, work: () => void): EditTrace {
    this.origin = client;
    this.trace = { areas: [], structure: false };
    try {
      work();
    } finally {
      this.origin = null;
    }
    return this.trace;
  }

  hasForeignStructure(client: string, revision: number): boolean {
    return this.structureChanges.some(
      (change) => change.revision > revision && (change.client === "" || change.client !== client),
    );
  }

  announce(event: PageEvent): void {
    // A new workbook counts its revisions from the start.
    if (event.kind === "reset") this.structureChanges.length = 0;
    this.broadcast(event);
  }

  close(): void {
    this.stop();
    if (this.timer !== null) clearTimeout(this.timer);
    this.listeners.clear();
  }

  private hear(event: HostEvent): void {
    if (event.kind === "cells") this.hearCells(event);
    else if (event.kind === "structure") this.hearStructure();
    else if (event.kind !== "selection" || this.origin === null) this.broadcast(toPageEvent(event));
  }

  private hearCells(area: Area): void {
    if (this.origin !== null) this.trace.areas.push(area);
    this.waiting.push({ area, client: this.origin ?? "" });
    this.timer ??= setTimeout(() => this.flush(), flushAfterMs);
  }

  private hearStructure(): void {
    if (this.origin !== null) this.trace.structure = true;
    const { revision } = this.world.host.workbook;
    const client = this.origin ?? "";
    this.structureChanges.push({ revision, client });
    if (this.structureChanges.length > maxStructureChanges) this.structureChanges.shift();
    this.broadcast({ kind: "structure", revision }, client);
  }

  private flush(): void {
    this.timer = null;
    const entries = this.waiting.splice(0);
    for (const listener of this.listeners) {
      const foreign = entries.filter(({ client }) => client === "" || client !== listener.client);
      const event = toCellsEvent(
        this.world,
        foreign.map(({ area }) => area),
      );
      if (event !== null) listener.send(event);
    }
  }

  private broadcast(event: PageEvent, except = ""): void {
    for (const listener of this.listeners) if (except === "" || listener.client !== except) listener.send(event);
  }
}

function toPageEvent(event: Exclude<HostEvent, { kind: "cells" | "structure" }>): PageEvent {
  return event.kind === "sidebar" ? { kind: "sidebar" } : event;
}

function toCellsEvent(world: World, areas: readonly Area[]): PageEvent | null {
  if (areas.length === 0) return null;
  const { workbook } = world.host;
  const patches = readPatches(world, areas);
  const { revision } = workbook;
  return patches === null ? { kind: "structure", revision } : { kind: "cells", revision, patches };
}

/** Reads areas as they are now, each only once; `null` when they are too big to send. */
export function readPatches(world: World, areas: readonly Area[]): readonly CellPatch[] | null {
  const patches: CellPatch[] = [];
  let cells = 0;
  for (const area of joinAreas(areas)) {
    const patch = readPatch(world.host.workbook, area);
    cells += patch.rows * patch.columns;
    if (cells > maxPatchCells) return null;
    patches.push(patch);
  }
  return patches;
}

/** Beyond this many, areas of a tab are joined to one rectangle around them. */
const maxAreas = 200;

function joinAreas(areas: readonly Area[]): readonly Area[] {
  const distinct = new Map(areas.map((area) => [Object.values(toArea(area)).join(), toArea(area)]));
  if (distinct.size <= maxAreas) return [...distinct.values()];
  const byTab = new Map<number, Area>();
  for (const area of distinct.values()) byTab.set(area.tabId, around(byTab.get(area.tabId) ?? area, area));
  return [...byTab.values()];
}

function toArea({ tabId, row, column, rows, columns }: Area): Area {
  return { tabId, row, column, rows, columns };
}

function around(left: Area, right: Area): Area {
  const row = Math.min(left.row, right.row);
  const column = Math.min(left.column, right.column);
  const rows = Math.max(left.row + left.rows, right.row + right.rows) - row;
  const columns = Math.max(left.column + left.columns, right.column + right.columns) - column;
  return { tabId: left.tabId, row, column, rows, columns };
}
