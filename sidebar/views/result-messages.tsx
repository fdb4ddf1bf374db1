import { useState } from "preact/hooks";
import type { RunView } from "../../src/contract/views";
import { Button } from "../parts/button";
import { RowLink } from "../parts/row-link";
import { count, fill } from "../phrase";
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
  const errors = groups.filter(({ severity }) => severity === "error");
  const notes = groups.filter(({ severity }) => severity === "note");
  const shownErrors = run.messages.filter(({ severity }) => severity === "error").length;
  return (
    <>
      {errors.length > 0 && <h2>{text.errorsHeading}</h2>}
      <GroupList groups={errors} tabId={tabId} />
      {notes.length > 0 && <h2>{text.notesHeading}</h2>}
      <GroupList groups={notes} tabId={tabId} />
      {run.totals.errors > shownErrors && <p class="hint">{fill(text.more, { n: run.messages.length })}</p>}
    </>
  );
}

function GroupList({ groups, tabId }: { readonly groups: readonly MessageGroup[]; readonly tabId: number | null }) {
  if (groups.length === 0) return null;
  return (
    <ul class="cards">
      {groups.map((group) => (
        <li key={`${group.field} ${group.message}`} class={`card message ${group.severity}`}>
          <Group group={group} tabId={tabId} />
        </li>
      ))}
    </ul>
  );
}

/** Rows shown before "show more". */
const FIRST_ROWS = 5;

function Group({ group, tabId }: { readonly group: MessageGroup; readonly tabId: number | null }) {
  const [all, setAll] = useState(false);
  const { items } = group;
  const shown = all ? items : items.slice(0, FIRST_ROWS);
  const text = TEXT.result;
  return (
    <>
      <p>
        {group.field !== "" && <strong>{group.field}: </strong>}
        {group.message}
      </p>
      <ul class="rows">
        {shown.map((item, index) => (
          // Two messages may be equal in all they say; their place tells them apart.
          <li key={index}>
            <span>{item.title}</span>
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
