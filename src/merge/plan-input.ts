import type { EchoState } from "../domain/echo";
import type { ConflictPolicy, Direction, GonePolicy, GuardLimits, RemovedRowPolicy } from "../domain/mapping";
import type { ConflictTimesInput } from "./conflict-times";
import type { MatchInput } from "./match-state";
import type { PlanField } from "./plan-field";

/** Everything a plan is made from. Plain data: the same input gives the same plan. */
export interface PlanInput extends MatchInput {
  readonly mappingId: string;
  readonly run: Direction;
  readonly zoneChanged: boolean;
  /** Direction of the mapping as a whole. */
  readonly direction: Direction;
  readonly policy: ConflictPolicy;
  /** What happens to a row whose record is gone (R6). */
  readonly gone: GonePolicy;
  /** What happens to a record whose row was removed (R8, R9). */
  readonly removedRows: RemovedRowPolicy;
  /**
   * false: mapping, filter or object changed since the base, so absence proves nothing. No deletion, archive, removal of a
   * row, tombstone or forgetting is inferred in this run (R22).
   */
  readonly mayDelete: boolean;
  readonly guard: GuardLimits;
  readonly madeAtMs: number;
  /** `conflictKey`s that an earlier run showed. */
  readonly seenConflicts: ReadonlySet<string>;
  /** When conflicts came up, for *newest wins* (F5). */
  readonly conflictTimes: ConflictTimesInput;
  /** What earlier runs wrote and what came back changed: fights that this run sees stop their fields (F12). */
  readonly echoes: EchoState;
  /** `fieldKey`s that are stopped already: `stoppedFields` of the same. */
  readonly stopped: ReadonlySet<string>;
  /** The stored base was damaged: its pairs have none, and the plan needs approval (R19). */
  readonly baseDamaged: boolean;
  /** Rows that the last run left in the tab and live records it saw; 0: unknown. */
  readonly lastSizes: { readonly rows: number; readonly records: number };
}

/** Identifies a conflict by its place and both values: the same one is logged once. */
export function conflictKey(recordId: string, field: string, sheet: string, crm: string): string {
  return JSON.stringify([recordId, field, sheet, crm]);
}

/** Characters of each part of a title: it stands in every message about its record. */
const MAX_TITLE_PART = 80;

function cutTitle(text: string): string {
  return text.length > MAX_TITLE_PART ? `${text.slice(0, MAX_TITLE_PART - 1)}…` : text;
}

/** What people call a record: its key, else the first two filled fields. */
export function recordTitle(
  fields: readonly PlanField[],
  keyField: string | null,
  show: (field: string) => string,
): string {
  const key = keyField === null ? "" : cutTitle(show(keyField));
  const names = fields
    .map(({ field }) => (field.name === keyField ? "" : cutTitle(show(field.name))))
    .filter((text) => text !== "")
    .slice(0, 2)
    .join(" ");
  if (key !== "" && names !== "") return `${names} (${key})`;
  return key || names || "Unnamed";
}
