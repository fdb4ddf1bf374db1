import type { TriggerView, WorkbenchUser } from "../host-api";
import type { Json } from "../json";

/** When a clock trigger fires. */
export type ClockSchedule =
  | { readonly kind: "once" }
  | { readonly kind: "minutes"; readonly every: number }
  | { readonly kind: "hours"; readonly every: number }
  | {
      readonly kind: "days";
      readonly every: number;
      readonly hour: number;
      readonly minute: number;
      readonly timeZone: string;
      /** 0 Sunday .. 6 Saturday; null: any day. */
      readonly weekDay: number | null;
    };

/** An installed trigger. Ids are what clock events carry as triggerUid. */
export interface Trigger {
  readonly id: string;
  readonly functionName: string;
  readonly kind: TriggerView["kind"];
  readonly user: WorkbenchUser;
  /** Document it was made in. */
  readonly fileId: string;
  readonly schedule: ClockSchedule | null;
  /** Epoch ms of the next firing; null: not a clock trigger, or a one-off that has fired (its slot stays taken). */
  nextMs: number | null;
}

export const toTriggerView = (trigger: Trigger): TriggerView => ({
  id: trigger.id,
  functionName: trigger.functionName,
  kind: trigger.kind,
  nextMs: trigger.nextMs,
});

export const triggersToJson = (triggers: readonly Trigger[]): Json => triggers as unknown as Json;
export const triggersFromJson = (saved: Json): Trigger[] =>
  (saved as unknown as Trigger[]).map((trigger) => ({ ...trigger }));
