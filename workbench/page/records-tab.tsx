import { useState } from "preact/hooks";
import type { CrmChange } from "../server/api-crm";
import type { SandboxObject, SandboxRecord } from "../server/crm-sandbox";
import { postJson } from "./api-client";
import { FaultForm } from "./fault-form";
import type { PageHub } from "./page-hub";
import { EditRow, RecordRow } from "./record-rows";
import { SandboxChoice } from "./sandbox-choice";
import { useLoaded } from "./use-loaded";

const pageSize = 50;

/** The CRM's records, to be changed as somebody else would, and the ways it can misbehave. */
export function RecordsTab({ hub }: { readonly hub: PageHub }) {
  const [sandbox, setSandbox] = useState(hub.state.sandboxes[0]?.name ?? "");
  const { answer } = useLoaded<{ readonly objects: readonly SandboxObject[] }>(hub, `/crm/${sandbox}/objects`);
  const [chosen, setChosen] = useState("");
  const object = answer?.objects.find(({ name }) => name === chosen) ?? answer?.objects[0];
  return (
    <>
      <div class="tools">
        <SandboxChoice hub={hub} chosen={sandbox} onChoose={setSandbox} />
        <label>
          Records{" "}
          <select value={object?.name ?? ""} onChange={(event) => setChosen(event.currentTarget.value)}>
            {(answer?.objects ?? []).map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <FaultForm sandbox={sandbox} hub={hub} />
      </div>
      {object === undefined ? null : <RecordTable key={object.name} hub={hub} sandbox={sandbox} object={object} />}
    </>
  );
}

interface RecordTableProps {
  readonly hub: PageHub;
  readonly sandbox: string;
  readonly object: SandboxObject;
}

function RecordTable({ hub, sandbox, object }: RecordTableProps) {
  const path = `/crm/${sandbox}/records/${object.name}`;
  const { answer, reload } = useLoaded<{ readonly records: readonly SandboxRecord[] }>(hub, path);
  const [filter, setFilter] = useState("");
  const [page, setPage] = useState(0);
  const [edited, setEdited] = useState<string | null>(null);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const found = (answer?.records ?? []).filter((record) => isMatch(record, filter.trim().toLowerCase()));
  const shown = found.slice(page * pageSize, (page + 1) * pageSize);
  const change = async (wanted: CrmChange): Promise<void> => {
    try {
      await postJson(path, wanted);
      setEdited(null);
      setPicked([]);
      reload();
    } catch (error) {
      hub.notify({ kind: "error", title: "The CRM refused", text: error instanceof Error ? error.message : "" });
    }
  };
  const pick = (id: string): void => {
    setPicked(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked.slice(-1), id]);
  };
  const [primaryId, otherId] = picked;
  const merge = (): void => {
    if (primaryId !== undefined && otherId !== undefined) void change({ kind: "merge", primaryId, otherId });
  };
  return (
    <>
      <div class="tools">
        <label>
          Find{" "}
          <input
            type="search"
            value={filter}
            onInput={(event) => {
              setFilter(event.currentTarget.value);
              setPage(0);
            }}
          />
        </label>
        <button type="button" onClick={() => setEdited("new")}>
          Create
        </button>
        <button type="button" disabled={otherId === undefined} onClick={merge}>
          {otherId === undefined ? "Merge two ticked records" : `Merge ${otherId} into ${primaryId}`}
        </button>
        <span class="spacer" />
        <span>
          {found.length === 0 ? "None" : `${page * pageSize + 1}–${page * pageSize + shown.length}`} of {found.length}
        </span>
        <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
          Previous
        </button>
        <button type="button" disabled={(page + 1) * pageSize >= found.length} onClick={() => setPage(page + 1)}>
          Next
        </button>
      </div>
      <table class="list">
        <caption class="hidden-text">{object.label}</caption>
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
        <tbody>
          {edited === "new" ? (
            <EditRow
              object={object}
              record={null}
              onSave={(properties) => void change({ kind: "create", properties })}
              onCancel={() => setEdited(null)}
            />
          ) : null}
          {shown.map((record) =>
            record.id === edited ? (
              <EditRow
                key={record.id}
                object={object}
                record={record}
                onSave={(properties) => void change({ kind: "update", id: record.id, properties })}
                onCancel={() => setEdited(null)}
              />
            ) : (
              <RecordRow
                key={record.id}
                object={object}
                record={record}
                ticked={picked.includes(record.id)}
                onTick={() => pick(record.id)}
                onEdit={() => setEdited(record.id)}
                onArchive={() => void change({ kind: "archive", id: record.id })}
              />
            ),
          )}
        </tbody>
      </table>
    </>
  );
}

function isMatch({ id, properties }: SandboxRecord, filter: string): boolean {
  return (
    filter === "" || id === filter || Object.values(properties).some((value) => value.toLowerCase().includes(filter))
  );
}
