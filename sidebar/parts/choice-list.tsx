import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** One choice with what it means, and what belongs to it while it is chosen. */
export interface ExplainedChoice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

interface ChoiceListProps<V extends string> {
  readonly legend: string;
  readonly value: V;
  readonly choices: readonly ExplainedChoice<V>[];
  /** Shown right below the chosen one. */
  readonly children?: ComponentChildren;
  onChange(value: V): void;
}

/** Radio buttons, one below the other. */
export function ChoiceList<V extends string>({ legend, value, choices, children, onChange }: ChoiceListProps<V>) {
  const id = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <div key={choice.value}>
          <div class="tick">
            <input
              type="radio"
              name={id}
              id={`${id}-${choice.value}`}
              checked={choice.value === value}
              aria-describedby={choice.hint ? `${id}-${choice.value}-hint` : undefined}
              onChange={() => onChange(choice.value)}
            />
            <div>
              <label for={`${id}-${choice.value}`}>{choice.label}</label>
              {choice.hint && (
                <p class="hint" id={`${id}-${choice.value}-hint`}>
                  {choice.hint}
                </p>
              )}
            </div>
          </div>
          {choice.value === value && children && <div class="choice-more stack">{children}</div>}
        </div>
      ))}
    </fieldset>
  );
}
