import { useState } from "preact/hooks";
import type { CrmName, PlanCountsView, PlanKind, PlanView, RunView } from "../../src/contract/views";
import { usePlanPages } from "../hooks/use-plan-pages";
import { Button } from "../parts/button";
import { Loading } from "../parts/loading";
import { ActionProblem } from "../parts/notice";
import { count, fill, formatNumber, withCrm } from "../phrase";
import { TEXT } from "../text";
import { PlanItem } from "./plan-item";

interface PlanSectionsProps {
  readonly run: RunView;
  readonly plan: PlanView;
  readonly crm: CrmName;
  /** null: the tab is not known, so rows cannot be shown. */
  readonly tabId: number | null;
  readonly leaveOut: ReadonlySet<string>;
  onToggle(id: string): void;
}

interface SectionKind {
  readonly kind: PlanKind;
  readonly count: keyof PlanCountsView;
}

const WRITES: readonly SectionKind[] = [
  { kind: "create", count: "creates" },
  { kind: "update", count: "updates" },
  { kind: "append-row", count: "appends" },
  { kind: "write-cells", count: "rowWrites" },
  { kind: "link", count: "links" },
];

const OPEN: readonly SectionKind[] = [
  { kind: "conflict", count: "conflicts" },
  { kind: "error", count: "errors" },
  { kind: "note", count: "notes" },
];

/** The plan by kinds: how many, what that means, and on demand each one. */
export function PlanSections(props: PlanSectionsProps) {
  const list = (heading: string, kinds: readonly SectionKind[]) => {
    const shown = kinds.filter((kind) => props.plan.counts[kind.count] > 0);
    return (
      <>
        {shown.length > 0 && <h2>{heading}</h2>}
        {shown.map((section) => (
          <PlanSection key={section.kind} {...props} section={section} />
        ))}
      </>
    );
  };
  return (
    <>
      {list(TEXT.preview.sectionsHeading, WRITES)}
      {list(TEXT.preview.openHeading, OPEN)}
    </>
  );
}

function PlanSection(props: PlanSectionsProps & { readonly section: SectionKind }) {
  const { section, plan, crm } = props;
  const [opened, setOpened] = useState(false);
  const text = TEXT.preview;
  const words = text.sections[section.kind];
  return (
    <details
      class={`plan-section ${section.kind}`}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary>
        <span class="plan-title">{withCrm(words.title, crm)}</span>
        <span class="plan-count">{formatNumber(plan.counts[section.count])}</span>
      </summary>
      <p class="hint">
        {withCrm(words.explain, crm)} {sectionExtra(section.kind, plan.counts, crm)}
      </p>
      {/* Items are loaded when they are first looked at: a plan may hold thousands. */}
      {opened && <SectionItems {...props} />}
    </details>
  );
}

function sectionExtra(kind: PlanKind, counts: PlanCountsView, crm: CrmName): string {
  if (kind === "update" && counts.clears > 0) return count(TEXT.preview.clears, counts.clears, { crm: TEXT.crm[crm] });
  if (kind === "write-cells" && counts.cellWrites > 0) return count(TEXT.preview.cells, counts.cellWrites);
  return "";
}

function SectionItems(props: PlanSectionsProps & { readonly section: SectionKind }) {
  const { run, section, crm, tabId, leaveOut, onToggle } = props;
  const { items, loading, more, ...pages } = usePlanPages(run.id, section.kind);
  const total = pages.total ?? props.plan.counts[section.count];
  const left = total - items.length;
  return (
    <>
      <ul>
        {items.map((item, index) => (
          <PlanItem
            key={item.id || index}
            item={item}
            crm={crm}
            tabId={tabId}
            included={!leaveOut.has(item.id)}
            onToggle={() => onToggle(item.id)}
          />
        ))}
      </ul>
      {loading.busy && <Loading />}
      <ActionProblem of={loading} />
      {!loading.busy && loading.problem === null && left > 0 && (
        <p class="line">
          <span class="muted">{fill(TEXT.preview.shown, { shown: items.length, total })}</span>
          <Button onClick={more}>{TEXT.preview.showMore}</Button>
        </p>
      )}
    </>
  );
}
