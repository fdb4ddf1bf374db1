import { useRef, useState } from "preact/hooks";
import type { CrmName, MappingSummary, PlanView, RunView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { ProblemNotice } from "../parts/notice";
import { count, fill } from "../phrase";
import type { Problem } from "../rpc/problem";
import {
  type Approval,
  type ApprovalRequest,
  freshApproval,
  lacksGuardTick,
  toApprovalRequest,
} from "../state/approval";
import { HOME } from "../state/route";
import type { RunKind } from "../state/run-kind";
import { countSettled } from "../state/settlement";
import { TEXT } from "../text";
import { PlanDecisions } from "./plan-decisions";
import { PlanSections, sectionId } from "./plan-sections";
import { PlanSummary } from "./plan-summary";

interface PreviewViewProps {
  readonly run: RunView;
  readonly plan: PlanView;
  readonly crm: CrmName;
  readonly mapping: MappingSummary | null;
  readonly atConflicts: boolean;
  readonly kind: RunKind;
  /** The approval is on its way. */
  readonly busy: boolean;
  readonly problem: Problem | null;
  onApprove(request: ApprovalRequest): void;
}

/** Everything a run would change, before it does. */
export function PreviewView(props: PreviewViewProps) {
  const { run, kind, plan, crm, mapping, atConflicts } = props;
  const [approval, setApproval] = useState(() => freshApproval(plan));
  const guardTick = useRef<HTMLInputElement>(null);
  const text = TEXT.preview;
  return (
    <Frame
      heading={fill(text.heading[kind], { name: run.mappingName })}
      startAt={atConflicts ? sectionId("conflict") : undefined}
    >
      <PlanSummary run={run} plan={plan} mapping={mapping} kind={kind} />
      <PlanDecisions
        plan={plan}
        crm={crm}
        mapping={mapping}
        approval={approval}
        guardTick={guardTick}
        onChange={setApproval}
      />
      <PlanSections
        run={run}
        plan={plan}
        crm={crm}
        tabId={mapping?.tabId ?? null}
        approval={approval}
        atConflicts={atConflicts}
        onChange={setApproval}
      />
      <PreviewBar {...props} approval={approval} focusTick={() => guardTick.current?.focus()} />
    </Frame>
  );
}

interface PreviewBarProps extends PreviewViewProps {
  readonly approval: Approval;
  /** Leads to the tick that is missing. */
  focusTick(): void;
}

/** What was decided so far, and the two ways on. */
function PreviewBar({ run, kind, plan, busy, problem, onApprove, approval, focusTick }: PreviewBarProps) {
  const { rpc, app, go, putApp, announce } = useDesk();
  const [guardMissing, setGuardMissing] = useState(false);
  const discarding = useAction();
  const text = TEXT.preview;
  const settled = countSettled(approval.settlement, plan.counts.conflicts);
  const nothing = plan.empty && settled === 0;
  const apply = (): void => {
    const lacking = lacksGuardTick(plan, approval);
    setGuardMissing(lacking);
    if (lacking) focusTick();
    else onApprove(toApprovalRequest(run.id, approval));
  };
  const discard = (): void =>
    discarding.run(
      () => rpc.call("run.cancel", { runId: run.id }),
      () => {
        announce(text.discarded);
        putApp({ ...app, run: null });
        go(HOME);
      },
    );
  return (
    <div class="save-bar stack">
      {approval.leaveOut.size > 0 && <p>{count(text.leftOut, approval.leaveOut.size)}</p>}
      {plan.counts.conflicts > 0 && (
        <p role="status">{settled > 0 && fill(text.conflict.settled, { n: settled, total: plan.counts.conflicts })}</p>
      )}
      {guardMissing && lacksGuardTick(plan, approval) && (
        <p class="field-problem" role="alert">
          {text.guardMissing}
        </p>
      )}
      <ProblemNotice problem={problem ?? discarding.problem} />
      <div class="buttons">
        {!nothing && (
          <Button look="primary" busy={busy} disabled={discarding.busy} onClick={apply}>
            {busy ? text.applying : text.apply[kind]}
          </Button>
        )}
        <Button busy={discarding.busy} disabled={busy} onClick={discard}>
          {nothing ? TEXT.plain.close : text.discard}
        </Button>
      </div>
    </div>
  );
}
