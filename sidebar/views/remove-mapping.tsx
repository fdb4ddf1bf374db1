import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { AskedButton } from "../parts/asked-button";
import { ActionProblem } from "../parts/notice";
import { fill } from "../phrase";
import { HOME } from "../state/route";
import { TEXT } from "../text";

/** Removes one mapping, asked. */
export function RemoveMapping({ id, name }: { readonly id: string; readonly name: string }) {
  const { rpc, go, putApp, setUnsaved } = useDesk();
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
      <ActionProblem of={action} />
      <AskedButton
        look="quiet"
        label={text.remove}
        question={fill(text.removeAsk, { name })}
        explain={text.removeExplain}
        confirm={text.removeConfirm}
        action={action}
        onConfirm={remove}
      />
    </div>
  );
}
