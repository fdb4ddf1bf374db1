import type { MappingSummary } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { MenuButton } from "../parts/menu-button";
import { count, fill, withCrm } from "../phrase";
import { editMapping, startRun } from "../state/route";
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
  // Before the first sync, and where a plan waits for approval, looking comes before writing.
  const previewFirst = mapping.state === "never" || mapping.state === "needs-approval";
  const conflicts = count(text.conflicts, mapping.openConflicts);
  const heading = `mapping-${mapping.id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{mapping.name}</h2>
      <p class="muted">{fill(text.source, { object: mapping.objectLabel, tab: mapping.tabName })}</p>
      <p class="muted">
        {withCrm(TEXT.direction[mapping.direction].name, crm)} · {count(text.columns, mapping.columnCount)}
      </p>
      <p class="state">
        <span class={`chip ${TONES[mapping.state]}`}>
          {mapping.state === "conflicts" ? conflicts : TEXT.mappingState[mapping.state]}
        </span>
        {mapping.state !== "conflicts" && mapping.openConflicts > 0 && <span class="chip warn">{conflicts}</span>}
      </p>
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
          name={`${text.preview}: ${mapping.name}`}
          onClick={() => go(startRun(mapping, mapping.direction, true))}
        >
          {text.preview}
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
