import type { ComponentChildren, Ref } from "preact";

/** `primary`: the one blue button of a view. `quiet`: looks like a link. `danger`: deletes something. */
export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

interface ButtonProps {
  readonly children: ComponentChildren;
  onClick?(): void;
  readonly look?: ButtonLook;
  readonly submit?: boolean;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  /** Name for screen readers where the label alone does not say which one. It has to contain the label. */
  readonly name?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** A button with a verb on it. */
export function Button(props: ButtonProps) {
  const { children, onClick, look = "plain", submit = false, disabled = false, busy = false, name, buttonRef } = props;
  return (
    <button
      type={submit ? "submit" : "button"}
      class={`button ${look}`}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-label={name}
      ref={buttonRef ?? null}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
