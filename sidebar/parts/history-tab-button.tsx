import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { TEXT } from "../text";
import { Button, type ButtonLook } from "./button";
import { ActionProblem } from "./notice";

/** Opens the tab with the history in the sheet. */
export function HistoryTabButton({ look }: { readonly look: ButtonLook }) {
  const { rpc, announce } = useDesk();
  const action = useAction();
  const text = TEXT.history;
  const show = (): void =>
    action.run(
      () => rpc.call("history.show", {}),
      () => announce(text.shown),
    );
  return (
    <>
      <ActionProblem of={action} />
      <Button look={look} busy={action.busy} onClick={show}>
        {action.busy ? text.opening : text.openTab}
      </Button>
    </>
  );
}
