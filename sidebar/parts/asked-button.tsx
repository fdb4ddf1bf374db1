import { useState } from "preact/hooks";
import type { Action } from "../hooks/use-action";
import { Button, type ButtonLook } from "./button";
import { Confirm } from "./confirm";

interface AskedButtonProps {
  readonly label: string;
  readonly question: string;
  readonly explain: string;
  readonly confirm: string;
  readonly look?: ButtonLook;
  /** The call that the answer starts. */
  readonly action: Action;
  /** What has to be so before it asks; without it nothing has. */
  mayAsk?(): boolean;
  onConfirm(): void;
}

/** A button that asks before it does something which cannot be undone. */
export function AskedButton(props: AskedButtonProps) {
  const { label, question, explain, confirm, look = "plain", action, mayAsk, onConfirm } = props;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look={look} busy={action.busy} onClick={() => setAsking(mayAsk?.() ?? true)}>
        {label}
      </Button>
      {asking && (
        <Confirm
          question={question}
          explain={explain}
          confirm={confirm}
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
