import { useState } from "preact/hooks";
import type { CrmName, PlanCountsView, PlanKind, PlanView, RunView } from "../../src/contract/views";
import { usePlanPages } from "../hooks/use-plan-pages";
import { Button } from "../parts/button";
import { Loading } from "../parts/loading";
import { ActionProblem } from "../parts/notice";
import { count, fill, formatNumber, withCrm } from "../phrase";
import { type Approval, toggleItem } from "../state/approval";
import { choiceOf, settleOne } from "../state/settlement";
import { TEXT } from "../text";
import { PlanConflict } from "./plan-conflict";
import { PlanItem } from "./plan-item";
import { SettleAll } from "./settle-all";

interface PlanSectionsProps {
  readonly run: RunView;
  readonly plan: PlanView;
  readonly crm: CrmName;
  /** null: the tab is not known, so rows cannot be shown. */
  readonly tabId: number | null;
  readonly approval: Approval;
  /** The conflicts are unfolded at once. */
  readonly atConflicts: boolean;
  onChange(change: (old: Approval) => Approval): void;
}

interface SectionKind {
  readonly kind: PlanKind;
  readonly count: keyof PlanCountsView;
}

const DECIDE: readonly SectionKind[] = [{ kind: "conflict", count: "conflicts" }];

const WRITES: readonly SectionKind[] = [
  { kind: "create", count: "creates" },
  { kind: "update", count: "updates" },
  { kind: "archive", count: "archives" },
  { kind: "append-row", count: "appends" },
  { kind: "write-cells", count: "rowWrites" },
  { kind: "remove-row", count: "removedRows" },
  { kind: "restore-row", count: "restoredRows" },
  { kind: "link", count: "links" },
  { kind: "unlink", count: "unlinks" },
];

const OPEN: readonly SectionKind[] = [
  { kind: "error", count: "errors" },
  { kind: "note", count: "notes" },
];

/** Id of a section's head in the page. */
export function sectionId(kind: PlanKind): string {
  return `section-${kind}`;
}

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
  const text = TEXT.preview;
  return (
    <>
      {list(text.decideHeading, DECIDE)}
      {list(text.sectionsHeading, WRITES)}
      {list(props.run.undoOf === null ? text.openHeading : text.undo.openHeading, OPEN)}
    </>
  );
}

function PlanSection(props: PlanSectionsProps & { readonly section: SectionKind }) {
  const { section, plan, crm, run } = props;
  const unfolded = props.atConflicts && section.kind === "conflict";
  const [opened, setOpened] = useState(unfolded);
  const words = TEXT.preview.sections[section.kind];
  const explain = run.undoOf === null ? words.explain : "";
  return (
    <details
      class={`plan-section ${section.kind}`}
      open={unfolded}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary id={sectionId(section.kind)}>
        <span class="plan-title">{withCrm(words.title, crm)}</span>
        <span class="plan-count">{formatNumber(plan.counts[section.count])}</span>
      </summary>
      <p class="hint">
        {withCrm(explain, crm)} {sectionExtra(section.kind, plan.counts, crm)}
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
  const { run, section, crm, tabId, approval, onChange } = props;
  const { items, loading, more, ...pages } = usePlanPages(run.id, section.kind);
  const total = pages.total ?? props.plan.counts[section.count];
  const left = total - items.length;
  return (
    <>
      {section.kind === "conflict" && total > 1 && (
        <SettleAll
          direction={run.direction}
          crm={crm}
          settlement={approval.settlement}
          onSettle={(settlement) => onChange((old) => ({ ...old, settlement }))}
        />
      )}
      <ul>
        {items.map((item, index) => {
          const { conflict } = item;
          if (conflict === null) {
            return (
              <PlanItem
                key={item.id || index}
                item={item}
                tabId={tabId}
                included={!approval.leaveOut.has(item.id)}
                onToggle={() => onChange((old) => toggleItem(old, item.id))}
              />
            );
          }
          return (
            <PlanConflict
              key={index}
              item={item}
              conflict={conflict}
              crm={crm}
              tabId={tabId}
              choice={choiceOf(approval.settlement, conflict)}
              onChoose={(choice) =>
                onChange((old) => ({ ...old, settlement: settleOne(old.settlement, conflict, choice) }))
              }
            />
          );
        })}
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
