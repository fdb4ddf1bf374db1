import { useId, useState } from "preact/hooks";
import { fill } from "../phrase";
import { TEXT } from "../text";

interface NumberBoxProps {
  /** For screen readers: the sentence around it says it to everybody else. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  onChange(value: number): void;
}

/**
 * A whole number from 0 to a maximum, in the middle of a sentence. What is no such number goes back to the last one when
 * the box is left, and the box says so.
 */
export function NumberBox({ label, value, max, onChange }: NumberBoxProps) {
  /** What is typed; null: nothing, the value is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  /** What was typed last was no such number, and is gone. */
  const [refused, setRefused] = useState(false);
  const id = useId();
  const wrong = typed !== null && !isWithin(typed, max);
  const problem = wrong ? TEXT.policies.numberWrong : refused ? TEXT.policies.numberKept : "";
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
        aria-describedby={problem === "" ? undefined : id}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          setRefused(false);
          if (isWithin(text, max)) onChange(Number(text));
        }}
        onBlur={() => {
          if (typed !== null) setRefused(wrong);
          setTyped(null);
        }}
      />
      {problem !== "" && (
        <span class="field-problem" id={id} role="alert">
          {fill(problem, { max, value })}
        </span>
      )}
    </>
  );
}

function isWithin(text: string, max: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= max;
}
