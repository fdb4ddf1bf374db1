import type { ComponentChildren } from "preact";
import type { PlanItemView } from "../../src/contract/views";
import { titleBesideRow } from "../phrase";
import { TEXT } from "../text";
import { RowLink } from "./row-link";
import { TitleText } from "./title-text";

interface PlanItemHeadProps {
  readonly item: PlanItemView;
  /** null: the tab is not known, so the row is only named. */
  readonly tabId: number | null;
  /** In front of the title. */
  readonly children?: ComponentChildren;
}

/** What a record or row of a plan is called, and the way to its row. */
export function PlanItemHead({ item, tabId, children }: PlanItemHeadProps) {
  const title = titleBesideRow({ ...item, title: item.title || TEXT.plain.emptyValue });
  return (
    <div class="plan-item-head">
      {children}
      {title !== "" && (
        <strong>
          <TitleText title={title} />
        </strong>
      )}
      {item.rowNumber !== null && <RowLink tabId={tabId} row={item.rowNumber} />}
    </div>
  );
}
