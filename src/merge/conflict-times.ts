import type { Conflict, ConflictTimes } from "../domain/plan";
import type { CrmRecord } from "../domain/record";
import type { CrmValue, EncodedValue } from "../domain/value";
import { fieldKey } from "./field-key";

/** Clocks of the two sides may differ by this much: nearer changes are not told apart (F5). */
const SKEW_MS = 2 * 60_000;

/** A conflict of an earlier run with the time of either side's value. */
export interface KnownConflict {
  readonly sheet: EncodedValue;
  readonly crm: CrmValue;
  readonly times: ConflictTimes;
}

/** What *newest wins* goes by. All times are epoch ms of one clock, the CRM's: records carry its times. */
export interface ConflictTimesInput {
  /** Start of the reading of the last run that finished; 0: there was none. */
  readonly lastReadMs: number;
  /** End of the reading of this run. */
  readonly nowMs: number;
  /** Conflicts that the last finished run left open, by `fieldKey`. */
  readonly known: ReadonlyMap<string, KnownConflict>;
}

/** Open conflicts as the next run needs them; those without times, of older versions, are left out. */
export function knownConflicts(conflicts: readonly Conflict[]): ReadonlyMap<string, KnownConflict> {
  const known = new Map<string, KnownConflict>();
  for (const { recordId, field, sheet, crm, times } of conflicts) {
    if (times) known.set(fieldKey(recordId, field), { sheet, crm, times });
  }
  return known;
}

/**
 * When both sides of a conflict got their values. A side that still holds what the last run saw keeps its time. A new
 * value came after the last read, and in the CRM at the record's last change at the latest; in a conflict that the last
 * run did not see, it is not sure that the field was compared then, so nothing says after when.
 */
export function timesOf(
  place: { readonly record: CrmRecord; readonly field: string },
  now: { readonly sheet: EncodedValue; readonly crm: CrmValue },
  input: ConflictTimesInput,
): ConflictTimes {
  const { lastReadMs, nowMs } = input;
  const known = input.known.get(fieldKey(place.record.id, place.field));
  const { modifiedMs } = place.record;
  const crmToMs = modifiedMs > 0 ? modifiedMs : nowMs;
  // A change before the last read that the last read did not show: that read is no lower bound.
  const trusted = crmToMs > lastReadMs;
  const sheet = { fromMs: known || trusted ? lastReadMs : 0, toMs: nowMs };
  const crm = { fromMs: trusted ? lastReadMs : 0, toMs: crmToMs };
  return {
    sheet: known?.sheet === now.sheet ? known.times.sheet : sheet,
    crm: known?.crm === now.crm ? known.times.crm : crm,
  };
}

/** The side whose value is newer for sure; null: the two times may overlap. */
export function newestSide({ sheet, crm }: ConflictTimes): "sheet" | "crm" | null {
  if (sheet.fromMs >= crm.toMs + SKEW_MS) return "sheet";
  return crm.fromMs >= sheet.toMs + SKEW_MS ? "crm" : null;
}
