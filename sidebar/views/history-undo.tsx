import { useState } from "preact/hooks";
import type { HistoryItemView, LoserView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { useLoad } from "../hooks/use-load";
import { AskedButton } from "../parts/asked-button";
import { Button } from "../parts/button";
import { LoadedPart } from "../parts/loading";
import { Tick } from "../parts/tick";
import { ValueText } from "../parts/value-text";
import { count, fill, joinTexts } from "../phrase";
import type { Route } from "../state/route";
import { formatMoment } from "../state/time-text";
import { TEXT } from "../text";

/** Whether a run can be taken back, the way to do it, and the values that it replaced. */
export function HistoryUndo({ item }: { readonly item: HistoryItemView }) {
  const { app, go } = useDesk();
  const asked = useAction();
  const text = TEXT.undo;
  const when = formatMoment(item.startedMs, app.timeZone);
  return (
    <>
      {item.losers > 0 && <Losers item={item} />}
      {item.undo === "possible" && (
        <AskedButton
          look="quiet"
          label={text.start}
          name={`${text.start}: ${item.type}, ${when}`}
          question={fill(text.ask, { type: item.type, when })}
          explain={text.explain}
          confirm={text.confirm}
          confirmLook="primary"
          action={asked}
          onConfirm={() => go(undoRun(item, null))}
        />
      )}
      {item.undo === "done" && <p class="hint">{text.done}</p>}
      {item.undo === "too-large" && <p class="hint">{text.tooLarge}</p>}
    </>
  );
}

function undoRun({ runId, mappingName }: HistoryItemView, only: readonly string[] | null): Route {
  return { kind: "run", start: { kind: "undo", runId, mappingName, only } };
}

/** Values that somebody had changed and that the run replaced, asked for when they are unfolded. */
function Losers({ item }: { readonly item: HistoryItemView }) {
  const [opened, setOpened] = useState(false);
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary>{count(TEXT.undo.losers, item.losers)}</summary>
      {opened && <LoserList item={item} />}
    </details>
  );
}

function LoserList({ item }: { readonly item: HistoryItemView }) {
  const { rpc, go } = useDesk();
  const list = useLoad(() => rpc.call("undo.losers", { runId: item.runId }), item.runId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const text = TEXT.undo;
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <LoadedPart of={list}>
      {(losers) => (
        <>
          <p class="hint">{text.losersHint}</p>
          <ul class="messages">
            {losers.map((loser) => (
              <li key={loser.id}>
                <Tick
                  label={joinTexts([loser.title, loser.label])}
                  checked={chosen.has(loser.id)}
                  onToggle={() => toggle(loser.id)}
                />
                <Replaced loser={loser} />
              </li>
            ))}
          </ul>
          <div class="buttons">
            <Button disabled={chosen.size === 0} onClick={() => go(undoRun(item, [...chosen]))}>
              {count(text.restore, chosen.size)}
            </Button>
            {chosen.size < losers.length && (
              <Button look="quiet" onClick={() => setChosen(new Set(losers.map(({ id }) => id)))}>
                {text.chooseAll}
              </Button>
            )}
          </div>
        </>
      )}
    </LoadedPart>
  );
}

function Replaced({ loser }: { readonly loser: LoserView }) {
  const { app } = useDesk();
  const text = TEXT.undo;
  return (
    <dl class="changes loser">
      <dt>{fill(text.side[loser.side], { when: formatMoment(loser.atMs, app.timeZone) })}</dt>
      <dd>
        <span class="unseen">{text.was} </span>
        <del>
          <ValueText value={loser.value} />
        </del>
        <span aria-hidden="true"> → </span>
        <span class="unseen">{text.became} </span>
        <ValueText value={loser.replacedBy} />
      </dd>
    </dl>
  );
}
