import type { CrmName, MappingSummary, RunTotalsView, RunView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { HistoryTabButton } from "../parts/history-tab-button";
import { Notice, ProblemNotice } from "../parts/notice";
import { TextList } from "../parts/text-list";
import { count, formatNumber, withCrm } from "../phrase";
import { HOME, settleConflicts, startRun } from "../state/route";
import type { RunKind } from "../state/run-kind";
import { TEXT } from "../text";
import { ResultMessages } from "./result-messages";

interface ResultViewProps {
  readonly run: RunView;
  readonly crm: CrmName;
  /** null: the mapping is gone. */
  readonly mapping: MappingSummary | null;
  readonly kind: RunKind;
}

/** What came of a run, what did not work, and what to do about it. */
export function ResultView({ run, kind, crm, mapping }: ResultViewProps) {
  const { go } = useDesk();
  const text = TEXT.result;
  const headings = text.heading[kind];
  const heading = run.phase === "cancelled" || run.phase === "failed" ? headings[run.phase] : headings.done;
  const settles = run.openConflicts > 0 && mapping !== null;
  return (
    <Frame heading={heading}>
      <p class="muted">{run.mappingName}</p>
      <Verdict run={run} crm={crm} />
      {run.totals.processed > 0 && <Totals totals={run.totals} crm={crm} />}
      <ResultMessages run={run} tabId={mapping?.tabId ?? null} />
      <NextSteps run={run} />
      <div class="buttons">
        {settles && (
          <Button look="primary" onClick={() => go(settleConflicts(mapping))}>
            {text.settle}
          </Button>
        )}
        <Button look={settles ? "plain" : "primary"} onClick={() => go(HOME)}>
          {TEXT.plain.done}
        </Button>
        {mapping !== null && run.undoOf === null && (
          <Button onClick={() => go(startRun(mapping, run.direction, false))}>{text.again}</Button>
        )}
      </div>
    </Frame>
  );
}

function Verdict({ run, crm }: Pick<ResultViewProps, "run" | "crm">) {
  const text = TEXT.result;
  const { openConflicts } = run;
  const open = openConflicts > 0;
  const { errors, processed, skipped, successes } = run.totals;
  const undone = run.undoOf !== null && successes > 0;
  if (run.phase === "failed" && run.error !== null) return <ProblemNotice problem={run.error} />;
  const [tone, words] =
    run.phase === "cancelled"
      ? (["info", processed > 0 ? text.cancelled : text.cancelledEarly] as const)
      : errors > 0
        ? (["warning", count(text.withErrors, errors)] as const)
        : ([
            "good",
            undone ? (skipped > 0 ? text.undone : text.undoneAll) : processed > 0 ? text.ok : text.nothing,
          ] as const);
  return (
    <>
      {!(open && tone === "good") && (
        <Notice tone={tone}>
          <p>{words}</p>
        </Notice>
      )}
      {open && (
        <Notice tone="warning" title={count(text.conflicts, openConflicts)}>
          <p>{withCrm(text.conflictsHint, crm)}</p>
        </Notice>
      )}
    </>
  );
}

const EFFECTS = ["created", "updated", "archived", "appended", "cellsWritten", "rowsRemoved", "linked"] as const;
const ITEMS = ["processed", "successes", "errors", "skipped"] as const;

function Totals({ totals, crm }: { readonly totals: RunTotalsView; readonly crm: CrmName }) {
  const shown = [
    ...ITEMS.filter((key) => key !== "skipped" || totals.skipped > 0),
    ...EFFECTS.filter((key) => totals[key] > 0),
  ];
  return (
    <table class="totals">
      <tbody>
        {shown.map((key) => (
          <tr key={key}>
            <th scope="row">{withCrm(TEXT.totals[key], crm)}</th>
            <td>{formatNumber(totals[key])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NextSteps({ run }: { readonly run: RunView }) {
  const text = TEXT.result;
  const steps = [
    run.totals.errors > 0 ? text.nextErrors : "",
    run.phase === "cancelled" && run.totals.processed > 0 ? text.nextCancelled : "",
  ].filter(Boolean);
  if (steps.length === 0) return null;
  return (
    <>
      <h2>{text.next}</h2>
      <TextList texts={steps} />
      <HistoryTabButton look="quiet" />
    </>
  );
}
