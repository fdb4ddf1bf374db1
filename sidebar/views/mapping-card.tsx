import type { MappingSummary } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { MenuButton } from "../parts/menu-button";
import { count, fill, withCrm } from "../phrase";
import { editMapping, openWaiting, type Route, settleConflicts, startRun } from "../state/route";
import { formatMoment, formatSchedule } from "../state/time-text";
import { TEXT } from "../text";

interface MappingCardProps {
  readonly mapping: MappingSummary;
  /** The only one of the file: then its main button is the blue one. */
  readonly only: boolean;
}

const TONES: Readonly<Record<MappingSummary["state"], string>> = {
  never: "plain",
  "in-step": "good",
  errors: "bad",
  conflicts: "warn",
  "needs-approval": "warn",
  broken: "bad",
  "other-account": "bad",
};

/** States that the chip says all of; their sentence would say it again. */
const SAID: readonly MappingSummary["state"][] = ["never", "in-step", "conflicts"];

/** One sync of the file: how it stands and what can be done with it. */
export function MappingCard({ mapping, only }: MappingCardProps) {
  const { app, go } = useDesk();
  const text = TEXT.home;
  const { crm } = mapping;
  const connected = app.connections.some((connection) => connection.crm === mapping.crm);
  const waiting = mapping.state === "needs-approval" ? mapping.waitingRunId : null;
  // Before the first sync, and where a plan waits for approval, looking comes before writing.
  const previewFirst = mapping.state === "never" || waiting !== null;
  // A preview would put another plan in the place of the one that waits.
  const look = waiting === null ? startRun(mapping, mapping.direction, true) : openWaiting(waiting, mapping.name);
  const lookText = waiting === null ? text.preview : text.waitingOpen;
  const heading = `mapping-${mapping.id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{mapping.name}</h2>
      <p class="muted">{fill(text.source, { object: mapping.objectLabel, tab: mapping.tabName })}</p>
      <p class="muted">
        {withCrm(TEXT.direction[mapping.direction].name, crm)} · {count(text.columns, mapping.columnCount)}
      </p>
      <States mapping={mapping} connected={connected} plan={waiting === null ? null : look} />
      {!SAID.includes(mapping.state) && <p>{mapping.stateText}</p>}
      <dl class="facts">
        <dt>{text.lastRun}</dt>
        <dd>{formatMoment(mapping.lastRunMs, app.timeZone)}</dd>
        <dt>{text.schedule}</dt>
        <dd>{formatSchedule(mapping.schedule)}</dd>
      </dl>
      {mapping.schedule.problem !== "" && <p class="field-problem">{mapping.schedule.problem}</p>}
      <div class="buttons">
        <SyncButton mapping={mapping} primary={only && connected && !previewFirst} disabled={!connected} />
        <Button
          look={only && connected && previewFirst ? "primary" : "plain"}
          disabled={!connected}
          name={`${lookText}: ${mapping.name}`}
          onClick={() => go(look)}
        >
          {lookText}
        </Button>
      </div>
      <div class="links">
        <Button look="quiet" name={`${text.edit}: ${mapping.name}`} onClick={() => go(editMapping(mapping))}>
          {text.edit}
        </Button>
        <Button
          look="quiet"
          name={`${text.schedule}: ${mapping.name}`}
          onClick={() => go({ kind: "schedule", mapping })}
        >
          {text.schedule}
        </Button>
      </div>
    </section>
  );
}

interface StatesProps {
  readonly mapping: MappingSummary;
  readonly connected: boolean;
  /** The way to the plan that waits for approval; null: none does. */
  readonly plan: Route | null;
}

/** How it stands. Conflicts of a plan that waits are settled there: a preview would put another plan in its place. */
function States({ mapping, connected, plan }: StatesProps) {
  const { state, openConflicts } = mapping;
  return (
    <p class="state">
      {state !== "conflicts" && (
        <StateChip tone={TONES[state]} leadsTo={connected ? plan : null}>
          {TEXT.mappingState[state]}
        </StateChip>
      )}
      {openConflicts > 0 && (
        <StateChip tone="warn" leadsTo={connected && plan === null ? settleConflicts(mapping) : null}>
          {count(TEXT.home.conflicts, openConflicts)}
        </StateChip>
      )}
    </p>
  );
}

interface StateChipProps {
  readonly tone: string;
  /** Where to see to it; null: there is nothing to do, or no way to do it. */
  readonly leadsTo: Route | null;
  readonly children: string;
}

/** A state in a few words, which leads to what can be done about it. */
function StateChip({ tone, leadsTo, children }: StateChipProps) {
  const { go } = useDesk();
  if (leadsTo === null) return <span class={`chip ${tone}`}>{children}</span>;
  return (
    <button type="button" class={`chip ${tone}`} onClick={() => go(leadsTo)}>
      {children}
      <span aria-hidden="true"> ›</span>
    </button>
  );
}

interface SyncButtonProps {
  readonly mapping: MappingSummary;
  readonly primary: boolean;
  readonly disabled: boolean;
}

/** One direction: a button. Both ways: a menu, since a run may be narrower than its mapping. */
function SyncButton({ mapping, primary, disabled }: SyncButtonProps) {
  const { go } = useDesk();
  const label = TEXT.home.sync;
  const name = `${label}: ${mapping.name}`;
  if (mapping.direction !== "both") {
    return (
      <Button
        look={primary ? "primary" : "plain"}
        disabled={disabled}
        name={name}
        onClick={() => go(startRun(mapping, mapping.direction, false))}
      >
        {label}
      </Button>
    );
  }
  const { crm } = mapping;
  const items = (["both", "pull", "push"] as const).map((direction) => ({
    label: withCrm(TEXT.direction[direction].verb, crm),
    hint: withCrm(TEXT.direction[direction].hint, crm),
    onChoose: () => go(startRun(mapping, direction, false)),
  }));
  return <MenuButton label={label} name={name} primary={primary} disabled={disabled} items={items} />;
}
