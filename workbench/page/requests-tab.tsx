import { useState } from "preact/hooks";
import type { LoggedRequest } from "../crm/request-log";
import { postJson } from "./api-client";
import { toClockText, toReadableBody } from "./format-shown";
import type { PageHub } from "./page-hub";
import { SandboxChoice } from "./sandbox-choice";
import { useLoaded } from "./use-loaded";

const everyMs = 2_000;
const shownRequests = 200;

/** What the sandbox was asked and what it answered, newest first. */
export function RequestsTab({ hub }: { readonly hub: PageHub }) {
  const [sandbox, setSandbox] = useState(hub.state.sandboxes[0]?.name ?? "");
  const path = `/crm/${sandbox}/requests`;
  const { answer, error, reload } = useLoaded<{ readonly requests: readonly LoggedRequest[] }>(hub, path, everyMs);
  const requests = (answer?.requests ?? []).map((request, at) => ({ request, at })).reverse();
  const clear = (): void => {
    void postJson(`${path}/clear`).then(reload);
  };
  return (
    <>
      <div class="tools">
        <SandboxChoice hub={hub} chosen={sandbox} onChoose={setSandbox} />
        <button type="button" onClick={clear}>
          Clear
        </button>
        <span>
          {requests.length > shownRequests ? `The newest ${shownRequests} of ${requests.length} requests` : ""}
        </span>
      </div>
      {error === null ? null : <p class="empty">{error}</p>}
      {requests.length === 0 ? <p class="empty">The CRM has not been asked anything yet.</p> : null}
      {requests.length === 0 ? null : (
        <table class="list">
          <caption class="hidden-text">Requests to the CRM, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Method</th>
              <th scope="col">Path</th>
              <th scope="col">Status</th>
              <th scope="col">Fault</th>
              <th scope="col">Request body</th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {requests.slice(0, shownRequests).map(({ request, at }) => (
              <RequestRow key={at} request={request} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function RequestRow({ request }: { readonly request: LoggedRequest }) {
  const { at, method, path, status, fault } = request;
  return (
    <tr>
      <td>{toClockText(at)}</td>
      <td>{method}</td>
      <td class="path">
        <code>{path}</code>
      </td>
      <td>
        <span class={status >= 400 || status === 0 ? "outcome failed" : "outcome completed"}>
          {status === 0 ? "no answer" : status}
        </span>
      </td>
      <td>{fault ?? "–"}</td>
      <td>
        <Body text={request.requestBody} bytes={request.requestBytes} />
      </td>
      <td>
        <Body text={request.responseBody} bytes={request.responseBytes} />
      </td>
    </tr>
  );
}

function Body({ text, bytes }: { readonly text: string; readonly bytes: number }) {
  const [open, setOpen] = useState(false);
  if (bytes === 0) return <>–</>;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{bytes.toLocaleString("en-US")} bytes</summary>
      {open ? <pre>{toReadableBody(text)}</pre> : null}
    </details>
  );
}
