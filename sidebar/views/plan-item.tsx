import type { ChangeView, CrmName, PlanItemView } from "../../src/contract/views";
import { RowLink } from "../parts/row-link";
import { Tick } from "../parts/tick";
import { ValueText } from "../parts/value-text";
import { fill, titleBesideRow, withCrm } from "../phrase";
import { TEXT } from "../text";

interface PlanItemProps {
  readonly item: PlanItemView;
  readonly crm: CrmName;
  readonly tabId: number | null;
  readonly included: boolean;
  onToggle(): void;
}

/** One record or row of the plan with its changes; what can be left out has a tick. */
export function PlanItem({ item, crm, tabId, included, onToggle }: PlanItemProps) {
  const title = titleBesideRow({ ...item, title: item.title || TEXT.plain.emptyValue });
  return (
    <li class={included ? "plan-item" : "plan-item left-out"}>
      <div class="plan-item-head">
        {item.id !== "" && (
          <Tick bare label={fill(TEXT.preview.include, { title: item.title })} checked={included} onToggle={onToggle} />
        )}
        {title !== "" && <strong>{title}</strong>}
        {item.rowNumber !== null && <RowLink tabId={tabId} row={item.rowNumber} />}
      </div>
      {item.message !== "" && <p>{item.message}</p>}
      {item.changes.length > 0 && (
        <dl class="changes">
          {item.changes.map((change) => (
            <Change key={change.field} change={change} conflict={item.kind === "conflict"} crm={crm} />
          ))}
        </dl>
      )}
    </li>
  );
}

interface ChangeProps {
  readonly change: ChangeView;
  readonly conflict: boolean;
  readonly crm: CrmName;
}

/** A conflict shows both sides' values; any other change shows the value now and then. */
function Change({ change, conflict, crm }: ChangeProps) {
  const text = TEXT.preview;
  if (conflict) {
    return (
      <>
        <dt>{change.label}</dt>
        <dd>
          <span class="muted">{text.inSheet}</span> <ValueText value={change.from} />
        </dd>
        <dd>
          <span class="muted">{withCrm(text.inCrm, crm)}</span> <ValueText value={change.to} />
        </dd>
      </>
    );
  }
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
            <span aria-hidden="true"> → </span>
          </>
        )}
        <span class="unseen">{text.to} </span>
        <ins>
          <ValueText value={change.to} />
        </ins>
      </dd>
    </>
  );
}
