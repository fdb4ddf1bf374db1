import { useState } from "preact/hooks";
import type { Action } from "../hooks/use-action";
import { Button, type ButtonLook } from "./button";
import { Confirm } from "./confirm";

interface AskedButtonProps {
  readonly label: string;
  /** Name for screen readers where the label alone does not say which one. */
  readonly name?: string;
  readonly question: string;
  readonly explain: string;
  readonly confirm: string;
  readonly look?: ButtonLook;
  /** Of the button that says yes; it warns unless told otherwise. */
  readonly confirmLook?: ButtonLook;
  /** The call that the answer starts. */
  readonly action: Action;
  /** What has to be so before it asks; without it nothing has. */
  mayAsk?(): boolean;
  onConfirm(): void;
}

/** A button that asks before it does something which cannot be undone. */
export function AskedButton(props: AskedButtonProps) {
  const {
    label,
    name,
    question,
    explain,
    confirm,
    look = "plain",
    confirmLook = "danger",
    action,
    mayAsk,
    onConfirm,
  } = props;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look={look} name={name} busy={action.busy} onClick={() => setAsking(mayAsk?.() ?? true)}>
        {label}
      </Button>
      {asking && (
        <Confirm
          question={question}
          explain={explain}
          confirm={confirm}
          look={confirmLook}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            onConfirm();
          }}
        />
      )}
    </>
  );
}
