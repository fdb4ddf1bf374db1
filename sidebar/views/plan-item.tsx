import type { ChangeView, PlanItemView, PlanKind } from "../../src/contract/views";
import { PlanItemHead } from "../parts/plan-item-head";
import { Tick } from "../parts/tick";
import { ValueText } from "../parts/value-text";
import { fill } from "../phrase";
import { TEXT } from "../text";

interface PlanItemProps {
  readonly item: PlanItemView;
  readonly tabId: number | null;
  readonly included: boolean;
  onToggle(): void;
}

/** Operations that take values away without any in their place. */
const TAKES_AWAY: readonly PlanKind[] = ["archive", "remove-row"];

/** One record or row of the plan with its changes; what can be left out has a tick. */
export function PlanItem({ item, tabId, included, onToggle }: PlanItemProps) {
  return (
    <li class={included ? "plan-item" : "plan-item left-out"}>
      <PlanItemHead item={item} tabId={tabId}>
        {item.id !== "" && (
          <Tick bare label={fill(TEXT.preview.include, { title: item.title })} checked={included} onToggle={onToggle} />
        )}
      </PlanItemHead>
      {item.message !== "" && <p>{item.message}</p>}
      {item.changes.length > 0 && (
        <dl class="changes">
          {item.changes.map((change, index) => (
            // A row that comes back may have two columns of one name; their place tells them apart.
            <Change key={change.field || index} change={change} gone={TAKES_AWAY.includes(item.kind)} />
          ))}
        </dl>
      )}
    </li>
  );
}

interface ChangeProps {
  readonly change: ChangeView;
  /** The value goes with all the rest: nothing comes in its place. */
  readonly gone: boolean;
}

/** The value now and then. */
function Change({ change, gone }: ChangeProps) {
  const text = TEXT.preview;
  return (
    <>
      <dt>
        {change.label}
        {change.reason !== "" && ` · ${change.reason}`}
      </dt>
      <dd>
        {change.from !== "" && (
          <>
            <span class="unseen">{text.from} </span>
            <del>
              <ValueText value={change.from} />
            </del>
          </>
        )}
        {!gone && (
          <>
            {change.from !== "" && <span aria-hidden="true"> → </span>}
            <span class="unseen">{text.to} </span>
            <ins>
              <ValueText value={change.to} />
            </ins>
          </>
        )}
      </dd>
    </>
  );
}
