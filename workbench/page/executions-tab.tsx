import type { ExecutionRecord } from "../apps-script/host-api";
import { toClockText, toDurationText } from "./format-shown";
import type { PageHub } from "./page-hub";
import { useLoaded } from "./use-loaded";

/** Every run of a function: what it cost, how it ended, what it logged. */
export function ExecutionsTab({ hub }: { readonly hub: PageHub }) {
  const { answer, error } = useLoaded<{ readonly executions: readonly ExecutionRecord[] }>(hub, "/executions");
  if (error !== null) return <p class="empty">{error}</p>;
  const executions = [...(answer?.executions ?? [])].reverse();
  if (executions.length === 0) return <p class="empty">Nothing has run yet. Choose a menu item or use the sidebar.</p>;
  return (
    <table class="list">
      <caption class="hidden-text">Executions, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">Function</th>
          <th scope="col">Source</th>
          <th scope="col">Outcome</th>
          <th scope="col" class="number">
            Time
          </th>
          <th scope="col" class="number">
            Service calls
          </th>
          <th scope="col" class="number">
            Sheet calls
          </th>
          <th scope="col" class="number">
            Fetches
          </th>
          <th scope="col">Log</th>
        </tr>
      </thead>
      <tbody>
        {executions.map((execution) => (
          <ExecutionRow key={execution.id} execution={execution} />
        ))}
      </tbody>
    </table>
  );
}

function ExecutionRow({ execution }: { readonly execution: ExecutionRecord }) {
  const { functionName, source, startedMs, durationMs, outcome, error, calls, sheetCalls, fetchCalls, log } = execution;
  const names = Object.entries(calls).sort(([, left], [, right]) => right - left);
  const total = names.reduce((sum, [, count]) => sum + count, 0);
  return (
    <tr>
      <td>{toClockText(startedMs)}</td>
      <td>
        <code>{functionName}</code>
      </td>
      <td>{source}</td>
      <td>
        <span class={`outcome ${outcome}`}>{outcome}</span>
        {error === null ? null : <div class="error-text">{error}</div>}
      </td>
      <td class="number">{toDurationText(durationMs)}</td>
      <td class="number">
        {total === 0 ? (
          "0"
        ) : (
          <details>
            <summary>{total}</summary>
            <ul class="counts">
              {names.map(([name, count]) => (
                <li key={name}>
                  {count} × {name}
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td class="number">{sheetCalls}</td>
      <td class="number">{fetchCalls}</td>
      <td>
        {log.length === 0 ? (
          "–"
        ) : (
          <details>
            <summary>{log.length === 1 ? "1 line" : `${log.length} lines`}</summary>
            <pre>{log.join("\n")}</pre>
          </details>
        )}
      </td>
    </tr>
  );
}
