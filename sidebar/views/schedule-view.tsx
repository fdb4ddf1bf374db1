import { useState } from "preact/hooks";
import type { MappingSummary, ScheduleView as Schedule } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { Button } from "../parts/button";
import { ChoiceList } from "../parts/choice-list";
import { Frame } from "../parts/frame";
import { ActionProblem, Notice } from "../parts/notice";
import { SelectField } from "../parts/select-field";
import { fill } from "../phrase";
import { dayName, formatHour, formatMoment } from "../state/time-text";
import { TEXT } from "../text";

const KINDS = ["off", "hourly", "daily", "weekly"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: formatHour(hour) }));
const DAYS = Array.from({ length: 7 }, (_, index) => ({ value: String(index + 1), label: dayName(index + 1) }));

/** Day 1 Monday … 7 Sunday; hour 0..23 in the spreadsheet's zone. */
interface DayAndHour {
  readonly day: number;
  readonly hour: number;
}

/** When the clock starts a sync, and what became of that. */
export function ScheduleView({ mapping }: { readonly mapping: MappingSummary }) {
  const { rpc, app, putApp, announce } = useDesk();
  // The saved state of the schedule: the app's, which knows more than the moment this view was opened.
  const { schedule } = app.mappings.find(({ id }) => id === mapping.id) ?? mapping;
  const [kind, setKind] = useState(schedule.kind);
  const [time, setTime] = useState<DayAndHour>({ day: schedule.day, hour: schedule.hour });
  const [saved, setSaved] = useState(false);
  const action = useAction();
  const text = TEXT.schedule;
  const save = (): void =>
    action.run(
      () => rpc.call("schedule.save", { mappingId: mapping.id, schedule: { kind, ...time } }),
      (summary) => {
        putApp({ ...app, mappings: app.mappings.map((old) => (old.id === summary.id ? summary : old)) });
        setSaved(true);
        announce(text.saved);
      },
    );
  return (
    <Frame heading={fill(text.heading, { name: mapping.name })}>
      {schedule.problem !== "" && (
        <Notice tone="warning">
          <p>{schedule.problem}</p>
        </Notice>
      )}
      <ChoiceList
        legend={text.legend}
        value={kind}
        choices={KINDS.map((value) => ({ value, label: text[value] }))}
        onChange={(value) => setKind(value)}
      >
        {(kind === "daily" || kind === "weekly") && (
          <ScheduleTime time={time} weekly={kind === "weekly"} timeZone={schedule.timeZone} onChange={setTime} />
        )}
      </ChoiceList>
      {kind !== "off" && (
        <p class="hint">
          {text.ownerHint} {text.guard}
        </p>
      )}
      <ActionProblem of={action} />
      {saved && !action.busy && (
        <Notice tone="good">
          <p>{text.saved}</p>
        </Notice>
      )}
      <div class="buttons">
        <Button look="primary" busy={action.busy} onClick={save}>
          {action.busy ? text.saving : text.save}
        </Button>
      </div>
      <ScheduleFacts schedule={schedule} timeZone={app.timeZone} />
    </Frame>
  );
}

interface ScheduleTimeProps {
  readonly time: DayAndHour;
  readonly weekly: boolean;
  readonly timeZone: string;
  onChange(time: DayAndHour): void;
}

function ScheduleTime({ time, weekly, timeZone, onChange }: ScheduleTimeProps) {
  const text = TEXT.schedule;
  const { day, hour } = time;
  return (
    <>
      {weekly && (
        <SelectField
          label={text.day}
          value={String(day)}
          choices={DAYS}
          onChange={(value) => onChange({ hour, day: Number(value) })}
        />
      )}
      <SelectField
        label={text.hour}
        value={String(hour)}
        choices={HOURS}
        hint={fill(text.zone, { zone: timeZone })}
        onChange={(value) => onChange({ day, hour: Number(value) })}
      />
    </>
  );
}

function ScheduleFacts({ schedule, timeZone }: { readonly schedule: Schedule; readonly timeZone: string }) {
  const text = TEXT.schedule;
  return (
    <dl class="facts">
      <dt>{text.last}</dt>
      <dd>{formatMoment(schedule.lastRunMs, timeZone)}</dd>
      <dt>{text.next}</dt>
      <dd>{schedule.kind === "off" ? text.off : formatMoment(schedule.nextRunMs, timeZone)}</dd>
      {schedule.clockMs !== null && (
        <>
          <dt>{text.clock}</dt>
          <dd>{formatMoment(schedule.clockMs, timeZone)}</dd>
        </>
      )}
      {schedule.owner !== "" && (
        <>
          <dt>{text.owner}</dt>
          <dd>{schedule.owner}</dd>
        </>
      )}
    </dl>
  );
}
