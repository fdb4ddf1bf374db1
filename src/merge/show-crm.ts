import type { CrmChange } from "../domain/plan";
import { toSheetValue } from "../domain/to-sheet-value";
import { type CrmValue, showValue } from "../domain/value";
import type { Zone } from "../domain/zone";
import type { PlanField } from "./plan-field";

/** A CRM value as people read it: a label for an option, a time of the spreadsheet's zone. */
export function showCrm({ field }: PlanField, value: CrmValue, zone: Zone): string {
  return showValue(toSheetValue(field, value, zone));
}

/** The change with its values as people read them, where the CRM writes them otherwise. */
export function withShown(change: CrmChange, planField: PlanField, zone: Zone): CrmChange {
  const shown = { from: showCrm(planField, change.from, zone), to: showCrm(planField, change.to, zone) };
  return shown.from === change.from && shown.to === change.to ? change : { ...change, shown };
}
