import { useState } from "preact/hooks";
import type { FaultRequest } from "../server/api-crm";
import { postJson } from "./api-client";
import type { PageHub } from "./page-hub";

const faults: readonly { readonly label: string; readonly fault: FaultRequest }[] = [
  { label: "429, ten seconds full", fault: { kind: "rate-limit", policy: "ten-secondly" } },
  { label: "429, one second full", fault: { kind: "rate-limit", policy: "secondly" } },
  { label: "429, day used up", fault: { kind: "rate-limit", policy: "daily" } },
  { label: "500 server error", fault: { kind: "status", status: 500 } },
  { label: "401 token refused", fault: { kind: "status", status: 401 } },
  { label: "502 as an HTML page", fault: { kind: "html", status: 502 } },
  { label: "No answer", fault: { kind: "hang" } },
  { label: "No answer, but done", fault: { kind: "drop-after-effect" } },
];

interface FaultFormProps {
  readonly sandbox: string;
  readonly hub: PageHub;
}

/** Makes the next requests go wrong, and search lag behind. */
export function FaultForm({ sandbox, hub }: FaultFormProps) {
  const [chosen, setChosen] = useState(0);
  const [times, setTimes] = useState(1);
  const [lagMs, setLagMs] = useState(3_000);
  const report = (text: string): void => hub.notify({ kind: "toast", title: "Sandbox", text });
  const call = (path: string, body: object, text: string): void => {
    postJson(`/crm/${sandbox}${path}`, body).then(
      () => report(text),
      (error: unknown) => hub.notify({ kind: "error", title: "Sandbox", text: String(error) }),
    );
  };
  const entry = faults[chosen];
  const arm = (): void => {
    if (entry !== undefined) call("/faults", { ...entry.fault, times }, `Next ${times}: ${entry.label}.`);
  };
  return (
    <>
      <span class="spacer" />
      <label>
        Next{" "}
        <input
          type="number"
          min={1}
          max={100}
          value={times}
          onInput={(event) => setTimes(Math.max(1, event.currentTarget.valueAsNumber || 1))}
        />
      </label>
      <label>
        requests:{" "}
        <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {faults.map(({ label }, at) => (
            <option key={label} value={at}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={arm}>
        Set fault
      </button>
      <button type="button" onClick={() => call("/faults/clear", {}, "No faults are waiting.")}>
        Clear faults
      </button>
      <label>
        Search lag, ms{" "}
        <input
          type="number"
          min={0}
          max={600_000}
          step={500}
          value={lagMs}
          onInput={(event) => setLagMs(event.currentTarget.valueAsNumber || 0)}
          onChange={() => call("/search-lag", { ms: lagMs }, `Searches lag up to ${lagMs} ms behind.`)}
        />
      </label>
    </>
  );
}
