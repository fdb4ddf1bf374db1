import { useRef, useState } from "preact/hooks";
import type { CrmName, MappingSummary, PlanView, RunView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { Notice, ProblemNotice } from "../parts/notice";
import { Tick } from "../parts/tick";
import { count, fill } from "../phrase";
import type { Problem } from "../rpc/problem";
import {
  type Approval,
  type ApprovalRequest,
  asksForCreates,
  freshApproval,
  guardWarnings,
  lacksGuardTick,
  toApprovalRequest,
  toggleItem,
} from "../state/approval";
import { HOME } from "../state/route";
import { TEXT } from "../text";
import { PlanSections } from "./plan-sections";

interface PreviewViewProps {
  readonly run: RunView;
  readonly plan: PlanView;
  readonly crm: CrmName;
  readonly mapping: MappingSummary | null;
  /** The approval is on its way. */
  readonly busy: boolean;
  readonly problem: Problem | null;
  onApprove(request: ApprovalRequest): void;
}

/** Everything a run would change, before it does. */
export function PreviewView({ run, plan, crm, mapping, busy, problem, onApprove }: PreviewViewProps) {
  const { rpc, app, go, putApp, announce } = useDesk();
  const [approval, setApproval] = useState(() => freshApproval(plan));
  const [guardMissing, setGuardMissing] = useState(false);
  const guardTick = useRef<HTMLInputElement>(null);
  const discarding = useAction();
  const text = TEXT.preview;
  const apply = (): void => {
    const lacking = lacksGuardTick(plan, approval);
    setGuardMissing(lacking);
    if (lacking) guardTick.current?.focus();
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
  const trouble = problem ?? discarding.problem;
  return (
    <Frame heading={fill(text.heading, { name: run.mappingName })}>
      <PlanSummary plan={plan} />
      <Decisions plan={plan} crm={crm} approval={approval} guardTick={guardTick} onChange={setApproval} />
      <PlanSections
        run={run}
        plan={plan}
        crm={crm}
        tabId={mapping?.tabId ?? null}
        leaveOut={approval.leaveOut}
        onToggle={(id) => setApproval((old) => toggleItem(old, id))}
      />
      <div class="save-bar stack">
        {approval.leaveOut.size > 0 && <p>{count(text.leftOut, approval.leaveOut.size)}</p>}
        {guardMissing && lacksGuardTick(plan, approval) && (
          <p class="field-problem" role="alert">
            {text.guardMissing}
          </p>
        )}
        <ProblemNotice problem={trouble} />
        <div class="buttons">
          {!plan.empty && (
            <Button look="primary" busy={busy} disabled={discarding.busy} onClick={apply}>
              {busy ? text.applying : text.apply}
            </Button>
          )}
          <Button busy={discarding.busy} disabled={busy} onClick={discard}>
            {plan.empty ? TEXT.plain.close : text.discard}
          </Button>
        </div>
      </div>
    </Frame>
  );
}

function PlanSummary({ plan }: { readonly plan: PlanView }) {
  const { counts } = plan;
  const text = TEXT.preview;
  const open = counts.conflicts + counts.errors > 0;
  return (
    <>
      {plan.empty ? (
        <Notice tone={open ? "info" : "good"}>
          <p>{open ? text.emptyButOpen : text.empty}</p>
        </Notice>
      ) : (
        <p>
          <strong>{text.nothingWritten}</strong>
        </p>
      )}
      {plan.firstSync && (
        <Notice tone="info" title={text.firstSync}>
          <p>{text.firstSyncHint}</p>
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

interface DecisionsProps {
  readonly plan: PlanView;
  readonly crm: CrmName;
  readonly approval: Approval;
  readonly guardTick: { current: HTMLInputElement | null };
  onChange(approval: Approval): void;
}

function Decisions({ plan, crm, approval, guardTick, onChange }: DecisionsProps) {
  const warnings = guardWarnings(plan);
  const text = TEXT.preview;
  return (
    <>
      {asksForCreates(plan) && (
        <Tick
          label={count(text.creates, plan.counts.creates, { crm: TEXT.crm[crm] })}
          hint={text.createsOff}
          checked={approval.allowCreates}
          onToggle={() => onChange({ ...approval, allowCreates: !approval.allowCreates })}
        />
      )}
      {warnings.length > 0 && (
        <Notice tone="warning" title={text.guardHeading}>
          {warnings.map(({ kind, message }) => (
            <p key={kind + message}>{message}</p>
          ))}
          <Tick
            boxRef={guardTick}
            label={text.guardTick}
            checked={approval.allowGuard}
            onToggle={() => onChange({ ...approval, allowGuard: !approval.allowGuard })}
          />
        </Notice>
      )}
    </>
  );
}
