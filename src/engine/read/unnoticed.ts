import type { CrmRecord, RecordId } from "../../domain/record";
import type { RunMessage } from "../../domain/run";
import type { FieldName } from "../../domain/schema";
import type { Snapshot } from "../../domain/snapshot";

/**
 * Linked records that differ from the base although the windows before should have brought the change: it is older than the
 * window that would come next, and nobody was waiting for it. Pure.
 */
export function countUnnoticed(
  records: Iterable<CrmRecord>,
  base: Snapshot,
  at: {
    readonly fields: readonly FieldName[];
    /** Start of the next window. */
    readonly sinceMs: number;
    /** Records that an earlier run left unsettled. */
    readonly expected: ReadonlySet<RecordId>;
  },
): number {
  let count = 0;
  for (const record of records) {
    const shadows = base.get(record.id);
    if (!shadows || record.modifiedMs >= at.sinceMs || at.expected.has(record.id)) continue;
    const differs = at.fields.some((name) => {
      const shadow = shadows[name];
      return shadow !== undefined && shadow.crm !== (record.values[name] ?? "");
    });
    if (differs) count += 1;
  }
  return count;
}

/** What the history says about them. */
export function unnoticedNote(mappingName: string, count: number): RunMessage {
  const message = `Full comparison: ${count === 1 ? "1 record" : `${count} records`} had changed unnoticed.`;
  return { severity: "note", rowNumber: null, recordId: null, field: null, title: mappingName, message };
}
