import { createTable } from "../../src/adapters/sheet/create-table";
import { createHistoryTab } from "../../src/adapters/sheet/history-tab";
import { createStateTab } from "../../src/adapters/sheet/state-tab";
import { tagKey } from "../../src/adapters/sheet/tab/column-tag";
import type { Mapping } from "../../src/domain/mapping";
import type { Operation, Plan } from "../../src/domain/plan";
import type { RecordId } from "../../src/domain/record";
import { type HistoryEvent, NO_TOTALS } from "../../src/domain/run";
import type { PairShadows } from "../../src/domain/snapshot";
import { UTC } from "../../src/domain/zone";
import type { RunDeps } from "../../src/engine/run-deps";
import { startRun } from "../../src/engine/start-run";
import { stepRun } from "../../src/engine/step-run";
import { planSync } from "../../src/merge/plan-sync";
import type { Crm } from "../../src/ports/crm";
import { savePlan } from "../../src/state/plan-document";
import { loadRun, type RunDocument, saveRun } from "../../src/state/run-document";
import { loadSnapshot, saveDelta } from "../../src/state/snapshot-store";
import { loadUnconfirmed, type PendingCreate } from "../../src/state/unconfirmed";
import { loadEffects } from "../../src/state/undo-log";
import { createFakeCrm } from "../support/fake-crm";
import { FakeGrid, type UnflushedWrites } from "../support/fake-grid";
import { createManualClock } from "../support/manual-clock";
import { buildPlanInput } from "../support/merge-builders";
import { MAPPING } from "./engine-world";

/** What people of a trial are: contacts with a unique e-mail, or companies with a name that several may have. */
export interface TrialKind {
  readonly objectType: "contacts" | "companies";
  readonly fields: readonly [string, string, string];
  readonly key: { readonly field: string; readonly unique: boolean } | null;
}

export const CONTACTS: TrialKind = {
  objectType: "contacts",
  fields: ["email", "firstname", "city"],
  key: { field: "email", unique: true },
};
export const COMPANIES: TrialKind = {
  objectType: "companies",
  fields: ["name", "phone", "city"],
  key: { field: "name", unique: false },
};
export const KEYLESS: TrialKind = { ...COMPANIES, key: null };

/** Where an execution is killed. `call`: method, as in "crm.write" or "sheet.flush"; the nth of them; or the kth call of all. */
export type Cut =
  | { readonly call: string; readonly nth?: number; readonly when: "before" | "after"; readonly left?: UnflushedWrites }
  | { readonly k: number; readonly left: UnflushedWrites };

const ID_COLUMN = 4;

const READS = /^sheet\.(read|tags)|^crm\.(?!write)/;

/** So that the history tab is there: making it takes many calls. */
const EARLIER: HistoryEvent = {
  runId: "r0",
  type: "Pull",
  mappingName: "People",
  objectType: "contacts",
  trigger: "manual",
  user: "ann@x.com",
  startedMs: 0,
  durationMs: 0,
  totals: NO_TOTALS,
  outcome: "ok",
  messages: [],
};

/**
 * A run that applies a given plan, execution by execution, on a real table, state tab and history tab over a workbook in
 * memory, with an in-memory CRM. Each execution may be killed at any call; nothing but workbook and CRM outlives it.
 */
export class EngineTrial {
  readonly grid = new FakeGrid();
  readonly clock = createManualClock();
  readonly crm = createFakeCrm({ clock: this.clock });
  readonly tabId: number;
  readonly mapping: Mapping;
  /** Calls of the last execution, in order. */
  calls: string[] = [];
  private cut: Cut | null = null;
  private dead = false;
  private tokens = 0;

  /** Rows: three mapped cells and the record id. */
  constructor(
    readonly kind: TrialKind,
    rows: readonly (readonly string[])[],
  ) {
    this.tabId = this.grid.addUserTab("Rows", [[...kind.fields, "CRM record ID", "CRM sync status"], ...rows]);
    this.mapping = {
      ...MAPPING,
      tabId: this.tabId,
      objectType: kind.objectType,
      keyField: kind.key?.field ?? null,
      columns: columnsOf(kind),
    };
    const tab = this.grid.tab(this.tabId);
    [...this.mapping.columns.map(({ columnId }) => columnId), "id", "status"].forEach((tag, at) => {
      tab?.tagColumn(at + 1, tagKey(MAPPING.id), tag);
    });
    createHistoryTab(this.grid, UTC).append(EARLIER, false);
    this.grid.flush();
  }

  /** Dependencies of one execution. */
  deps(): RunDeps {
    const crm = this.guardedCrm();
    return {
      crm,
      table: createTable(this.grid, this.mapping),
      store: this.store(),
      history: createHistoryTab(this.grid, UTC),
      clock: this.clock,
      zone: UTC,
      mapping: this.mapping,
      deadlineMs: this.clock.now() + 240_000,
      newId: () => `t${++this.tokens}`,
    };
  }

  store(): RunDeps["store"] {
    return createStateTab(this.grid, { pack: (text) => text, unpack: (text) => text });
  }

  /** A run that is about to apply these operations. */
  begin(operations: readonly Operation[], runId = "r1"): void {
    const store = this.store();
    const nowMs = this.clock.now();
    const start = {
      id: runId,
      mapping: this.mapping,
      direction: "both",
      trigger: "manual",
      owner: "ann@x.com",
    } as const;
    const run = startRun(store, { ...start, preview: false, nowMs });
    const plan: Plan = { ...planSync(buildPlanInput()), objectType: this.kind.objectType, operations };
    savePlan(store, runId, plan);
    saveRun(store, { ...run, phase: "applying" });
    store.flush();
  }

  /** One execution of the run; null when it was killed. */
  step(cut: Cut | null = null): RunDocument | null {
    return this.execute((deps) => {
      const run = loadRun(deps.store, MAPPING.id);
      if (run === null) throw new Error("no run");
      return stepRun(deps, run);
    }, cut);
  }

  /** One execution of anything; null when it was killed. */
  execute<T>(work: (deps: RunDeps) => T, cut: Cut | null = null): T | null {
    this.calls = [];
    this.cut = cut;
    this.dead = false;
    this.grid.resetCalls();
    this.grid.hooks = {
      before: ({ method }) => this.enter(`sheet.${method}`),
      after: ({ method }) => this.leave(`sheet.${method}`),
    };
    try {
      const done = work(this.deps());
      if (cut !== null && !this.dead) throw new Error(`never came to ${JSON.stringify(cut)}: ${this.calls.join(" ")}`);
      return this.dead ? null : done;
    } catch (thrown) {
      if (!this.dead) throw thrown;
      return null;
    } finally {
      this.grid.hooks = {};
      this.grid.settle(this.dead ? (cut?.left ?? "kept") : "kept");
      this.dead = false;
      this.cut = null;
    }
  }

  /** Numbers of the calls of the last execution that changed anything: a kill before any other leaves the same. */
  points(): readonly number[] {
    return this.calls.flatMap((call, at) => (READS.test(call) ? [] : [at + 1]));
  }

  /** Rows as they stand: three mapped cells and the record id. */
  rows(): string[][] {
    const [, ...rows] = this.grid.values(this.tabId);
    return rows.map((row) => Array.from({ length: ID_COLUMN }, (_, at) => String(row[at] ?? "")));
  }

  /** Ids of the rows, top down. */
  ids(): string[] {
    return this.rows().map((row) => row[ID_COLUMN - 1] ?? "");
  }

  records() {
    return this.crm.world.all(this.kind.objectType);
  }

  base(): Record<RecordId, PairShadows> {
    return Object.fromEntries(loadSnapshot(this.store(), MAPPING.id).pairs);
  }

  pending(): readonly PendingCreate[] {
    return loadUnconfirmed(this.store(), MAPPING.id).creates;
  }

  run(): RunDocument | null {
    return loadRun(this.store(), MAPPING.id);
  }

  effects(runId = "r1") {
    return loadEffects(this.store(), runId).map(({ effect }) => effect);
  }

  events(): readonly HistoryEvent[] {
    return createHistoryTab(this.grid, UTC)
      .list(100)
      .filter(({ runId }) => runId !== EARLIER.runId);
  }

  /** Makes a row of the sheet part of the base, in step with a new record; gives its id. */
  link(row: number): RecordId {
    return this.linkRows(row, 1)[0] ?? "";
  }

  /** Links rows from the first on; gives their ids. */
  linkRows(first: number, count: number): RecordId[] {
    const delta = new Map<RecordId, PairShadows>();
    for (const cells of this.rows().slice(first - 2, first - 2 + count)) {
      const values = this.kind.fields.map((field, at) => [field, cells[at] ?? ""] as const);
      const id = this.crm.world.create(this.kind.objectType, Object.fromEntries(values));
      const shadows = values.map(([field, crm]) => [field, { crm, sheet: crm === "" ? "" : `t${crm}` }]);
      delta.set(id, Object.fromEntries(shadows));
    }
    const ids = [...delta.keys()];
    this.grid.user.paste(
      this.tabId,
      first,
      ID_COLUMN,
      ids.map((id) => [id]),
    );
    const store = this.store();
    const n = store.nextIntent();
    saveDelta(store, MAPPING.id, n, delta);
    store.commit(n);
    this.crm.world.changes.length = 0;
    return ids;
  }

  private enter(name: string): void {
    if (this.dead) throw new Error("killed");
    this.calls.push(name);
    if (this.isDue(name, "before")) this.die();
  }

  private leave(name: string): void {
    if (this.isDue(name, "after")) this.die();
  }

  private die(): never {
    this.dead = true;
    throw new Error("killed");
  }

  private isDue(name: string, when: "before" | "after"): boolean {
    const { cut } = this;
    if (cut === null) return false;
    if ("k" in cut) return when === "before" && this.calls.length === cut.k;
    const nth = this.calls.filter((call) => call === name).length;
    return cut.call === name && cut.when === when && nth === (cut.nth ?? 1);
  }

  private guardedCrm(): Crm {
    return new Proxy<Crm>(this.crm, {
      get: (crm, name: keyof Crm) => {
        const member = crm[name];
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => {
          this.enter(`crm.${name}`);
          const answer: unknown = Reflect.apply(member, crm, args);
          this.leave(`crm.${name}`);
          return answer;
        };
      },
    });
  }
}

function columnsOf(kind: TrialKind): Mapping["columns"] {
  return kind.fields.map((field) => ({
    columnId: `c-${field}`,
    header: field,
    field,
    direction: "both",
    blank: "keep",
  }));
}
