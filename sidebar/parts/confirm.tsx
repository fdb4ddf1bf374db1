import { useEffect, useId, useRef } from "preact/hooks";
import { TEXT } from "../text";
import { Button, type ButtonLook } from "./button";

interface ConfirmProps {
  readonly question: string;
  readonly explain: string;
  readonly confirm: string;
  readonly look?: ButtonLook;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something happens. A dialog of the browser: it keeps the focus, and Escape means no. */
export function Confirm({ question, explain, confirm, look = "danger", onConfirm, onCancel }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closing gives the focus back to where it was; taking the element away alone would lose it.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={title}>{question}</h2>
      <p>{explain}</p>
      <div class="buttons">
        <Button look={look} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button onClick={onCancel}>{TEXT.plain.cancel}</Button>
      </div>
    </dialog>
  );
}
