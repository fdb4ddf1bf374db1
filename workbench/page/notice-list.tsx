import type { PageHub } from "./page-hub";

/** Toasts of the script and other notices, in the corner of the sheet. */
export function NoticeList({ hub }: { readonly hub: PageHub }) {
  return (
    <div class="notices" role="status" aria-live="polite" aria-label="Notices">
      {hub.notices.map(({ id, kind, title, text }) => (
        <div class={`notice ${kind}`} key={id}>
          <div>
            {title === "" ? null : <strong>{title}</strong>}
            <p>{text}</p>
            {kind === "alert" ? <p class="small">An alert of the script; it was answered by itself.</p> : null}
          </div>
          <button type="button" class="icon" aria-label="Dismiss" onClick={() => hub.dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
