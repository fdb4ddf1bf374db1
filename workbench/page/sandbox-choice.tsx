import type { PageHub } from "./page-hub";

interface SandboxChoiceProps {
  readonly hub: PageHub;
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** Which CRM a tool is about; nothing to choose while there is one. */
export function SandboxChoice({ hub, chosen, onChoose }: SandboxChoiceProps) {
  const { sandboxes } = hub.state;
  if (sandboxes.length < 2) return null;
  return (
    <label>
      CRM{" "}
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {sandboxes.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
