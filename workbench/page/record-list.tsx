import type { CrmChange } from "../server/api-crm";
import type { SandboxObject, SandboxRecord } from "../server/crm-sandbox";
import { EditRow, RecordRow } from "./record-rows";

interface RecordListProps {
  readonly object: SandboxObject;
  readonly records: readonly SandboxRecord[];
  /** Id of the record being edited, or "new". */
  readonly edited: string | null;
  readonly onEdit: (id: string | null) => void;
  /** Ids of at most two ticked records. */
  readonly picked: readonly string[];
  readonly onPick: (ids: readonly string[]) => void;
  readonly onChange: (change: CrmChange) => void;
}

/** Records of one kind, one of them perhaps being edited. */
export function RecordList(props: RecordListProps) {
  const { object, records, edited, onEdit, onChange } = props;
  return (
    <table class="list">
      <caption class="hidden-text">{object.label}</caption>
      <RecordHead object={object} />
      <tbody>
        {edited === "new" ? (
          <EditRow
            object={object}
            record={null}
            onSave={(properties) => onChange({ kind: "create", properties })}
            onCancel={() => onEdit(null)}
          />
        ) : null}
        {records.map((record) => (
          <RecordLine key={record.id} record={record} list={props} />
        ))}
      </tbody>
    </table>
  );
}

function RecordLine({ record, list }: { readonly record: SandboxRecord; readonly list: RecordListProps }) {
  const { object, edited, onEdit, picked, onPick, onChange } = list;
  const { id } = record;
  if (id === edited) {
    return (
      <EditRow
        object={object}
        record={record}
        onSave={(properties) => onChange({ kind: "update", id, properties })}
        onCancel={() => onEdit(null)}
      />
    );
  }
  const ticked = picked.includes(id);
  return (
    <RecordRow
      object={object}
      record={record}
      ticked={ticked}
      onTick={() => onPick(ticked ? picked.filter((other) => other !== id) : [...picked.slice(-1), id])}
      onEdit={() => onEdit(id)}
      onArchive={() => onChange({ kind: "archive", id })}
    />
  );
}

function RecordHead({ object }: { readonly object: SandboxObject }) {
  return (
    <thead>
      <tr>
        <th scope="col">
          <span class="hidden-text">Tick to merge</span>
        </th>
        <th scope="col">ID</th>
        {object.columns.map((column) => (
          <th scope="col" key={column}>
            {column}
          </th>
        ))}
        <th scope="col">Changed</th>
        <th scope="col">
          <span class="hidden-text">Actions</span>
        </th>
      </tr>
    </thead>
  );
}
