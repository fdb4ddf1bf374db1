import { useEffect } from "preact/hooks";
import type { CrmName, RunView as Run } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useRun } from "../hooks/use-run";
import { fill } from "../phrase";
import { isOver, type RunStart } from "../state/route";
import { runKind } from "../state/run-kind";
import { percentDone } from "../state/run-rate";
import { TEXT } from "../text";
import { NEW_CRM } from "./new-crm";
import { PreviewView } from "./preview-view";
import { ProgressView } from "./progress-view";
import { ResultView } from "./result-view";

/** One run from its start to its result: progress, the preview where it waits, and what came of it. */
export function RunView({ start }: { readonly start: RunStart }) {
  const { rpc, app } = useDesk();
  const { state, driver } = useRun(rpc, start);
  const { run } = state;
  const mappingId = start.kind === "new" ? start.mappingId : run?.mappingId;
  const mapping = app.mappings.find(({ id }) => id === mappingId) ?? null;
  const crm: CrmName = mapping?.crm ?? NEW_CRM;
  useSpokenProgress(run);
  useKnownRun(run);
  const kind = runKind(start, run);
  if (run !== null && isOver(run)) return <ResultView run={run} kind={kind} crm={crm} mapping={mapping} />;
  if (run !== null && run.phase === "waiting" && run.plan !== null) {
    const atConflicts = start.kind === "new" && start.atConflicts;
    const props = { run, kind, plan: run.plan, crm, mapping, atConflicts };
    return (
      <PreviewView
        {...props}
        busy={state.busy}
        problem={state.problem}
        onApprove={(request) => driver.approve(request)}
      />
    );
  }
  const { mappingName } = start.kind === "resume" ? start.run : start;
  return <ProgressView name={mappingName} kind={kind} state={state} driver={driver} />;
}

/** Home has to know at once, before it asked the server again, whether this run still waits there. */
function useKnownRun(run: Run | null): void {
  const { app, putApp } = useDesk();
  const phase = run?.phase;
  // The phase is what matters: counts change with every step.
  useEffect(() => {
    if (run !== null) putApp({ ...app, run: isOver(run) ? null : run });
  }, [phase]);
}

/** Each quarter is said once: every step would never let a screen reader finish a sentence. */
function useSpokenProgress(run: Run | null): void {
  const { announce } = useDesk();
  const percent = run === null ? null : percentDone(run);
  const quarter = percent === null ? 0 : Math.floor(percent / 25) * 25;
  const phase = run?.phase;
  useEffect(() => {
    if (phase === undefined) return;
    const text = TEXT.run.phase[phase];
    announce(quarter > 0 ? `${text}, ${fill(TEXT.run.percent, { percent: quarter })}` : text);
  }, [phase, quarter, announce]);
}
