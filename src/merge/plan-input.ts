import type { ConflictPolicy, Direction, GuardLimits } from "../domain/mapping";
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
  readonly guard: GuardLimits;
  readonly madeAtMs: number;
  /** `conflictKey`s that an earlier run showed. */
  readonly seenConflicts: ReadonlySet<string>;
  /** The stored base was damaged: its pairs have none, and the plan needs approval (R19). */
  readonly baseDamaged: boolean;
  /** Rows that the last run left in the tab and live records it saw; 0: unknown. */
  readonly lastSizes: { readonly rows: number; readonly records: number };
}

/** Identifies a conflict by its place and both values: the same one is logged once. */
export function conflictKey(recordId: string, field: string, sheet: string, crm: string): string {
  return JSON.stringify([recordId, field, sheet, crm]);
}

/** What people call a record: its key, else the first two filled fields. */
export function recordTitle(
  fields: readonly PlanField[],
  keyField: string | null,
  show: (field: string) => string,
): string {
  const key = keyField === null ? "" : show(keyField);
  const names = fields
    .map(({ field }) => (field.name === keyField ? "" : show(field.name)))
    .filter((text) => text !== "")
    .slice(0, 2)
    .join(" ");
  if (key !== "" && names !== "") return `${names} (${key})`;
  return key || names || "Unnamed";
}
