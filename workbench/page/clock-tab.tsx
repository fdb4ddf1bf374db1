import { useState } from "preact/hooks";
import type { TriggerView } from "../apps-script/host-api";
import type { ClockState, RunAnswer } from "../server/api-script";
import { postJson } from "./api-client";
import { toMomentText } from "./format-shown";
import type { PageHub } from "./page-hub";
import { useLoaded } from "./use-loaded";

const everyMs = 1_000;

const steps: readonly { readonly label: string; readonly ms: number }[] = [
  { label: "1 minute", ms: 60_000 },
  { label: "15 minutes", ms: 900_000 },
  { label: "1 hour", ms: 3_600_000 },
  { label: "1 day", ms: 86_400_000 },
];

/** The emulated clock and the triggers that wait for it. */
export function ClockTab({ hub }: { readonly hub: PageHub }) {
  const clock = useLoaded<ClockState>(hub, "/clock", everyMs);
  const triggers = useLoaded<{ readonly triggers: readonly TriggerView[] }>(hub, "/triggers", everyMs);
  const [busy, setBusy] = useState(false);
  const run = (path: string, body: object): void => {
    setBusy(true);
    postJson<Partial<RunAnswer>>(path, body)
      .then(
        ({ outcome, error }) => {
          if (outcome !== undefined && outcome !== "completed") {
            hub.notify({ kind: "error", title: "Trigger", text: error ?? outcome });
          }
        },
        (error: unknown) => hub.notify({ kind: "error", title: "Clock", text: String(error) }),
      )
      .finally(() => {
        setBusy(false);
        clock.reload();
        triggers.reload();
      });
  };
  const list = triggers.answer?.triggers ?? [];
  return (
    <>
      <div class="tools">
        <span>
          Now <strong>{clock.answer === null ? "…" : toMomentText(clock.answer.nowMs)}</strong>
        </span>
        {clock.answer?.mode === "virtual" ? (
          steps.map(({ label, ms }) => (
            <button type="button" key={label} disabled={busy} onClick={() => run("/clock/advance", { ms })}>
              Forward {label}
            </button>
          ))
        ) : (
          <span>The clock is live. To move it from here, start with “npm start -- --virtual”.</span>
        )}
      </div>
      <TriggerTable triggers={list} busy={busy} onFire={(id) => run("/triggers/fire", { id })} />
    </>
  );
}

interface TriggerTableProps {
  readonly triggers: readonly TriggerView[];
  readonly busy: boolean;
  readonly onFire: (id: string) => void;
}

function TriggerTable({ triggers, busy, onFire }: TriggerTableProps) {
  if (triggers.length === 0) return <p class="empty">No triggers. A schedule in the sidebar makes one.</p>;
  return (
    <table class="list">
      <caption class="hidden-text">Triggers</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Function</th>
          <th scope="col">Next</th>
          <th scope="col">
            <span class="hidden-text">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {triggers.map(({ id, kind, functionName, nextMs }) => (
          <tr key={id}>
            <td>{kind}</td>
            <td>
              <code>{functionName}</code>
            </td>
            <td>{nextMs === null ? "–" : toMomentText(nextMs)}</td>
            <td class="actions">
              <button type="button" disabled={busy} onClick={() => onFire(id)}>
                Fire now
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
