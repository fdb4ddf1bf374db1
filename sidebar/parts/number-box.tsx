import { useId, useState } from "preact/hooks";
import { fill, formatNumber } from "../phrase";
import { TEXT } from "../text";

interface NumberBoxProps {
  /** For screen readers: the sentence around it says it to everybody else. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  onChange(value: number): void;
}

/** A whole number from 0 to a maximum, in the middle of a sentence. What is no such number goes back to the last one. */
export function NumberBox({ label, value, max, onChange }: NumberBoxProps) {
  /** What is typed; null: nothing, the value is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const wrong = typed !== null && !isWithin(typed, max);
  return (
    <>
      <input
        class="number-box"
        type="number"
        min={0}
        max={max}
        step={1}
        value={typed ?? String(value)}
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          if (isWithin(text, max)) onChange(Number(text));
        }}
        onBlur={() => setTyped(null)}
      />
      {wrong && (
        <span class="field-problem" id={id} role="alert">
          {fill(TEXT.policies.numberWrong, { max: formatNumber(max) })}
        </span>
      )}
    </>
  );
}

function isWithin(text: string, max: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= max;
}
