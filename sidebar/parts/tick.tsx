import type { Ref } from "preact";
import { useId } from "preact/hooks";

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly hint?: string;
  /** The label is for screen readers only: something beside the box says it already. */
  readonly bare?: boolean;
  readonly boxRef?: Ref<HTMLInputElement>;
  onToggle(): void;
}

/** A box to tick. */
export function Tick({ label, checked, hint, bare = false, boxRef, onToggle }: TickProps) {
  const id = useId();
  const box = (
    <input
      type="checkbox"
      id={id}
      ref={boxRef ?? null}
      checked={checked}
      aria-label={bare ? label : undefined}
      aria-describedby={hint ? `${id}-hint` : undefined}
      onChange={onToggle}
    />
  );
  if (bare) return box;
  return (
    <div class="tick">
      {box}
      <div>
        <label for={id}>{label}</label>
        {hint && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
