import { useState } from "preact/hooks";
import type { SandboxObject, SandboxRecord } from "../server/crm-sandbox";
import { toMomentText } from "./format-shown";

interface RecordRowProps {
  readonly object: SandboxObject;
  readonly record: SandboxRecord;
  readonly ticked: boolean;
  readonly onTick: () => void;
  readonly onEdit: () => void;
  readonly onArchive: () => void;
}

/** A record in the table. */
export function RecordRow({ object, record, ticked, onTick, onEdit, onArchive }: RecordRowProps) {
  return (
    <tr>
      <td>
        <input type="checkbox" aria-label={`Tick ${record.id}`} checked={ticked} onChange={onTick} />
      </td>
      <td>{record.id}</td>
      {object.columns.map((column) => (
        <td key={column}>{record.properties[column] ?? ""}</td>
      ))}
      <td class="moment">{toMomentText(record.updatedAtMs)}</td>
      <td class="actions">
        <button type="button" class="plain" aria-label={`Edit ${record.id}`} onClick={onEdit}>
          Edit
        </button>
        <button type="button" class="plain" aria-label={`Archive ${record.id}`} onClick={onArchive}>
          Archive
        </button>
      </td>
    </tr>
  );
}

interface EditRowProps {
  readonly object: SandboxObject;
  /** `null`: a new record. */
  readonly record: SandboxRecord | null;
  /** Gets only what was changed. */
  readonly onSave: (properties: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}

/** A record being written. The last field takes any other property, as name=value. */
export function EditRow({ object, record, onSave, onCancel }: EditRowProps) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [other, setOther] = useState("");
  const save = (): void => {
    const [name = "", ...rest] = other.split("=");
    onSave({ ...values, ...(rest.length === 0 ? {} : { [name.trim()]: rest.join("=") }) });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter") save();
    if (event.key === "Escape") onCancel();
  };
  return (
    <tr class="editing" onKeyDown={onKey}>
      <td />
      <td>{record?.id ?? "new"}</td>
      {object.columns.map((column, at) => (
        <td key={column}>
          <input
            aria-label={column}
            ref={at === 0 ? focusOnce : null}
            value={values[column] ?? record?.properties[column] ?? ""}
            onInput={(event) => setValues({ ...values, [column]: event.currentTarget.value })}
          />
        </td>
      ))}
      <td>
        <input
          aria-label="Other property, as name=value"
          placeholder="property=value"
          value={other}
          onInput={(event) => setOther(event.currentTarget.value)}
        />
      </td>
      <td class="actions">
        <button type="button" class="primary" onClick={save}>
          Save
        </button>
        <button type="button" class="plain" onClick={onCancel}>
          Cancel
        </button>
      </td>
    </tr>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  if (input !== null && !input.closest("tr")?.contains(document.activeElement)) input.focus();
}
