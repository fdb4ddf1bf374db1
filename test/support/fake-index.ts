import type { RecordId } from "../../src/domain/record";
import type { ObjectType } from "../../src/domain/schema";
import type { FakeRecord, FakeValues } from "./fake-record";

/** A record as the index saw it at one moment. */
interface Version {
  readonly atMs: number;
  readonly modifiedMs: number;
  readonly values: FakeValues;
  /** Archived and merged records leave the index. */
  readonly live: boolean;
}

/** A hit of the index; `values` are those that it was found by. */
export interface IndexHit {
  readonly id: RecordId;
  readonly modifiedMs: number;
  readonly values: FakeValues;
}

/** No lag is longer, ms: what is older than that is forgotten. */
const LONGEST_LAG_MS = 6 * 3_600_000;

/** The search index of the fake CRM: it learns of a change later than the store does, and can be worse than that. */
export class FakeIndex {
  /** How long a change takes to show, ms. */
  lagMs = 0;
  /** Hits of one page. */
  pageSize = 200;
  /** What a hit shows: the record as it is now, or as the index knows it. */
  payload: "fresh" | "stale" = "fresh";
  /** Whether the hits of a page come in the order of their ids. */
  order: "sorted" | "reversed" = "sorted";
  /** Records that the index never shows. */
  readonly missing = new Set<RecordId>();
  private readonly byType = new Map<ObjectType, Map<RecordId, Version[]>>();

  /** A record changed now. */
  note(type: ObjectType, record: FakeRecord, nowMs: number): void {
    const versions = this.versions(type);
    const earlier = versions.get(record.id) ?? [];
    const old = earlier.filter((version) => version.atMs + LONGEST_LAG_MS <= nowMs).slice(0, -1);
    const kept = earlier.filter((version) => !old.includes(version));
    const { modifiedMs, values } = record;
    const version = { atMs: nowMs, modifiedMs, values: { ...values }, live: record.state === "live" };
    versions.set(record.id, [...kept, version]);
  }

  /** What a search of everything finds now, oldest id first. */
  hits(type: ObjectType, nowMs: number): readonly IndexHit[] {
    const hits: IndexHit[] = [];
    for (const [id, versions] of this.versions(type)) {
      const shown = versions.filter((version) => version.atMs + this.lagMs <= nowMs).pop();
      if (shown?.live && !this.missing.has(id)) hits.push({ id, modifiedMs: shown.modifiedMs, values: shown.values });
    }
    return hits.sort((a, b) => Number(a.id) - Number(b.id));
  }

  private versions(type: ObjectType): Map<RecordId, Version[]> {
    const known = this.byType.get(type);
    if (known) return known;
    const fresh = new Map<RecordId, Version[]>();
    this.byType.set(type, fresh);
    return fresh;
  }
}
