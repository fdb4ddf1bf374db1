import { useState } from "preact/hooks";
import type { RunView } from "../../src/contract/views";
import { Button } from "../parts/button";
import { RowLink } from "../parts/row-link";
import { count, fieldBesideMessage, fill, titleBesideRow } from "../phrase";
import { groupMessages, type MessageGroup } from "../state/group-messages";
import { TEXT } from "../text";

interface ResultMessagesProps {
  readonly run: RunView;
  readonly tabId: number | null;
}

/** What could not be synced, grouped by reason, each with its rows. */
export function ResultMessages({ run, tabId }: ResultMessagesProps) {
  const groups = groupMessages(run.messages);
  const text = TEXT.result;
  const shownErrors = run.messages.filter(({ severity }) => severity === "error").length;
  return (
    <>
      <GroupList heading={text.errorsHeading} severity="error" groups={groups} tabId={tabId} />
      <GroupList heading={text.notesHeading} severity="note" groups={groups} tabId={tabId} />
      {run.totals.errors > shownErrors && <p class="hint">{fill(text.more, { n: run.messages.length })}</p>}
    </>
  );
}

interface GroupListProps {
  readonly heading: string;
  readonly severity: MessageGroup["severity"];
  readonly groups: readonly MessageGroup[];
  readonly tabId: number | null;
}

function GroupList({ heading, severity, groups, tabId }: GroupListProps) {
  const shown = groups.filter((group) => group.severity === severity);
  if (shown.length === 0) return null;
  return (
    <>
      <h2>{heading}</h2>
      <ul class="cards">
        {shown.map((group) => (
          <li key={`${group.field} ${group.message}`} class={`card message ${severity}`}>
            <Group group={group} tabId={tabId} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Rows shown before "show more". */
const FIRST_ROWS = 5;

function Group({ group, tabId }: { readonly group: MessageGroup; readonly tabId: number | null }) {
  const [all, setAll] = useState(false);
  const { items } = group;
  const field = fieldBesideMessage(group);
  const shown = all ? items : items.slice(0, FIRST_ROWS);
  const text = TEXT.result;
  return (
    <>
      <p>
        {field !== "" && <strong>{field}: </strong>}
        {group.message}
      </p>
      <ul class="rows">
        {shown.map((item, index) => (
          // Two messages may be equal in all they say; their place tells them apart.
          <li key={index}>
            <span>{titleBesideRow(item)}</span>
            {item.rowNumber !== null && <RowLink tabId={tabId} row={item.rowNumber} />}
          </li>
        ))}
      </ul>
      {items.length > shown.length && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {count(text.moreRows, items.length - shown.length)}
        </Button>
      )}
    </>
  );
}
