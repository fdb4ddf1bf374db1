import { useId } from "preact/hooks";
import { joinTexts } from "../phrase";

interface InputFieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "password" | "number";
  readonly hint?: string;
  /** What is wrong with it now; "" or absent: nothing. */
  readonly problem?: string;
  readonly disabled?: boolean;
  onInput(value: string): void;
}

/** Numbers here are rows and the like: they begin at 1. */
const TYPE_ATTRIBUTES = {
  text: { type: "text" },
  password: { type: "password" },
  number: { type: "number", min: 1 },
} as const;

/** A label above an input, with its hint and what is wrong below. */
export function InputField(props: InputFieldProps) {
  const { label, value, type = "text", hint, problem, disabled = false, onInput } = props;
  const id = useId();
  const described = joinTexts([hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""], " ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...TYPE_ATTRIBUTES[type]}
        value={value}
        autocomplete="off"
        spellcheck={false}
        disabled={disabled}
        aria-invalid={Boolean(problem)}
        aria-describedby={described || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
