import { entityOfText, originText, type Side, sameValue, TRIAL_FIELDS, type TrialField } from "./sync-values";

/** A value that a person wrote, or a cell or field that a person cleared. */
export interface LedgerWrite {
  readonly entity: number;
  readonly field: TrialField;
  /** `""`: cleared. */
  readonly value: string;
  readonly side: Side;
  readonly step: number;
  /** What stood there on this person's side. */
  readonly over: string;
  readonly atMs: number;
  /** It came between the last read and the write of a call's width: nobody can keep it (I1). */
  raced: boolean;
}

/** When a row or record was deleted, and what it showed then. */
export interface Removal {
  readonly step: number;
  readonly values: Readonly<Record<string, string>>;
}

/** What people did with one entity: a person or company of the real world, with a row, a record or both. */
export interface LedgerEntity {
  readonly number: number;
  readonly writes: LedgerWrite[];
  /** Its row was deleted by the user, its record by the CRM's people. */
  rowRemoved: Removal | null;
  recordRemoved: Removal | null;
  /** A row was appended where the user was typing this one, within one call's width: its own word now stands beside another. */
  typedOver: boolean;
  /** Its row was copied or lost its id while an execution was writing: nobody can tell whose values belong where. */
  blurred: boolean;
  /** What people did that leaves several rows or records for it, or none that could be told. */
  readonly oddities: string[];
}

/** Everything that people wrote during a trial, in order. The add-on's own writes are not in it. */
export class Ledger {
  readonly entities = new Map<number, LedgerEntity>();
  /** Entity by record id: records that CRM people made, and those that were seen to belong to one. */
  private readonly records = new Map<string, number>();
  /** Entities whose records were merged share their values. */
  private readonly merged = new Map<number, Set<number>>();
  private steps = 0;

  constructor(private readonly now: () => number) {}

  /** Number of the next action. */
  nextStep(): number {
    this.steps += 1;
    return this.steps;
  }

  newEntity(): LedgerEntity {
    const entity: LedgerEntity = {
      number: this.entities.size + 1,
      writes: [],
      rowRemoved: null,
      recordRemoved: null,
      typedOver: false,
      blurred: false,
      oddities: [],
    };
    this.entities.set(entity.number, entity);
    return entity;
  }

  entity(number: number): LedgerEntity {
    const entity = this.entities.get(number);
    if (entity === undefined) throw new Error(`no entity ${number}`);
    return entity;
  }

  /** Notes a new value of its own; gives its text. */
  write(place: { entity: number; field: TrialField; side: Side; over: string }): string {
    const step = this.nextStep();
    const value = originText(place.field, { entity: place.entity, side: place.side, step });
    this.note({ ...place, value, step });
    return value;
  }

  /** Notes a value that is no new one: a blank, or one that was copied. */
  note(write: Omit<LedgerWrite, "raced" | "atMs">): void {
    this.entity(write.entity).writes.push({ ...write, atMs: this.now(), raced: false });
  }

  bindRecord(id: string, entity: number): void {
    this.records.set(id, entity);
  }

  /** Entity of a record: known from the start, or by the values it holds. */
  entityOfRecord(id: string, values: Readonly<Record<string, string>> = {}): number | null {
    const known = this.records.get(id);
    if (known !== undefined) return known;
    for (const field of TRIAL_FIELDS) {
      const entity = entityOfText(values[field] ?? "");
      if (entity !== null && this.entities.has(entity)) return entity;
    }
    return null;
  }

  /** Values of both may stand in the row and record of either from now on. */
  mergeEntities(one: number, other: number): void {
    const all = new Set([one, other, ...(this.merged.get(one) ?? []), ...(this.merged.get(other) ?? [])]);
    for (const number of all) this.merged.set(number, all);
  }

  isMerged(number: number): boolean {
    return this.merged.has(number);
  }

  /** Writes of an entity's field, those of merged entities included, oldest first. */
  writesOf(number: number, field: TrialField): readonly LedgerWrite[] {
    const all = [...(this.merged.get(number) ?? [number])].flatMap((one) => this.entity(one).writes);
    return all.filter((write) => write.field === field).sort((a, b) => a.step - b.step);
  }

  /** The last write of a side, blanks included. */
  lastWrite(number: number, field: TrialField, side: Side): LedgerWrite | null {
    const writes = this.entity(number).writes.filter((write) => write.field === field && write.side === side);
    return writes[writes.length - 1] ?? null;
  }

  /** Everything that a side ever wrote, oldest first; the blank as well. */
  valuesOf(number: number, field: TrialField, side: Side): readonly string[] {
    const writes = this.entity(number).writes.filter((write) => write.field === field && write.side === side);
    return writes.map((write) => write.value);
  }

  /** Did anybody ever write this value, or a blank where it is blank, for the field of the entity? */
  isKnownValue(number: number, field: TrialField, value: string): boolean {
    const writes = this.writesOf(number, field);
    if (value === "") return writes.length === 0 || writes.some((write) => write.value === "" || write.over === "");
    return writes.some((write) => sameValue(field, write.value, value));
  }
}
