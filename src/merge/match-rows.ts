import type { Finding } from "../domain/plan";
import type { CrmRecord, RecordId, RecordRead } from "../domain/record";
import { isPending, type Row } from "../domain/row";
import type { Field, FieldName, ObjectSchema } from "../domain/schema";
import type { Snapshot } from "../domain/snapshot";
import type { Zone } from "../domain/zone";
import type { PlanField } from "./plan-field";
import { canonicalKey, type RowKey, readRowKey } from "./row-key";
import { encodeRow, equalsBase, isAllBlank } from "./row-values";

/** What is known about both sides when rows are matched with records (table R of docs/sync-rules.md). */
export interface MatchInput {
  readonly schema: ObjectSchema;
  readonly fields: readonly PlanField[];
  readonly keyField: Field | null;
  readonly zone: Zone;
  readonly rows: readonly Row[];
  readonly snapshot: Snapshot;
  /** Live records by id, as far as they were read. */
  readonly records: ReadonlyMap<RecordId, CrmRecord>;
  /** `records` holds every live record that the mapping is about. */
  readonly complete: boolean;
  /** Answers for ids that `records` does not hold. */
  readonly reads: ReadonlyMap<RecordId, RecordRead>;
  /** Records by canonical key for the keys that were looked up. */
  readonly keyHits: ReadonlyMap<RowKey, readonly CrmRecord[]>;
  readonly tombstones: ReadonlySet<RecordId>;
}

export interface LinkedPair {
  readonly row: Row;
  readonly record: CrmRecord;
  /** Id under which the base knows the pair; differs from the record's after a merge (R11). */
  readonly baseId: RecordId;
  /** The id cell does not hold the record's id yet. */
  readonly relink: "R2" | "R11" | "R24" | null;
}

export interface MatchResult {
  readonly pairs: readonly LinkedPair[];
  /** Rows to create (R1). */
  readonly newRows: readonly Row[];
  /** Records without a row (R5). */
  readonly newRecords: readonly CrmRecord[];
  /** Pairs of the base whose row the user removed (R8-R10). */
  readonly rowless: readonly RecordId[];
  readonly revive: readonly RecordId[];
  readonly findings: readonly Finding[];
  readonly ignoredRows: number;
}

/** Pairs rows with records by id, then by key. Never by position, never by guess. */
export function matchRows(input: MatchInput): MatchResult {
  return new Matching(input).run();
}

/** Working state of one match: each step claims rows and records, later steps see only what is left. */
class Matching {
  private readonly pairs: LinkedPair[] = [];
  private readonly newRows: Row[] = [];
  private readonly revive: RecordId[] = [];
  private readonly findings: Finding[] = [];
  private readonly claimed = new Set<RecordId>();
  private readonly survivors: ReadonlyMap<RecordId, CrmRecord>;
  private ignoredRows = 0;

  constructor(private readonly input: MatchInput) {
    this.survivors = survivorsByLoser(input);
  }

  run(): MatchResult {
    const { linked, idless } = this.splitRows();
    this.pairLinked(linked);
    const orphans = this.orphans();
    const fresh = this.relinkEmptied(idless, orphans);
    this.matchNewRows(fresh);
    return {
      pairs: this.pairs,
      newRows: this.newRows,
      newRecords: this.unclaimedRecords(),
      rowless: [...this.orphans().keys()].filter((id) => !this.claimed.has(id)),
      revive: this.revive,
      findings: this.findings,
      ignoredRows: this.ignoredRows,
    };
  }

  /** Rows by id (copies settled by R13) and rows without one; rows whose create is on its way wait. */
  private splitRows(): { linked: Map<RecordId, Row>; idless: Row[] } {
    const byId = new Map<RecordId, Row[]>();
    const idless: Row[] = [];
    for (const row of this.input.rows) {
      if (row.recordId === "") idless.push(row);
      else if (isPending(row.recordId)) this.find("error", "R3", row, PENDING_TEXT);
      else byId.set(row.recordId, [...(byId.get(row.recordId) ?? []), row]);
    }
    const linked = new Map<RecordId, Row>();
    for (const [id, rows] of byId) {
      const kept = this.settleCopies(id, rows);
      this.claimed.add(id);
      if (kept) linked.set(id, kept);
    }
    return { linked, idless };
  }

  /** R13: of several rows with one id the only one that equals the base goes on; otherwise none does. */
  private settleCopies(id: RecordId, rows: readonly Row[]): Row | null {
    const [first] = rows;
    if (rows.length === 1 && first) return first;
    const shadows = this.input.snapshot.get(id);
    const same = shadows ? rows.filter((row) => equalsBase(row, shadows, this.input.fields)) : [];
    const kept = same.length === 1 ? (same[0] ?? null) : null;
    for (const row of rows) {
      if (row === kept) continue;
      const others = rows.filter((other) => other !== row).map((other) => other.rowNumber);
      this.find(
        "error",
        "R13",
        row,
        `Rows ${others.join(", ")} carry the same record ID, so this row takes no part. Clear the ID of the copy to make it a new record, or delete the row.`,
      );
    }
    return kept;
  }

  private pairLinked(linked: ReadonlyMap<RecordId, Row>): void {
    const bySurvivor = new Map<RecordId, { row: Row; baseId: RecordId }[]>();
    for (const [id, row] of linked) {
      const record = this.input.records.get(id);
      if (record) this.addPair(row, record, id, null);
      else if (this.survivors.has(id)) {
        const survivor = this.survivors.get(id)?.id ?? "";
        bySurvivor.set(survivor, [...(bySurvivor.get(survivor) ?? []), { row, baseId: id }]);
      } else this.reportMissing(id, row);
    }
    for (const [survivorId, rows] of bySurvivor) this.settleMerged(survivorId, rows, linked);
  }

  /** R11: one row leads to the survivor: it takes its id. Several: the one that carries it already, else nobody. */
  private settleMerged(
    survivorId: RecordId,
    rows: readonly { readonly row: Row; readonly baseId: RecordId }[],
    linked: ReadonlyMap<RecordId, Row>,
  ): void {
    const survivor = [...this.survivors.values()].find((record) => record.id === survivorId);
    this.claimed.add(survivorId);
    const [only] = rows;
    if (rows.length === 1 && only && survivor && !linked.has(survivorId)) {
      this.addPair(only.row, survivor, only.baseId, "R11");
      return;
    }
    for (const { row } of rows) {
      this.find(
        "error",
        "R11",
        row,
        `This record was merged into ${survivorId} in the CRM, and several rows lead there. Delete the rows you no longer need, or clear their record ID.`,
      );
    }
  }

  private reportMissing(id: RecordId, row: Row): void {
    const read = this.input.reads.get(id);
    if (read?.kind === "unreadable") {
      this.find("note", "R12", row, `The record could not be read: ${read.reason}. The row stays as it is.`);
      return;
    }
    const shadows = this.input.snapshot.get(id);
    if (!shadows) {
      this.find(
        "error",
        "R14",
        row,
        `The CRM has no record ${id}. Correct the record ID, or clear it to create a new record.`,
      );
    } else if (equalsBase(row, shadows, this.input.fields)) {
      this.find("note", "R6", row, "Deleted in the CRM. The row was kept.");
    } else {
      this.find(
        "error",
        "R7",
        row,
        "Deleted in the CRM, your edit was not sent. Clear the record ID to create it anew, or delete the row.",
      );
    }
  }

  /** Pairs of the base whose id stands in no row. */
  private orphans(): Map<RecordId, true> {
    const orphans = new Map<RecordId, true>();
    for (const id of this.input.snapshot.keys()) if (!this.claimed.has(id)) orphans.set(id, true);
    return orphans;
  }

  /** R24: a row whose id cell was emptied finds its pair by key, else by all its values. */
  private relinkEmptied(idless: readonly Row[], orphans: ReadonlyMap<RecordId, true>): Row[] {
    if (orphans.size === 0) return [...idless];
    const { byKey, byValues } = this.orphanIndex(orphans);
    const rest: Row[] = [];
    for (const row of idless) {
      const key = this.keyOf(row);
      const candidates = (key ? byKey.get(key) : undefined) ?? byValues.get(encodeRow(row, this.input.fields)) ?? [];
      const open = candidates.filter((id) => !this.claimed.has(id));
      const [id] = open;
      const record = id === undefined ? undefined : (this.input.records.get(id) ?? this.survivors.get(id));
      if (open.length === 1 && id !== undefined && record) {
        this.addPair(row, record, id, "R24");
        this.claimed.add(id);
      } else if (open.length > 1) {
        for (const candidate of open) this.claimed.add(candidate);
        this.find(
          "error",
          "R24",
          row,
          `The record ID of this row is gone and it could be any of ${open.join(", ")}. Type the right ID into its cell.`,
        );
      } else rest.push(row);
    }
    return rest;
  }

  private orphanIndex(orphans: ReadonlyMap<RecordId, true>): {
    byKey: Map<RowKey, RecordId[]>;
    byValues: Map<string, RecordId[]>;
  } {
    const byKey = new Map<RowKey, RecordId[]>();
    const byValues = new Map<string, RecordId[]>();
    const { keyField, fields } = this.input;
    for (const id of orphans.keys()) {
      const shadows = this.input.snapshot.get(id) ?? {};
      const held = keyField ? shadows[keyField.name]?.crm : undefined;
      if (keyField && held) append(byKey, canonicalKey(keyField, held, this.input.zone), id);
      const values = fields.map(({ field }) => shadows[field.name]?.sheet ?? "");
      if (values.some((value) => value !== "")) append(byValues, JSON.stringify(values), id);
    }
    return { byKey, byValues };
  }

  private matchNewRows(rows: readonly Row[]): void {
    const byKey = new Map<RowKey, Row[]>();
    for (const row of rows) {
      if (!this.isNewRow(row)) continue;
      const key = this.keyOf(row);
      if (key === null) continue;
      if (key === "") this.newRows.push(row);
      else append(byKey, key, row);
    }
    for (const [key, sharing] of byKey) {
      if (sharing.length === 1 && sharing[0]) this.matchByKey(sharing[0], key);
      else this.reportShared(sharing);
    }
  }

  /** Section 2: new only when the key or, with a blank key, a field that a create needs is filled; else it is no row. */
  private isNewRow(row: Row): boolean {
    const filled = (name: FieldName) => (row.cells[name]?.value.kind ?? "blank") !== "blank";
    const keyFilled = this.input.keyField !== null && filled(this.input.keyField.name);
    const needed = this.input.schema.requiredForCreate.flat();
    if (keyFilled || (needed.length > 0 ? needed.some(filled) : !isAllBlank(row, this.input.fields))) return true;
    this.ignoredRows += 1;
    return false;
  }

  /** Key of a row without id; null after a finding for a bad one. */
  private keyOf(row: Row): RowKey | null {
    const { keyField } = this.input;
    const cell = keyField ? row.cells[keyField.name] : undefined;
    if (!keyField || !cell) return "";
    const read = readRowKey(keyField, cell, this.input.zone);
    if (read.kind === "key") return read.key;
    if (!this.findings.some((finding) => finding.rowNumber === row.rowNumber && finding.rule === "F10")) {
      this.find(
        "error",
        "F10",
        row,
        `The key "${keyField.label}" cannot be used: ${read.reason}. Correct it and sync again.`,
        keyField.name,
      );
    }
    return null;
  }

  /** R1, R2, R3, R16. */
  private matchByKey(row: Row, key: RowKey): void {
    const hits = this.input.keyHits.get(key) ?? [];
    const [hit] = hits;
    if (!hit) {
      this.newRows.push(row);
    } else if (hits.length > 1) {
      const list = hits.map((record) => record.id).join(", ");
      for (const record of hits) this.claimed.add(record.id);
      this.find(
        "error",
        "R3",
        row,
        `${hits.length} records have this key (${list}). Type the ID of the right one into the record ID cell.`,
      );
    } else if (this.claimed.has(hit.id)) {
      const holder = this.pairs.find((pair) => pair.record.id === hit.id);
      const where = holder ? `row ${holder.row.rowNumber}` : "another row";
      this.find(
        "error",
        "R16",
        row,
        `This is a duplicate: ${where} already holds the record with this key. Nothing was sent; delete one of the rows.`,
      );
    } else {
      this.addPair(row, hit, hit.id, "R2");
      if (this.input.tombstones.has(hit.id)) this.revive.push(hit.id);
    }
  }

  /** R4. */
  private reportShared(rows: readonly Row[]): void {
    for (const row of rows) {
      const others = rows.filter((other) => other !== row).map((other) => other.rowNumber);
      this.find("error", "R4", row, `Rows ${others.join(", ")} have the same key. None of them was sent; keep one.`);
      for (const hit of this.hitsOf(row)) this.claimed.add(hit.id);
    }
  }

  private hitsOf(row: Row): readonly CrmRecord[] {
    const key = this.keyOf(row);
    return key ? (this.input.keyHits.get(key) ?? []) : [];
  }

  /** R5: live records that no row and no tombstone stands for. Survivors of known records are no new ones (R11). */
  private unclaimedRecords(): CrmRecord[] {
    if (!this.input.complete) return [];
    const known = (id: RecordId) =>
      this.claimed.has(id) || this.input.tombstones.has(id) || this.input.snapshot.has(id);
    return [...this.input.records.values()].filter((record) => !known(record.id) && !record.mergedIds.some(known));
  }

  private addPair(row: Row, record: CrmRecord, baseId: RecordId, relink: LinkedPair["relink"]): void {
    this.pairs.push({ row, record, baseId, relink });
    this.claimed.add(record.id);
  }

  private find(
    severity: Finding["severity"],
    rule: string,
    row: Row,
    message: string,
    field: FieldName | null = null,
  ): void {
    const recordId = row.recordId === "" || isPending(row.recordId) ? null : row.recordId;
    this.findings.push({
      severity,
      rule,
      rowNumber: row.rowNumber,
      recordId,
      field,
      title: `Row ${row.rowNumber}`,
      message,
    });
  }
}

const PENDING_TEXT =
  "A create of this row is on its way or was cut off. The next run settles it; leave the record ID cell as it is.";

/** Records that took over others, by the id that was taken over. */
function survivorsByLoser(input: MatchInput): ReadonlyMap<RecordId, CrmRecord> {
  const survivors = new Map<RecordId, CrmRecord>();
  for (const record of input.records.values()) for (const loser of record.mergedIds) survivors.set(loser, record);
  for (const read of input.reads.values()) if (read.kind === "merged") survivors.set(read.askedId, read.record);
  return survivors;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
