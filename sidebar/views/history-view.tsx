import type { HistoryItemView, RunMessageView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useLoad } from "../hooks/use-load";
import { Frame } from "../parts/frame";
import { HistoryTabButton } from "../parts/history-tab-button";
import { LoadedPart } from "../parts/loading";
import { count, fieldBesideMessage, fill, joinTexts, rowName, titleBesideRow } from "../phrase";
import { formatMoment, formatSpan } from "../state/time-text";
import { TEXT } from "../text";
import { HistoryUndo } from "./history-undo";

const MAX_ITEMS = 50;

const TONES: Readonly<Record<HistoryItemView["outcome"], string>> = {
  ok: "good",
  "with errors": "warn",
  stopped: "plain",
  failed: "bad",
};

/** The last runs and events of the file. */
export function HistoryView() {
  const { rpc } = useDesk();
  const list = useLoad(() => rpc.call("history.list", { limit: MAX_ITEMS }), "");
  const text = TEXT.history;
  return (
    <Frame heading={text.heading}>
      <LoadedPart of={list}>
        {(items) =>
          items.length === 0 ? (
            <p class="muted">{text.empty}</p>
          ) : (
            <>
              <HistoryTabButton look="plain" />
              <ul class="cards">
                {items.map((item) => (
                  <li key={item.runId + item.startedMs} class="card">
                    <HistoryItem item={item} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </LoadedPart>
    </Frame>
  );
}

function HistoryItem({ item }: { readonly item: HistoryItemView }) {
  const { app } = useDesk();
  const text = TEXT.history;
  const { processed, successes, errors, skipped } = item.totals;
  const numbers = joinTexts([
    processed > 0 ? fill(text.summary, { successes, processed }) : "",
    errors > 0 ? count(text.errors, errors) : "",
    skipped > 0 ? fill(text.skipped, { n: skipped }) : "",
  ]);
  const trigger = fill(text.by, { trigger: text.trigger[item.trigger] ?? item.trigger, user: item.user });
  return (
    <>
      <p class="history-title">
        <strong>
          {item.type}
          {item.mappingName && `: ${item.mappingName}`}
        </strong>
        <span class={`chip ${TONES[item.outcome]}`}>{text.outcome[item.outcome]}</span>
      </p>
      <p class="muted">
        {formatMoment(item.startedMs, app.timeZone)}
        {item.durationMs > 0 && ` · ${fill(text.took, { time: formatSpan(item.durationMs) })}`}
      </p>
      <p class="muted">{trigger}</p>
      {numbers && <p>{numbers}</p>}
      <HistoryUndo item={item} />
      {item.messages.length > 0 && (
        <details>
          <summary>{count(text.messages, item.messages.length)}</summary>
          <ul class="messages">
            {item.messages.map((message, index) => (
              // Two messages may be equal in all they say; their place tells them apart.
              <li key={index}>{describeMessage(message)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function describeMessage(item: RunMessageView): string {
  const { rowNumber, message } = item;
  const row = rowNumber === null ? "" : rowName(rowNumber);
  const place = joinTexts([row, titleBesideRow(item), fieldBesideMessage(item)]);
  return joinTexts([place, message], ": ");
}
