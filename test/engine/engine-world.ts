import { DEFAULT_GUARD, type Mapping, NO_MAIL } from "../../src/domain/mapping";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { CreateOperation, Operation, UpdateOperation } from "../../src/domain/plan";
import type { RecordRead } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { HistoryEvent } from "../../src/domain/run";
import type { CrmValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { GroupResult, type GroupWork, type WorkMode } from "../../src/engine/apply/group-result";
import type { RunDeps } from "../../src/engine/run-deps";
import { startRun } from "../../src/engine/start-run";
import type { Crm } from "../../src/ports/crm";
import type { History } from "../../src/ports/history";
import type { Table, TableRead } from "../../src/ports/table";
import type { Intent } from "../../src/state/journal";
import type { RunDocument } from "../../src/state/run-document";
import { MemoryStore } from "../state/memory-store";
import { createManualClock, type ManualClock } from "../support/manual-clock";
import { buildRecord, PEOPLE } from "../support/merge-builders";

/** A mapping of people to e-mail, name and city. */
export const MAPPING: Mapping = {
  id: "m1",
  name: "People",
  crm: "hubspot",
  accountId: "145",
  objectType: "people",
  tabId: 1,
  headerRow: 1,
  columns: PEOPLE.fields.map((field) => ({
    columnId: `c-${field.name}`,
    header: field.label,
    field: field.name,
    direction: "both",
    blank: "keep",
  })),
  keyField: "email",
  direction: "both",
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

export interface EngineWorld {
  readonly deps: RunDeps;
  readonly store: MemoryStore;
  readonly clock: ManualClock;
  readonly events: HistoryEvent[];
}

function missing(name: string): never {
  throw new Error(`this test did not expect a call of ${name}`);
}

/** Dependencies of a run; what a test does not give may not be called. */
export function engineWorld(given: { readonly crm?: Partial<Crm>; readonly table?: Partial<Table> } = {}): EngineWorld {
  const store = new MemoryStore();
  const clock = createManualClock();
  const events: HistoryEvent[] = [];
  let ids = 0;
  const crm = {
    name: "hubspot",
    limits: { batchSize: 100, pageSize: 100, searchLagMs: 0 },
    describe: () => PEOPLE,
    now: () => clock.now(),
    read: () => missing("crm.read"),
    find: () => missing("crm.find"),
    list: () => missing("crm.list"),
    write: () => missing("crm.write"),
    ...given.crm,
  } as unknown as Crm;
  const table = {
    read: () => missing("table.read"),
    write: () => missing("table.write"),
    before: () => missing("table.before"),
    repair: () => missing("table.repair"),
    contents: () => missing("table.contents"),
    removeRows: () => missing("table.removeRows"),
    restoreRows: () => missing("table.restoreRows"),
    writeIds: () => missing("table.writeIds"),
    replaceIds: () => missing("table.replaceIds"),
    writeStatuses: () => missing("table.writeStatuses"),
    ...given.table,
  } as unknown as Table;
  const deps: RunDeps = {
    crm,
    table,
    store,
    history: historyOf(events),
    clock,
    zone: UTC,
    mapping: MAPPING,
    deadlineMs: clock.now() + 60_000,
    newId: () => `t${++ids}`,
  };
  return { deps, store, clock, events };
}

/** Events in memory, kept as the port promises: one that may exist already is written over. */
function historyOf(events: HistoryEvent[]): History {
  return {
    append: (event, mayExist) => {
      const at = mayExist ? events.findIndex(({ runId }) => runId === event.runId) : -1;
      if (at < 0) events.push(event);
      else events[at] = event;
    },
    list: () => events,
    show: () => undefined,
  };
}

/** A journal entry of these operations, as an execution leaves it that is cut off at once. */
export function buildIntent(operations: readonly Operation[], change: Partial<Intent> = {}): Intent {
  return {
    version: 1,
    n: 1,
    runId: "r1",
    mappingId: "m1",
    accountId: "145",
    startedMs: 0,
    stage: "sending",
    operations,
    tokens: [],
    before: null,
    contents: [],
    ...change,
  };
}

/** An empty group of work. */
export function groupWork(deps: RunDeps, how: { readonly mode?: WorkMode; readonly intent?: Intent } = {}): GroupWork {
  const { mode = "fresh", intent = buildIntent([]) } = how;
  return {
    deps,
    objectType: "people",
    result: new GroupResult(),
    mode,
    intent,
    schema: () => deps.crm.describe("people"),
  };
}

/** A run that was just opened. */
export function openedRun(world: EngineWorld, change: Partial<RunDocument> = {}): RunDocument {
  const nowMs = world.clock.now();
  const start = { id: "r1", mapping: MAPPING, direction: "both", trigger: "manual", owner: "ann@x.com" } as const;
  return { ...startRun(world.store, { ...start, preview: false, nowMs }), ...change };
}

/** A read of the mapped tab with these rows. */
export function tableOf(rows: readonly Row[]): TableRead {
  return { problem: null, columns: [], suspended: [], rows, formulaFields: [] };
}

/** An update of a record: each field from and to. */
export function buildUpdate(
  recordId: string,
  changes: Readonly<Record<string, readonly [from: CrmValue, to: CrmValue]>>,
): UpdateOperation {
  return {
    kind: "update",
    id: `u${recordId}`,
    rule: "F2",
    title: `Record ${recordId}`,
    recordId,
    rowNumber: Number(recordId) + 1,
    changes: Object.entries(changes).map(([field, [from, to]]) => ({ field, from, to, sheet: `t${to}`, rule: "F2" })),
  };
}

/** A create of a row: e-mail and name; found again by its e-mail unless the test says otherwise. */
export function buildCreate(n: number, change: Partial<CreateOperation> = {}): CreateOperation {
  const email = `p${n}@x.com`;
  const sent = { from: "", rule: "R1" } as const;
  return {
    kind: "create",
    id: `c${n}`,
    rule: "R1",
    title: email,
    rowNumber: n + 1,
    row: { email: `t${email}`, name: `tName ${n}`, city: "" },
    changes: [
      { ...sent, field: "email", to: email, sheet: `t${email}` },
      { ...sent, field: "name", to: `Name ${n}`, sheet: `tName ${n}` },
    ],
    key: { field: "email", value: email, unique: true },
    ...change,
  };
}

/** A CRM that reads these people and answers writes from a list, one answer function per call. */
export function scriptedCrm(
  reads: readonly RecordRead[],
  answers: readonly ((operations: readonly WriteOperation[]) => readonly Outcome[])[],
): Partial<Crm> & { readonly sent: (readonly WriteOperation[])[] } {
  const sent: (readonly WriteOperation[])[] = [];
  return {
    sent,
    read: (_type, _fields, ids) => reads.filter((read) => ids.includes(read.askedId)),
    write: (_type, operations) => {
      sent.push(operations);
      const answer = answers[sent.length - 1];
      if (!answer) throw new Error("one write more than the test expects");
      return answer(operations);
    },
  };
}

/** A record that is there: e-mail, name, city. */
export function found(id: string, ...values: readonly CrmValue[]): RecordRead {
  return { kind: "found", askedId: id, record: buildRecord(id, ...values) };
}

/** Every operation is written as it was sent; creates get ids from 900 on. */
export function writeAll(operations: readonly WriteOperation[]): readonly Outcome[] {
  return operations.map((operation, at): Outcome => {
    const id = operation.kind === "create" ? String(900 + at) : operation.recordId;
    const values = operation.kind === "archive" ? {} : operation.values;
    const record = { id, values, modifiedMs: 0, mergedIds: [] };
    return { kind: "written", operationId: operation.operationId, record };
  });
}
