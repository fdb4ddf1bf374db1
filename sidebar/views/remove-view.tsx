import { useRef, useState } from "preact/hooks";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { AskedButton } from "../parts/asked-button";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { ActionProblem, Notice } from "../parts/notice";
import { TextList } from "../parts/text-list";
import { Tick } from "../parts/tick";
import { HOME } from "../state/route";
import { TEXT } from "../text";

/** Takes the add-on out of the file. Asked twice: a tick with what goes, then a dialog. */
export function RemoveView() {
  const { rpc, announce } = useDesk();
  const [understood, setUnderstood] = useState(false);
  const [missing, setMissing] = useState(false);
  const [removed, setRemoved] = useState<readonly string[] | null>(null);
  const tick = useRef<HTMLInputElement>(null);
  const action = useAction();
  const text = TEXT.remove;
  if (removed !== null) return <Removed things={removed} />;
  const mayAsk = (): boolean => {
    setMissing(!understood);
    if (!understood) tick.current?.focus();
    return understood;
  };
  const remove = (): void =>
    action.run(
      () => rpc.call("file.remove", { confirm: "remove" }),
      (reply) => {
        setRemoved(reply.removed);
        announce(text.removedHeading);
      },
    );
  return (
    <Frame heading={text.heading}>
      <p>{text.intro}</p>
      <TextList texts={text.gone} />
      <p>{text.stays}</p>
      <Tick boxRef={tick} label={text.tick} checked={understood} onToggle={() => setUnderstood(!understood)} />
      {missing && !understood && (
        <p class="field-problem" role="alert">
          {text.tickMissing}
        </p>
      )}
      <ActionProblem of={action} />
      <div class="buttons">
        <AskedButton
          look="danger"
          label={action.busy ? text.removing : text.start}
          question={text.ask}
          explain={text.askExplain}
          confirm={text.confirm}
          action={action}
          mayAsk={mayAsk}
          onConfirm={remove}
        />
      </div>
    </Frame>
  );
}

function Removed({ things }: { readonly things: readonly string[] }) {
  const { go } = useDesk();
  const text = TEXT.remove;
  return (
    <Frame heading={text.removedHeading} back={false}>
      <Notice tone="good" title={things.length > 0 ? text.removed : text.removedNothing}>
        <TextList texts={things} />
      </Notice>
      <div class="buttons">
        <Button onClick={() => go(HOME)}>{text.again}</Button>
      </div>
    </Frame>
  );
}
