import type { MappingSummary, PlanView, RunView } from "../../src/contract/views";
import { Notice } from "../parts/notice";
import { count, fill } from "../phrase";
import { undoFinding } from "../state/approval";
import type { RunKind } from "../state/run-kind";
import { TEXT } from "../text";

interface PlanSummaryProps {
  readonly run: RunView;
  readonly plan: PlanView;
  /** null: the mapping is gone. */
  readonly mapping: MappingSummary | null;
  readonly kind: RunKind;
}

/** What a plan comes to, and why it is shown. */
export function PlanSummary({ run, plan, mapping, kind }: PlanSummaryProps) {
  const { counts } = plan;
  const text = TEXT.preview;
  const open = counts.conflicts + counts.errors > 0;
  const emptyText = counts.conflicts > 0 ? text.emptyButConflicts : open ? text.emptyButOpen : text.empty;
  const stopped = mapping?.state === "needs-approval" && mapping.waitingRunId === run.id;
  if (kind !== "sync") return <UndoSummary plan={plan} kind={kind} />;
  return (
    <>
      {stopped && (
        <Notice tone="info">
          <p>{text.stopped}</p>
        </Notice>
      )}
      {plan.empty ? (
        <Notice tone={open ? "info" : "good"}>
          <p>{emptyText}</p>
        </Notice>
      ) : (
        <NothingWritten />
      )}
      {plan.firstSync && (
        <Notice tone="info" title={text.firstSync}>
          <p>{text.firstSyncHint}</p>
        </Notice>
      )}
      {plan.tooLargeToUndo && (
        <Notice tone="warning">
          <p>{text.tooLarge}</p>
        </Notice>
      )}
      <p class="muted">
        {fill(text.compared, { rows: counts.rows, records: counts.records })}
        {counts.unchanged > 0 && ` ${count(text.unchanged, counts.unchanged)}`}
        {counts.ignoredRows > 0 && ` ${count(text.ignored, counts.ignoredRows)}`}
      </p>
    </>
  );
}

function UndoSummary({ plan, kind }: Pick<PlanSummaryProps, "plan" | "kind">) {
  const text = TEXT.preview;
  // The server counts what was asked for; for chosen values "of that sync" would be untrue.
  const restores = kind === "restore";
  const said = restores ? text.restore.chosen : (undoFinding(plan)?.message ?? "");
  return (
    <>
      {plan.empty ? (
        <Notice tone="info">
          <p>{text.undo.empty}</p>
        </Notice>
      ) : (
        <NothingWritten />
      )}
      {said !== "" && !(restores && plan.empty) && <p>{said}</p>}
      {plan.counts.notes > 0 && <p class="muted">{text.undo.explain}</p>}
    </>
  );
}

function NothingWritten() {
  return (
    <p>
      <strong>{TEXT.preview.nothingWritten}</strong>
    </p>
  );
}
