import type { GuardLimitsView, MappingSettings } from "../../src/contract/views";

/** Limits that a person sets together, with the name of each number in the sentence about them. */
export interface LimitNumbers {
  /** Always allowed, whatever the share. */
  readonly floor: keyof GuardLimitsView;
  /** Of what is linked, 0..1; shown in percent. */
  readonly share: keyof GuardLimitsView;
  /** Never more than this without asking. */
  readonly most?: keyof GuardLimitsView;
}

/** A kind of limit. */
export type LimitKind = "deletes" | "clears" | "changes" | "creates";

/** The numbers of each limit. */
export const LIMITS: readonly (LimitNumbers & { readonly kind: LimitKind })[] = [
  { kind: "deletes", floor: "deleteFloor", share: "deleteShare" },
  { kind: "clears", floor: "clearFloor", share: "clearShare" },
  { kind: "changes", floor: "changeFloor", share: "changeShare" },
  { kind: "creates", floor: "createFloor", share: "createShare", most: "createMax" },
];

/** Is every limit as it is in a new mapping? */
export function areDefault(guard: GuardLimitsView, defaults: GuardLimitsView): boolean {
  return LIMITS.flatMap(({ floor, share, most = floor }) => [floor, share, most]).every(
    (name) => guard[name] === defaults[name],
  );
}

/** Are policies and limits those of a new mapping? */
export function isDefault(settings: MappingSettings, defaults: MappingSettings): boolean {
  return (
    settings.conflicts === defaults.conflicts &&
    settings.gone === defaults.gone &&
    settings.removedRows === defaults.removedRows &&
    settings.notify.onApproval === defaults.notify.onApproval &&
    settings.notify.onErrors === defaults.notify.onErrors &&
    areDefault(settings.guard, defaults.guard)
  );
}

/** A share in whole percent. */
export function toPercent(share: number): number {
  return Math.round(share * 100);
}
