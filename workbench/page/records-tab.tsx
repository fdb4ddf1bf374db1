import { useState } from "preact/hooks";
import type { CrmChange } from "../server/api-crm";
import type { SandboxObject, SandboxRecord } from "../server/crm-sandbox";
import { postJson } from "./api-client";
import { FaultForm } from "./fault-form";
import type { PageHub } from "./page-hub";
import { RecordList } from "./record-list";
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
  const tools = (
    <RecordTools
      filter={filter}
      onFilter={(text) => {
        setFilter(text);
        setPage(0);
      }}
      picked={picked}
      onCreate={() => setEdited("new")}
      onMerge={(primaryId, otherId) => void change({ kind: "merge", primaryId, otherId })}
    />
  );
  return (
    <>
      <div class="tools">
        {tools}
        <Pager total={found.length} page={page} onPage={setPage} />
      </div>
      <RecordList
        object={object}
        records={found.slice(page * pageSize, (page + 1) * pageSize)}
        edited={edited}
        onEdit={setEdited}
        picked={picked}
        onPick={setPicked}
        onChange={(wanted) => void change(wanted)}
      />
    </>
  );
}

interface RecordToolsProps {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly picked: readonly string[];
  readonly onCreate: () => void;
  readonly onMerge: (primaryId: string, otherId: string) => void;
}

function RecordTools({ filter, onFilter, picked, onCreate, onMerge }: RecordToolsProps) {
  const [primaryId = "", otherId] = picked;
  return (
    <>
      <label>
        Find <input type="search" value={filter} onInput={(event) => onFilter(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={onCreate}>
        Create
      </button>
      <button type="button" disabled={otherId === undefined} onClick={() => onMerge(primaryId, otherId ?? "")}>
        {otherId === undefined ? "Merge two ticked records" : `Merge ${otherId} into ${primaryId}`}
      </button>
    </>
  );
}

interface PagerProps {
  readonly total: number;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

function Pager({ total, page, onPage }: PagerProps) {
  const last = Math.min((page + 1) * pageSize, total);
  return (
    <>
      <span class="spacer" />
      <span>{total === 0 ? "None" : `${page * pageSize + 1}–${last} of ${total}`}</span>
      <button type="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <button type="button" disabled={last === total} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </>
  );
}

function isMatch({ id, properties }: SandboxRecord, filter: string): boolean {
  return (
    filter === "" || id === filter || Object.values(properties).some((value) => value.toLowerCase().includes(filter))
  );
}
