import type { RecordId } from "../../src/domain/record";
import type { Field, FieldName, ObjectSchema, ObjectType } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";
import type { Clock } from "../../src/ports/clock";
import { FakeIndex } from "./fake-index";
import type { FakeActor, FakeChange, FakeEffect, FakeRecord, FakeValues } from "./fake-record";
import { buildField } from "./fake-schema";
import { storeValue } from "./fake-stored-value";

interface Effect {
  readonly kind: FakeChange["kind"];
  readonly type: ObjectType;
  readonly record: FakeRecord;
  readonly before: FakeValues;
}

/** The records of the fake CRM and everything that "somebody else" can do to them. */
export class FakeWorld {
  readonly changes: FakeChange[] = [];
  readonly index = new FakeIndex();
  private readonly schemas = new Map<ObjectType, ObjectSchema>();
  private readonly records = new Map<ObjectType, Map<RecordId, FakeRecord>>();
  private readonly keyHolders = new Map<string, Set<RecordId>>();
  private lastId = 101_000;

  constructor(
    schemas: readonly ObjectSchema[],
    readonly clock: Clock,
  ) {
    for (const schema of schemas) {
      this.schemas.set(schema.type, schema);
      this.records.set(schema.type, new Map());
    }
  }

  types(): readonly ObjectType[] {
    return [...this.schemas.keys()];
  }

  schema(type: ObjectType): ObjectSchema {
    const schema = this.schemas.get(type);
    if (!schema) throw new Error(`the fake CRM has no object ${type}`);
    return schema;
  }

  /** Creates a record as somebody else would; throws when the CRM would refuse it. */
  create(type: ObjectType, values: FakeValues): RecordId {
    return expectDone(this.applyCreate("other", type, values));
  }

  update(type: ObjectType, id: RecordId, values: FakeValues): void {
    expectDone(this.applyUpdate("other", { type, id, values }));
  }

  archive(type: ObjectType, id: RecordId): void {
    expectDone(this.applyArchive("other", type, id));
  }

  /** Brings an archived record back. */
  restore(type: ObjectType, id: RecordId): void {
    const record = this.find(type, id);
    if (record?.state !== "archived") throw new Error(`${type} ${id} is not archived`);
    record.state = "live";
    this.note("other", { kind: "restore", type, record, before: {} });
  }

  /** Merges `otherId` into `survivorId`: the survivor keeps its values, its blanks are filled, the other id is gone. */
  merge(type: ObjectType, survivorId: RecordId, otherId: RecordId): void {
    const survivor = this.live(type, survivorId);
    const other = this.live(type, otherId);
    if (!survivor || !other || survivor === other) throw new Error(`cannot merge ${otherId} into ${survivorId}`);
    const before = { ...survivor.values };
    const additional = [survivor.values.hs_additional_emails, other.values.email, other.values.hs_additional_emails];
    for (const [name, value] of Object.entries(other.values)) {
      if ((survivor.values[name] ?? "") === "") survivor.values[name] = value;
    }
    if (type === "contacts") survivor.values.hs_additional_emails = additional.filter((email) => email).join(";");
    other.state = "merged";
    other.mergedInto = survivorId;
    survivor.mergedIds = [...survivor.mergedIds, otherId, ...other.mergedIds];
    this.index.note(type, other, this.clock.now());
    this.note("other", { kind: "merge", type, record: survivor, before });
  }

  /** Hides a record from the caller, who then gets `unreadable`; null shows it again. */
  setUnreadable(type: ObjectType, id: RecordId, reason: string | null): void {
    const record = this.find(type, id);
    if (record) record.unreadable = reason;
  }

  addField(type: ObjectType, field: Partial<Field> & { readonly name: FieldName }): void {
    this.changeFields(type, (fields) => [...fields.filter((one) => one.name !== field.name), buildField(field)]);
  }

  removeField(type: ObjectType, name: FieldName): void {
    this.changeFields(type, (fields) => fields.filter((field) => field.name !== name));
    for (const record of this.records.get(type)?.values() ?? []) delete record.values[name];
  }

  /** Another label for the same internal value. */
  renameOption(type: ObjectType, name: FieldName, option: { readonly value: string; readonly label: string }): void {
    this.changeFields(type, (fields) =>
      fields.map((field) =>
        field.name === name
          ? {
              ...field,
              options: field.options.map((one) => (one.value === option.value ? { ...one, ...option } : one)),
            }
          : field,
      ),
    );
  }

  /** Values of a live record, or null. */
  get(type: ObjectType, id: RecordId): FakeValues | null {
    return this.live(type, id)?.values ?? null;
  }

  /** Live records, oldest first. */
  all(type: ObjectType): readonly { readonly id: RecordId; readonly values: FakeValues }[] {
    return this.liveRecords(type).map(({ id, values }) => ({ id, values: { ...values } }));
  }

  liveRecords(type: ObjectType): readonly FakeRecord[] {
    const records = [...(this.records.get(type)?.values() ?? [])].filter((record) => record.state === "live");
    return records.sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** A record in whatever state. */
  find(type: ObjectType, id: RecordId): FakeRecord | null {
    return this.records.get(type)?.get(id) ?? null;
  }

  applyCreate(by: FakeActor, type: ObjectType, values: FakeValues): FakeEffect {
    const stored = this.store(type, values, null);
    if (stored.kind !== "done") return stored;
    const missing = this.schema(type).requiredForCreate.find((names) => names.every((name) => !stored.values[name]));
    if (missing) return { kind: "refused", field: null, message: `At least one of ${missing.join(", ")} is required.` };
    // Ids have gaps, as real ones have.
    this.lastId += 51;
    const record: FakeRecord = {
      id: String(this.lastId),
      values: { createdate: new Date(this.clock.now()).toISOString(), ...stored.values },
      modifiedMs: this.clock.now(),
      state: "live",
      mergedInto: null,
      mergedIds: [],
      unreadable: null,
    };
    this.records.get(type)?.set(record.id, record);
    this.note(by, { kind: "create", type, record, before: {} });
    return { kind: "done", id: record.id, values: stored.values };
  }

  applyUpdate(by: FakeActor, target: { type: ObjectType; id: RecordId; values: FakeValues }): FakeEffect {
    const record = this.live(target.type, target.id);
    if (!record) return { kind: "missing", id: target.id };
    const stored = this.store(target.type, target.values, target.id);
    if (stored.kind !== "done") return stored;
    const before = { ...record.values };
    Object.assign(record.values, stored.values);
    this.note(by, { kind: "update", type: target.type, record, before });
    return { kind: "done", id: record.id, values: stored.values };
  }

  applyArchive(by: FakeActor, type: ObjectType, id: RecordId): FakeEffect {
    const record = this.live(type, id);
    if (!record) return { kind: "missing", id };
    record.state = "archived";
    this.note(by, { kind: "archive", type, record, before: record.values });
    return { kind: "done", id, values: {} };
  }

  /** Live records that hold or once held the key: whoever asks looks again. Keeps thousands of creates from being slow. */
  private possibleHolders(type: ObjectType, name: FieldName, value: string): readonly FakeRecord[] {
    const ids = this.keyHolders.get(holderKey(type, name, value)) ?? new Set<RecordId>();
    return [...ids].map((id) => this.live(type, id)).filter((record) => record !== null);
  }

  private live(type: ObjectType, id: RecordId): FakeRecord | null {
    const record = this.find(type, id);
    return record?.state === "live" ? record : null;
  }

  /** Values as the CRM stores them, or why it refuses. */
  private store(type: ObjectType, values: FakeValues, ownId: RecordId | null): FakeEffect {
    const stored: Record<FieldName, CrmValue> = {};
    for (const [name, value] of Object.entries(values)) {
      const field = this.schema(type).fields.find((one) => one.name === name);
      if (!field) return { kind: "refused", field: name, message: `Property "${name}" does not exist` };
      if (!field.updatable) return { kind: "refused", field: name, message: `"${name}" is a read only property` };
      const result = storeValue(field, value);
      if (result.kind === "refused") return { kind: "refused", field: name, message: result.message };
      const holder = field.unique && result.value !== "" ? this.holder(type, name, result.value) : null;
      if (holder !== null && holder !== ownId) return { kind: "exists", id: holder, field: name };
      stored[name] = result.value;
    }
    return { kind: "done", id: ownId ?? "", values: stored };
  }

  /** Id of the live record that holds a value, first hit; additional e-mail addresses count. */
  private holder(type: ObjectType, name: FieldName, value: CrmValue): RecordId | null {
    const hit = this.possibleHolders(type, name, value).find((record) =>
      keysOf(record, name).includes(value.toLowerCase()),
    );
    return hit?.id ?? null;
  }

  private changeFields(type: ObjectType, change: (fields: readonly Field[]) => readonly Field[]): void {
    const schema = this.schema(type);
    this.schemas.set(type, { ...schema, fields: change(schema.fields) });
  }

  private addHolder(key: string, id: RecordId): void {
    const ids = this.keyHolders.get(key);
    if (ids) ids.add(id);
    else this.keyHolders.set(key, new Set([id]));
  }

  private note(by: FakeActor, effect: Effect): void {
    const { kind, type, record, before } = effect;
    record.modifiedMs = this.clock.now();
    for (const { name } of this.schema(type).fields.filter((field) => field.unique)) {
      for (const key of keysOf(record, name)) this.addHolder(holderKey(type, name, key), record.id);
    }
    this.index.note(type, record, record.modifiedMs);
    this.changes.push({ by, kind, type, id: record.id, before: { ...before }, after: { ...record.values } });
  }
}

function holderKey(type: ObjectType, name: FieldName, value: string): string {
  return JSON.stringify([type, name, value.toLowerCase()]);
}

/** What a record can be found by, lower-case. */
export function keysOf(record: FakeRecord, name: FieldName): readonly string[] {
  const own = record.values[name] ?? "";
  const more = name === "email" ? (record.values.hs_additional_emails ?? "").split(";") : [];
  return [own, ...more].filter((key) => key !== "").map((key) => key.toLowerCase());
}

function expectDone(effect: FakeEffect): RecordId {
  if (effect.kind !== "done") throw new Error(`the fake CRM refused: ${JSON.stringify(effect)}`);
  return effect.id;
}
