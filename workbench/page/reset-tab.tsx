import { useState } from "preact/hooks";
import { postJson } from "./api-client";
import type { PageHub } from "./page-hub";

const choices: readonly { readonly what: "workbook" | "crm" | "all"; readonly label: string; readonly text: string }[] =
  [
    {
      what: "workbook",
      label: "Reset spreadsheet",
      text: "An empty file; what the script stored and scheduled is gone.",
    },
    {
      what: "crm",
      label: "Reset CRM data",
      text: "The records of the first start; faults and the request list are gone.",
    },
    { what: "all", label: "Reset everything", text: "As after a first start." },
  ];

/** Starts over. Asked once more before anything is thrown away. */
export function ResetTab({ hub }: { readonly hub: PageHub }) {
  const [asked, setAsked] = useState<string | null>(null);
  const reset = (what: string): void => {
    setAsked(null);
    postJson("/reset", { what }).then(
      () => hub.notify({ kind: "toast", title: "Workbench", text: "Reset done." }),
      (error: unknown) => hub.notify({ kind: "error", title: "Reset", text: String(error) }),
    );
  };
  return (
    <ul class="resets">
      {choices.map(({ what, label, text }) => (
        <li key={what}>
          {asked === what ? (
            <>
              <button type="button" class="danger" onClick={() => reset(what)}>
                Yes, {label.toLowerCase()}
              </button>
              <button type="button" onClick={() => setAsked(null)}>
                Cancel
              </button>
            </>
          ) : (
            <button type="button" onClick={() => setAsked(what)}>
              {label}
            </button>
          )}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
