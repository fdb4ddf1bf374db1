import type { Account } from "../../src/domain/account";
import { SyncError } from "../../src/domain/errors";
import type { Outcome, WriteOperation } from "../../src/domain/outcome";
import type { CrmRecord, KeyRead, RecordId, RecordPage, RecordRead } from "../../src/domain/record";
import type { FieldName, ObjectInfo, ObjectSchema, ObjectType } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";
import type { Clock } from "../../src/ports/clock";
import type { Crm, CrmLimits, ListQuery, RecordFilter, WindowQuery } from "../../src/ports/crm";
import { FakeFaults, type FakeMethod } from "./fake-faults";
import type { IndexHit } from "./fake-index";
import { toFakeContact } from "./fake-people";
import type { FakeEffect, FakeRecord } from "./fake-record";
import { FAKE_COMPANIES, FAKE_CONTACTS } from "./fake-schema";
import { FakeWorld, keysOf } from "./fake-world";
import { createManualClock } from "./manual-clock";

export interface FakeCrmOptions {
  readonly seed?: number;
  /** Contacts that exist from the start. */
  readonly contacts?: number;
  readonly clock?: Clock;
  readonly limits?: Partial<CrmLimits>;
  readonly account?: Account;
  /** How long the search index lags behind a change, ms; default 0. `world.index` holds its other faults. */
  readonly searchLagMs?: number;
  /** How far the CRM's clock is ahead of `clock`, ms; default 0. */
  readonly skewMs?: number;
}

const FAKE_ACCOUNT: Account = {
  crm: "hubspot",
  id: "9000001",
  name: "Fake portal",
  timeZone: "Europe/Berlin",
  uiHost: "app.example.test",
};

/** An in-memory CRM with the semantics of a real one: it trims, lower-cases, refuses, merges and forgets. */
export class FakeCrm implements Crm {
  readonly name = "hubspot" as const;
  readonly limits: CrmLimits;
  readonly world: FakeWorld;
  readonly faults = new FakeFaults();
  /** Who `check()` says we are; set it to test a run under another account. */
  account: Account;
  /** How far the CRM's clock is ahead of ours, ms. */
  skewMs: number;
  private readonly late: { dueMs: number; apply: () => void }[] = [];

  constructor(options: FakeCrmOptions = {}) {
    this.limits = { batchSize: 100, pageSize: 100, searchLagMs: 5_000, ...options.limits };
    this.account = options.account ?? FAKE_ACCOUNT;
    this.skewMs = options.skewMs ?? 0;
    const clock = options.clock ?? createManualClock();
    const own: Clock = { now: () => clock.now() + this.skewMs, sleep: (ms) => clock.sleep(ms) };
    this.world = new FakeWorld([FAKE_CONTACTS, FAKE_COMPANIES], own);
    this.world.index.lagMs = options.searchLagMs ?? 0;
    for (let index = 0; index < (options.contacts ?? 0); index += 1) {
      this.world.create("contacts", toFakeContact(options.seed ?? 1, index));
    }
    this.world.changes.length = 0;
  }

  check(): Account {
    return this.call("check", null, 0, () => this.account);
  }

  objects(): readonly ObjectInfo[] {
    return this.call("objects", null, 0, () => this.world.types().map((type) => this.world.schema(type)));
  }

  describe(type: ObjectType): ObjectSchema {
    return this.call("describe", type, 0, () => this.schema(type));
  }

  count(type: ObjectType, _filter: RecordFilter): number {
    return this.call("count", type, 0, () => this.world.liveRecords(type).length);
  }

  list(type: ObjectType, query: ListQuery): RecordPage {
    return this.call("list", type, query.fields.length, () => {
      this.schema(type);
      const from = query.cursor === null ? 0 : Number(query.cursor.replace("after-", ""));
      const rest = this.world.liveRecords(type).filter((record) => Number(record.id) > from);
      const page = rest.slice(0, this.limits.pageSize);
      const last = page[page.length - 1];
      const next = rest.length > page.length && last ? `after-${last.id}` : null;
      return { records: page.map((record) => toRecord(record, query.fields)), next };
    });
  }

  changedSince(type: ObjectType, query: WindowQuery): RecordPage {
    return this.call("changedSince", type, query.fields.length, () => {
      this.schema(type);
      const { index } = this.world;
      const from = query.cursor === null ? 0 : Number(query.cursor);
      const inWindow = (ms: number): boolean => ms >= query.sinceMs && ms < query.untilMs;
      const rest = index.hits(type, this.world.clock.now()).filter((hit) => inWindow(hit.modifiedMs));
      const behind = rest.filter((hit) => Number(hit.id) > from);
      const page = behind.slice(0, index.pageSize);
      const last = page[page.length - 1];
      const records = page.flatMap((hit) => this.toHit(type, hit, query.fields));
      if (index.order === "reversed") records.reverse();
      return { records, next: behind.length > page.length && last ? last.id : null };
    });
  }

  now(): number {
    return this.world.clock.now();
  }

  read(type: ObjectType, fields: readonly FieldName[], ids: readonly RecordId[]): readonly RecordRead[] {
    return this.call("read", type, ids.length, () => [...new Set(ids)].map((id) => this.readOne(type, fields, id)));
  }

  find(
    type: ObjectType,
    keyField: FieldName,
    keys: readonly CrmValue[],
    fields: readonly FieldName[],
  ): readonly KeyRead[] {
    return this.call("find", type, keys.length, () => {
      const live = this.world.liveRecords(type);
      return keys.map((key): KeyRead => {
        const wanted = toKey(keyField, key);
        const hits = live.filter((record) => keysOf(record, keyField).some((held) => toKey(keyField, held) === wanted));
        return { key, records: wanted === "" ? [] : hits.map((record) => toRecord(record, fields)) };
      });
    });
  }

  write(type: ObjectType, operations: readonly WriteOperation[]): readonly Outcome[] {
    const fault = this.enter("write", type, operations.length);
    if (fault?.kind === "throw" && fault.when === "before") throw fault.thrown;
    if (operations.length > this.limits.batchSize) {
      throw new SyncError("bug", "batch-too-big", `${operations.length} operations in one write`);
    }
    if (new Set(operations.map((operation) => operation.kind)).size > 1) {
      throw new SyncError("bug", "mixed-batch", "A write holds operations of one kind.");
    }
    this.schema(type);
    const count = fault?.kind === "unknown" && fault.applied !== "all" ? (fault.applied === "half" ? 0.5 : 0) : 1;
    const now = fault?.kind === "late" ? [] : operations.slice(0, Math.ceil(operations.length * count));
    const outcomes = now.map((operation) => this.apply(type, operation));
    if (fault?.kind === "late") this.applyLater(type, operations, fault.delayMs);
    if (fault?.kind === "throw") throw fault.thrown;
    if (fault) return operations.map(({ operationId }) => unknown(operationId, "The server's answer did not arrive."));
    // Answers come in another order than the inputs, as they do from a CRM.
    return outcomes.reverse();
  }

  recordUrl(account: Account, type: ObjectType, id: RecordId): string {
    return `https://${account.uiHost}/${account.id}/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
  }

  private schema(type: ObjectType): ObjectSchema {
    if (!this.world.types().includes(type)) {
      throw new SyncError("config", "unknown-object", `There is no object ${type}.`);
    }
    return this.world.schema(type);
  }

  private enter(method: FakeMethod, type: ObjectType | null, items: number) {
    const due = this.late.filter((one) => one.dueMs <= this.world.clock.now());
    for (const one of due) {
      this.late.splice(this.late.indexOf(one), 1);
      one.apply();
    }
    return this.faults.enter(method, type, items);
  }

  private call<T>(method: FakeMethod, type: ObjectType | null, items: number, answer: () => T): T {
    const fault = this.enter(method, type, items);
    if (fault?.kind === "throw") throw fault.thrown;
    return answer();
  }

  private applyLater(type: ObjectType, operations: readonly WriteOperation[], delayMs: number): void {
    const apply = (): void => {
      for (const operation of operations) this.apply(type, operation);
    };
    this.late.push({ dueMs: this.world.clock.now() + delayMs, apply });
  }

  private apply(type: ObjectType, operation: WriteOperation): Outcome {
    const { operationId } = operation;
    switch (operation.kind) {
      case "create":
        return this.toOutcome(type, operationId, this.world.applyCreate("sync", type, operation.values));
      case "update": {
        const target = { type, id: operation.recordId, values: operation.values };
        return this.toOutcome(type, operationId, this.world.applyUpdate("sync", target));
      }
      case "archive":
        this.world.applyArchive("sync", type, operation.recordId);
        return { kind: "archived", operationId, recordId: operation.recordId };
    }
  }

  private toOutcome(type: ObjectType, operationId: string, effect: FakeEffect): Outcome {
    switch (effect.kind) {
      case "done": {
        const record = this.world.find(type, effect.id);
        if (!record) return unknown(operationId, "No entry in the answer.");
        return { kind: "written", operationId, record: toRecord(record, Object.keys(effect.values)) };
      }
      case "exists":
        return {
          kind: "exists",
          operationId,
          recordId: effect.id,
          message: `Already exists. Existing ID: ${effect.id}`,
        };
      case "missing":
        // A record that was merged away is left out of the answer without a word; any other is reported.
        return this.world.find(type, effect.id)?.state === "merged"
          ? unknown(operationId, "No entry in the answer.")
          : { kind: "gone", operationId };
      case "refused":
        return { kind: "refused", operationId, field: effect.field, message: effect.message };
    }
  }

  /** The index decides what is found; what is no longer there or hidden from the caller is not shown. */
  private toHit(type: ObjectType, hit: IndexHit, fields: readonly FieldName[]): readonly CrmRecord[] {
    const record = this.world.find(type, hit.id);
    if (record?.state !== "live" || record.unreadable !== null) return [];
    if (this.world.index.payload === "fresh") return [toRecord(record, fields)];
    return [toRecord({ ...record, values: { ...hit.values }, modifiedMs: hit.modifiedMs }, fields)];
  }

  private readOne(type: ObjectType, fields: readonly FieldName[], askedId: RecordId): RecordRead {
    const record = this.world.find(type, askedId);
    if (!record || record.state === "archived") return { kind: "gone", askedId };
    if (record.unreadable !== null) return { kind: "unreadable", askedId, reason: record.unreadable };
    if (record.mergedInto === null) return { kind: "found", askedId, record: toRecord(record, fields) };
    const survivor = this.readOne(type, fields, record.mergedInto);
    return survivor.kind === "found" || survivor.kind === "merged"
      ? { kind: "merged", askedId, record: survivor.record }
      : { kind: "gone", askedId };
  }
}

/** Builds the in-memory CRM: `fake` is the port, `fake.world` is what somebody else does, `fake.faults` what goes wrong. */
export function createFakeCrm(options: FakeCrmOptions = {}): FakeCrm {
  return new FakeCrm(options);
}

function unknown(operationId: string, message: string): Outcome {
  return { kind: "unknown", operationId, message };
}

function toRecord(record: FakeRecord, fields: readonly FieldName[]): CrmRecord {
  const values: Record<FieldName, CrmValue> = {};
  for (const name of fields) {
    const value = record.values[name];
    if (value !== undefined) values[name] = value;
  }
  return { id: record.id, values, modifiedMs: record.modifiedMs, mergedIds: [...record.mergedIds] };
}

function toKey(keyField: FieldName, key: CrmValue): string {
  const plain = key.trim().toLowerCase();
  if (keyField !== "domain") return plain;
  return plain
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/?#].*$/, "");
}
