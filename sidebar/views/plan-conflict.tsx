import { useId } from "preact/hooks";
import type { ConflictSide, ConflictView, CrmName, PlanItemView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { PlanItemHead } from "../parts/plan-item-head";
import { ValueText } from "../parts/value-text";
import { fill, withCrm } from "../phrase";
import type { ConflictChoice } from "../state/settlement";
import { formatMoment, formatRange } from "../state/time-text";
import { TEXT } from "../text";

interface PlanConflictProps {
  readonly item: PlanItemView;
  readonly conflict: ConflictView;
  readonly crm: CrmName;
  readonly tabId: number | null;
  readonly choice: ConflictChoice;
  onChoose(choice: ConflictChoice): void;
}

/** One conflict: what both sides held, what each holds now, and who is to win. */
export function PlanConflict({ item, conflict, crm, tabId, choice, onChoose }: PlanConflictProps) {
  const name = useId();
  const text = TEXT.preview.conflict;
  const label = item.changes[0]?.label ?? conflict.field;
  const sides = (["sheet", "crm"] as const).map((side) => (
    <Side
      key={side}
      side={side}
      conflict={conflict}
      crm={crm}
      name={name}
      chosen={choice === side}
      onChoose={() => onChoose(side)}
    />
  ));
  return (
    <li class="plan-item">
      <PlanItemHead item={item} tabId={tabId} />
      <fieldset>
        <legend>
          <span class="unseen">{item.title}: </span>
          {label}
        </legend>
        <p class="hint">
          {conflict.base === null ? (
            text.noBase
          ) : (
            <>
              {text.base} <ValueText value={conflict.base} />
            </>
          )}
        </p>
        <div class="sides">{sides}</div>
        {conflict.winners.length > 0 && (
          <label class="tick">
            <input type="radio" name={name} checked={choice === "open"} onChange={() => onChoose("open")} />
            {text.open}
          </label>
        )}
        {conflict.winners.length === 1 && item.message === "" && (
          <p class="hint">{withCrm(text.oneWay[conflict.winners[0] ?? "crm"], crm)}</p>
        )}
        {item.message !== "" && <p class="hint">{item.message}</p>}
      </fieldset>
    </li>
  );
}

interface SideProps {
  readonly side: ConflictSide;
  readonly conflict: ConflictView;
  readonly crm: CrmName;
  readonly name: string;
  readonly chosen: boolean;
  onChoose(): void;
}

/** The value of one side; a side that may not win is only shown. */
function Side({ side, conflict, crm, name, chosen, onChoose }: SideProps) {
  const { app } = useDesk();
  const text = TEXT.preview.conflict;
  const id = `${name}-${side}`;
  const [fromMs, toMs] =
    side === "sheet" ? [conflict.sheetFromMs, conflict.sheetMs] : [conflict.crmFromMs, conflict.crmMs];
  return (
    <div class={chosen ? "side chosen" : "side"}>
      {conflict.winners.includes(side) ? (
        <label class="tick">
          <input type="radio" name={name} checked={chosen} aria-describedby={id} onChange={onChoose} />
          {withCrm(text.keep[side], crm)}
        </label>
      ) : (
        <strong>{withCrm(text.side[side], crm)}</strong>
      )}
      <div id={id}>
        <p>
          <ValueText value={conflict[side]} />
        </p>
        {toMs !== null && <p class="hint">{changedText(fromMs, toMs, app.timeZone)}</p>}
      </div>
    </div>
  );
}

/** Shorter intervals are said as a moment. */
const MOMENT_MS = 120_000;

function changedText(fromMs: number | null, toMs: number, timeZone: string): string {
  const text = TEXT.preview.conflict;
  const to = formatMoment(toMs, timeZone);
  if (fromMs === null) return fill(text.changedBefore, { to });
  if (toMs - fromMs < MOMENT_MS) return fill(text.changedAt, { to });
  return fill(text.changedWithin, { range: formatRange(fromMs, toMs, timeZone) });
}
