import { useState } from "preact/hooks";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { ProblemNotice } from "../parts/notice";
import { fill } from "../phrase";
import { HOME } from "../state/route";
import { TEXT } from "../text";

/** Removes one mapping, asked. */
export function RemoveMapping({ id, name }: { readonly id: string; readonly name: string }) {
  const { rpc, go, putApp, setUnsaved } = useDesk();
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const text = TEXT.editor;
  const remove = (): void =>
    action.run(
      () => rpc.call("mapping.remove", { mappingId: id }),
      (state) => {
        setUnsaved(false);
        putApp(state);
        go(HOME);
      },
    );
  return (
    <div class="footer">
      {action.problem !== null && <ProblemNotice problem={action.problem} onRetry={action.retry} />}
      <Button look="quiet" busy={action.busy} onClick={() => setAsking(true)}>
        {text.remove}
      </Button>
      {asking && (
        <Confirm
          question={fill(text.removeAsk, { name })}
          confirm={text.removeConfirm}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            remove();
          }}
        >
          <p>{text.removeExplain}</p>
        </Confirm>
      )}
    </div>
  );
}
