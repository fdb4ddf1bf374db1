import { useRef, useState } from "preact/hooks";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Frame } from "../parts/frame";
import { Notice, ProblemNotice } from "../parts/notice";
import { Tick } from "../parts/tick";
import { HOME } from "../state/route";
import { TEXT } from "../text";

/** Takes the add-on out of the file. Asked twice: a tick with what goes, then a dialog. */
export function RemoveView() {
  const { rpc, announce } = useDesk();
  const [understood, setUnderstood] = useState(false);
  const [missing, setMissing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<readonly string[] | null>(null);
  const tick = useRef<HTMLInputElement>(null);
  const action = useAction();
  const text = TEXT.remove;
  if (removed !== null) return <Removed things={removed} />;
  const ask = (): void => {
    setMissing(!understood);
    if (understood) setAsking(true);
    else tick.current?.focus();
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
      <ul class="bullets">
        {text.gone.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
      <p>{text.stays}</p>
      <Tick boxRef={tick} label={text.tick} checked={understood} onToggle={() => setUnderstood(!understood)} />
      {missing && !understood && (
        <p class="field-problem" role="alert">
          {text.tickMissing}
        </p>
      )}
      {action.problem !== null && <ProblemNotice problem={action.problem} onRetry={action.retry} />}
      <div class="buttons">
        <Button look="danger" busy={action.busy} onClick={ask}>
          {action.busy ? text.removing : text.start}
        </Button>
      </div>
      {asking && (
        <Confirm
          question={text.ask}
          confirm={text.confirm}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            remove();
          }}
        >
          <p>{text.askExplain}</p>
        </Confirm>
      )}
    </Frame>
  );
}

function Removed({ things }: { readonly things: readonly string[] }) {
  const { go } = useDesk();
  const text = TEXT.remove;
  return (
    <Frame heading={text.removedHeading} back={false}>
      <Notice tone="good" title={things.length > 0 ? text.removed : text.removedNothing}>
        <ul class="bullets">
          {things.map((thing) => (
            <li key={thing}>{thing}</li>
          ))}
        </ul>
      </Notice>
      <div class="buttons">
        <Button onClick={() => go(HOME)}>{text.again}</Button>
      </div>
    </Frame>
  );
}
