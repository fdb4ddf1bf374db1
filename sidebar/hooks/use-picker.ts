import { useMemo, useReducer } from "preact/hooks";
import type { FieldView } from "../../src/contract/views";
import { findFields, fitsNoField } from "../state/find-fields";
import { CLOSED, type PickerState, pick } from "../state/picker-state";

/** More options in the page make typing slow and help nobody. */
const MAX_OPTIONS = 100;
const PAGE_STEP = 8;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_STEP, PageUp: -PAGE_STEP };

/** An entry of the list; null: do not sync. */
export type PickerEntry = FieldView | null;

/** A field picker at work. */
export interface Picker {
  readonly state: PickerState;
  readonly entries: readonly PickerEntry[];
  /** How many fields fit, and how many of them are not in the list. */
  readonly found: number;
  readonly hidden: number;
  open(): void;
  close(): void;
  type(query: string): void;
  choose(entry: PickerEntry): void;
  /** Answers the keys of the combobox pattern. */
  onKeyDown(event: KeyboardEvent): void;
}

/** The list, the keys and the choice of a field picker. */
export function usePicker(
  fields: readonly FieldView[],
  chosen: FieldView | null,
  onChoose: (name: string | null) => void,
): Picker {
  const [state, send] = useReducer(pick, CLOSED);
  const found = useMemo(() => findFields(fields, state.query ?? ""), [fields, state.query]);
  const shown = found.slice(0, MAX_OPTIONS);
  const entries = withNoField(shown, state.query ?? "", chosen);
  const open = (): void => {
    const index = chosen === null ? -1 : fields.slice(0, MAX_OPTIONS).indexOf(chosen);
    send({ kind: "open", active: index < 0 ? 0 : index + 1 });
  };
  const close = (): void => send({ kind: "close" });
  const choose = (entry: PickerEntry): void => {
    close();
    if (entry !== chosen) onChoose(entry?.name ?? null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const active = entries[state.active];
    const step = STEPS[event.key];
    if (event.key === "Enter" && state.open) {
      if (active !== undefined) choose(active);
    } else if (event.key === "Escape" && state.open) close();
    else if (event.key === "ArrowUp" && event.altKey) close();
    else if (step !== undefined && state.open) send({ kind: "move", by: step, length: entries.length });
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") open();
    else return;
    event.preventDefault();
  };
  const type = (query: string): void => send({ kind: "type", query });
  return {
    state,
    entries,
    found: found.length,
    hidden: found.length - shown.length,
    open,
    close,
    type,
    choose,
    onKeyDown,
  };
}

/** To sync nothing stands first in the whole list; among hits it is last, so that Enter takes a field where one fits. */
function withNoField(shown: readonly FieldView[], query: string, chosen: FieldView | null): readonly PickerEntry[] {
  if (query.trim() !== "") return fitsNoField(query) ? [...shown, null] : shown;
  return chosen === null ? shown : [null, ...shown];
}
