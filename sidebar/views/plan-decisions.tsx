import type { CrmName, GuardView, MappingSummary, PlanView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Tick } from "../parts/tick";
import { count, fill } from "../phrase";
import { type Approval, asksForCreates, guardWarnings, isSettable } from "../state/approval";
import { editPolicies } from "../state/route";
import { TEXT } from "../text";

interface PlanDecisionsProps {
  readonly plan: PlanView;
  readonly crm: CrmName;
  /** null: the mapping is gone. */
  readonly mapping: MappingSummary | null;
  readonly approval: Approval;
  readonly guardTick: { current: HTMLInputElement | null };
  onChange(approval: Approval): void;
}

/** What the user has to say yes to: new records in a first sync, and changes beyond a limit. */
export function PlanDecisions({ plan, crm, mapping, approval, guardTick, onChange }: PlanDecisionsProps) {
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
          {warnings.map((warning) => (
            <PassedLimit key={warning.kind + warning.message} warning={warning} />
          ))}
          {mapping !== null && warnings.some(isSettable) && <LimitsLink mapping={mapping} />}
          <Tick
            boxRef={guardTick}
            label={text.guardTick}
            hint={text.guardTickHint}
            checked={approval.allowGuard}
            onToggle={() => onChange({ ...approval, allowGuard: !approval.allowGuard })}
          />
        </Notice>
      )}
    </>
  );
}

function PassedLimit({ warning }: { readonly warning: GuardView }) {
  return (
    <p>
      {warning.message}
      {isSettable(warning) && ` ${fill(TEXT.preview.guardLimit, { limit: warning.limit })}`}
    </p>
  );
}

function LimitsLink({ mapping }: { readonly mapping: MappingSummary }) {
  const { go } = useDesk();
  return (
    <div>
      <p class="hint">{TEXT.preview.guardWhere}</p>
      <Button look="quiet" onClick={() => go(editPolicies(mapping))}>
        {TEXT.preview.guardEdit}
      </Button>
    </div>
  );
}
