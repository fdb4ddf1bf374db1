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
  /** One of several that exclude each other: whether it is the one that holds. */
  readonly pressed?: boolean;
  /** Name for screen readers where the label alone does not say which one. It has to contain the label. */
  readonly name?: string | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** A button with a verb on it. */
export function Button(props: ButtonProps) {
  const {
    children,
    onClick,
    look = "plain",
    submit = false,
    disabled = false,
    busy = false,
    name,
    buttonRef,
    pressed,
  } = props;
  return (
    <button
      type={submit ? "submit" : "button"}
      class={`button ${look}`}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-pressed={pressed}
      aria-label={name}
      ref={buttonRef ?? null}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
