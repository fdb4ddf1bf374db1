import type { BlankPolicy, Direction } from "../domain/mapping";
import type { Field } from "../domain/schema";
import type { Zone } from "../domain/zone";

/** A mapped field as the planner sees it. */
export interface PlanField {
  readonly field: Field;
  readonly header: string;
  /** Direction of the column inside the mapping; a field that cannot be updated is always "pull". */
  readonly direction: Direction;
  readonly blank: BlankPolicy;
  /** Column whose header or last data row is a formula: stays blank in appended rows. */
  readonly formulaColumn: boolean;
}

/** What all fields of a run share. */
export interface MergeContext {
  /** Direction of this run; never wider than the mapping's. */
  readonly run: Direction;
  readonly zone: Zone;
  /** The spreadsheet's zone is another one than at the last run. */
  readonly zoneChanged: boolean;
}

/** May values of this column go to the sheet, by the mapping and in this run? */
export function pulls(planField: PlanField): boolean {
  return planField.direction !== "push";
}

/** May values of this column go to the CRM, by the mapping? */
export function pushes(planField: PlanField): boolean {
  return planField.direction !== "pull";
}

/** May values of this column go to the sheet in this run? */
export function pullsNow(planField: PlanField, run: Direction): boolean {
  return pulls(planField) && run !== "push";
}

/** May values of this column go to the CRM in this run? */
export function pushesNow(planField: PlanField, run: Direction): boolean {
  return pushes(planField) && run !== "pull";
}
