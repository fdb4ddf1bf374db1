import type { Ref } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { FieldView } from "../../src/contract/views";
import { type Picker, type PickerEntry, usePicker } from "../hooks/use-picker";
import { count, fill } from "../phrase";
import { columnLetter } from "../state/mapping-draft";
import { TEXT } from "../text";
import { FieldOption } from "./field-option";

interface FieldPickerProps {
  readonly label: string;
  readonly fields: readonly FieldView[];
  readonly chosen: FieldView | null;
  /** Column by field name, for fields that another column has already. */
  readonly usedIn: ReadonlyMap<string, number>;
  readonly invalid: boolean;
  readonly describedBy?: string | undefined;
  onChoose(name: string | null): void;
}

/** A text box that filters a list of fields: the combobox pattern with `aria-activedescendant`. */
export function FieldPicker(props: FieldPickerProps) {
  const { label, chosen } = props;
  const picker = usePicker(props.fields, chosen, props.onChoose);
  const { state, entries } = picker;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // The active option is read from the page after it moved, but before anybody sees or hears of the move; the list may
  // open below the edge of the sidebar.
  useLayoutEffect(() => {
    if (!state.open) return;
    list.current?.scrollIntoView({ block: "nearest" });
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [state.active, state.open]);
  return (
    <div class="picker">
      <input
        role="combobox"
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-expanded={state.open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={state.open && state.active in entries ? `${id}-${state.active}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        class={chosen === null ? "unset" : undefined}
        title={chosen?.label}
        value={state.query ?? chosen?.label ?? TEXT.picker.notSynced}
        onClick={picker.open}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => picker.type(event.currentTarget.value)}
        onKeyDown={picker.onKeyDown}
        onBlur={picker.close}
      />
      <span class="picker-arrow muted" aria-hidden="true">
        ▾
      </span>
      <PickerList id={id} props={props} picker={picker} listRef={list} />
      <span class="unseen" role="status">
        {state.open && state.query ? count(TEXT.picker.found, picker.found) : ""}
      </span>
    </div>
  );
}

interface PickerListProps {
  readonly id: string;
  readonly props: FieldPickerProps;
  readonly picker: Picker;
  readonly listRef: Ref<HTMLDivElement>;
}

function PickerList({ id, props, picker, listRef }: PickerListProps) {
  const { chosen, label, usedIn } = props;
  const { state, entries } = picker;
  return (
    <div class="picker-list" hidden={!state.open}>
      <div role="listbox" id={`${id}-list`} aria-label={label} ref={listRef}>
        {state.open &&
          entries.map((entry, index) => (
            <FieldOption
              key={entry?.name ?? ""}
              id={`${id}-${index}`}
              field={entry}
              active={index === state.active}
              chosen={entry !== null && entry === chosen}
              used={describeUse(entry, chosen, usedIn)}
              onChoose={() => picker.choose(entry)}
            />
          ))}
      </div>
      {entries.length === 0 && (
        <p class="picker-more muted">{fill(TEXT.picker.placeholderNone, { query: state.query ?? "" })}</p>
      )}
      {picker.hidden > 0 && <p class="picker-more muted">{count(TEXT.picker.more, picker.hidden)}</p>}
    </div>
  );
}

function describeUse(entry: PickerEntry, chosen: FieldView | null, usedIn: ReadonlyMap<string, number>): string {
  const column = entry === null || entry === chosen ? undefined : usedIn.get(entry.name);
  return column === undefined ? "" : fill(TEXT.picker.usedIn, { letter: columnLetter(column) });
}
