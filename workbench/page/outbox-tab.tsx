import type { OutboxMail } from "../apps-script/host-api";
import { toMomentText } from "./format-shown";
import type { PageHub } from "./page-hub";
import { useLoaded } from "./use-loaded";

/** Mail that the script sent; it never leaves this machine. */
export function OutboxTab({ hub }: { readonly hub: PageHub }) {
  const { answer, error } = useLoaded<{ readonly mails: readonly OutboxMail[] }>(hub, "/outbox");
  const mails = [...(answer?.mails ?? [])].reverse();
  if (error !== null) return <p class="empty">{error}</p>;
  if (mails.length === 0) return <p class="empty">The script has sent no mail.</p>;
  return (
    <table class="list">
      <caption class="hidden-text">Mails, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Sent</th>
          <th scope="col">To</th>
          <th scope="col">Subject</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        {mails.map(({ to, subject, body, atMs }, at) => (
          <tr key={mails.length - at}>
            <td class="moment">{toMomentText(atMs)}</td>
            <td>{to}</td>
            <td>{subject}</td>
            <td>
              <pre>{body}</pre>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
