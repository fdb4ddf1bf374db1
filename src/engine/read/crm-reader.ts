import type { CrmRecord, KeyRead, RecordId, RecordRead } from "../../domain/record";
import type { FieldName } from "../../domain/schema";
import { loadReadPages, type ReadPage, saveReadPage } from "../../state/read-stage";
import type { ReadingProgress, RunDocument } from "../../state/run-document";
import { isLate, type RunDeps } from "../run-deps";

/** A reading under way: what this slice has read, and how far it got. */
export class CrmReader {
  readonly fields: readonly FieldName[];
  readonly records: CrmRecord[] = [];
  readonly reads: RecordRead[] = [];
  readonly hints: RecordId[] = [];
  readonly listed: RecordId[] = [];
  readonly asked: RecordRead[] = [];
  readonly keys: KeyRead[] = [];
  /** Something was read, be it nothing but an empty page. */
  moved = false;

  constructor(
    readonly deps: RunDeps,
    readonly run: RunDocument,
    public progress: ReadingProgress,
  ) {
    this.fields = deps.mapping.columns.map((column) => column.field);
  }

  /** A page was read to its end. */
  advance(change: Partial<ReadingProgress>): void {
    this.progress = { ...this.progress, ...change, started: true };
    this.moved = true;
  }

  /** Keeps answers for ids: records, and what is to be said about the others. */
  takeReads(reads: readonly RecordRead[]): void {
    for (const read of reads) {
      if (read.kind === "found") this.records.push(read.record);
      else this.reads.push(read);
    }
  }

  /**
   * Reads records by id, in a fixed order: the cursor is the last one that was read. False when the slice ends first, but
   * never before a batch.
   */
  readByIds(wanted: ReadonlySet<RecordId>): boolean {
    const { deps, run, fields } = this;
    const { cursor } = this.progress;
    const ids = [...wanted].filter((id) => cursor === null || id > cursor).sort();
    const size = deps.crm.limits.batchSize;
    for (let at = 0; at < ids.length; at += size) {
      if (at > 0 && isLate(deps)) return false;
      const batch = ids.slice(at, at + size);
      this.takeReads(deps.crm.read(run.objectType, fields, batch));
      this.advance({ cursor: batch[batch.length - 1] ?? null });
    }
    return true;
  }

  /** Pages of earlier slices, and of this one at the end. */
  pages(): readonly ReadPage[] {
    return [...loadReadPages(this.deps.store, this.run.id, this.progress.staged), this.page()];
  }

  /** Keeps what this slice read for the next one; gives the run as it stands then. */
  stage(run: RunDocument = this.run): RunDocument {
    const page = this.page();
    let { staged } = this.progress;
    if (Object.values(page).some((answers) => answers.length > 0)) {
      saveReadPage(this.deps.store, run.id, staged, page);
      staged += 1;
    }
    const { records, hints, asked, keys } = page;
    const seen = this.progress.seen + records.length + hints.length + asked.length + keys.length;
    return { ...run, done: seen, reading: { ...this.progress, started: true, staged, seen } };
  }

  private page(): ReadPage {
    const { records, reads, hints, listed, asked, keys } = this;
    return { records, reads, hints, listed, asked, keys };
  }
}
