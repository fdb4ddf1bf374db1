import type { FieldView } from "../../src/contract/views";
import { count, joinTexts } from "../phrase";
import { fieldTypeName } from "../state/find-fields";
import { TEXT } from "../text";

interface FieldOptionProps {
  readonly id: string;
  /** null: do not sync. */
  readonly field: FieldView | null;
  readonly active: boolean;
  readonly chosen: boolean;
  /** Where it is used already, "" when nowhere else. */
  readonly used: string;
  onChoose(): void;
}

/** One field in the list of a picker. */
export function FieldOption({ id, field, active, chosen, used, onChoose }: FieldOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox points at it by aria-activedescendant.
    <div
      role="option"
      id={id}
      aria-selected={active}
      class={active ? "option active" : "option"}
      // The press would take the focus from the text box, and the list would close before the click arrives.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {field === null ? (
        <div>{TEXT.picker.clear}</div>
      ) : (
        <>
          <div>
            {chosen && <span aria-hidden="true">✓ </span>}
            {field.label}
          </div>
          <div class="hint">{joinTexts([describeField(field), used])}</div>
        </>
      )}
    </div>
  );
}

/** "firstname · Text · required, unique": what tells two fields of the same label apart. */
export function describeField(field: FieldView): string {
  const { readOnly, required, unique, custom } = TEXT.picker.marks;
  const marks = joinTexts(
    [
      field.readOnly ? readOnly : "",
      field.required ? required : "",
      field.unique ? unique : "",
      field.custom ? custom : "",
    ],
    ", ",
  );
  const options = field.optionCount > 0 ? count(TEXT.picker.options, field.optionCount) : "";
  return joinTexts([field.name, fieldTypeName(field.type), options, marks]);
}
