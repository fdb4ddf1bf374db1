/** What a field picker shows: closed with the chosen field, or open with a list. */
export interface PickerState {
  readonly open: boolean;
  /** What was typed since it opened; null: nothing typed, the whole list is shown. */
  readonly query: string | null;
  /** Index in the shown list; -1: none. */
  readonly active: number;
}

/** What happens to a picker. `length`: how many entries the list shows after the event. */
export type PickerEvent =
  | { readonly kind: "open"; readonly active: number }
  | { readonly kind: "close" }
  | { readonly kind: "type"; readonly query: string }
  | { readonly kind: "move"; readonly by: number; readonly length: number }
  | { readonly kind: "edge"; readonly to: "first" | "last"; readonly length: number };

/** A picker at rest. */
export const CLOSED: PickerState = { open: false, query: null, active: -1 };

/** The state after an event. Moving past an end goes round, so that the last entry is one key away. */
export function pick(state: PickerState, event: PickerEvent): PickerState {
  switch (event.kind) {
    case "open":
      return state.open ? state : { open: true, query: null, active: event.active };
    case "close":
      return CLOSED;
    case "type":
      return { open: true, query: event.query, active: 0 };
    case "move":
      return { ...state, active: moved(state.active, event.by, event.length) };
    case "edge":
      return { ...state, active: event.to === "first" ? 0 : event.length - 1 };
  }
}

function moved(active: number, by: number, length: number): number {
  if (length === 0) return -1;
  if (Math.abs(by) > 1) return Math.min(length - 1, Math.max(0, active + by));
  return (active + by + length) % length;
}
