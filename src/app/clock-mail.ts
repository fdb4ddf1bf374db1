import type { ErrorKind } from "../domain/errors";
import type { Mapping } from "../domain/mapping";
import type { PlanCounts } from "../domain/plan";
import type { RunTotals } from "../domain/run";
import type { AppDeps } from "./app-deps";

/** How a scheduled run ended, for whoever wants mail about it. */
export type ClockOutcome =
  | { readonly kind: "fine" }
  /** `counts`: what the plan that waits would do. */
  | { readonly kind: "approval"; readonly counts: PlanCounts | null }
  /** `failed`: kind of the error that ended it; null: it ended, some items did not work. */
  | { readonly kind: "errors"; readonly failed: ErrorKind | null; readonly totals: RunTotals };

/**
 * Mails the owner if the mapping says so; false: it does not, or no mail could be sent. A mail holds counts, the names of
 * mapping and file, and what to do: never a value of a cell or record, nor the CRM's words, which may quote one.
 */
export function mailOutcome(deps: AppDeps, mapping: Mapping, outcome: ClockOutcome): boolean {
  switch (outcome.kind) {
    case "fine":
      return false;
    case "approval":
      return mapping.notify.onApproval && send(deps, mapping, approvalMail(outcome.counts));
    case "errors":
      return mapping.notify.onErrors && send(deps, mapping, errorMail(outcome.failed, outcome.totals));
  }
}

interface Mail {
  readonly subject: string;
  readonly lines: readonly string[];
}

const OPEN = "Open the file, then Extensions > CRM Sync > Open sidebar.";

function send(deps: AppDeps, mapping: Mapping, mail: Mail): boolean {
  const lines = [
    `Mapping: ${mapping.name}`,
    `File: ${deps.grid.fileName()}`,
    "",
    ...mail.lines,
    "",
    "You get this mail because it is switched on in the policies of the mapping; it comes once until a sync goes through.",
  ];
  return deps.notices.mail(`CRM Sync: "${mapping.name}" ${mail.subject}`, `${lines.join("\n")}\n`);
}

function approvalMail(counts: PlanCounts | null): Mail {
  const list = counts === null ? [] : planned(counts);
  return {
    subject: "waits for your approval",
    lines: [
      "A scheduled sync stopped before it wrote anything, because it would change unusually much.",
      ...(list.length > 0 ? ["", "It would:", ...list.map((line) => `- ${line}`)] : []),
      "",
      `What to do: ${OPEN} It shows the plan that waits: check it, then apply or discard it.`,
    ],
  };
}

function planned(counts: PlanCounts): readonly string[] {
  const parts: readonly (readonly [number, string])[] = [
    [counts.creates, "create in the CRM"],
    [counts.updates, "update in the CRM"],
    [counts.clears, "values to clear in the CRM"],
    [counts.archives, "archive in the CRM"],
    [counts.appends, "rows to add to the sheet"],
    [counts.rowWrites, "rows to update in the sheet"],
    [counts.removedRows, "rows to remove from the sheet"],
    [counts.conflicts, "conflicts left open"],
  ];
  return parts.filter(([count]) => count > 0).map(([count, words]) => `${words}: ${count}`);
}

/** What ended a run, in words that quote nothing. */
const CAUSES: Readonly<Record<ErrorKind, string>> = {
  config: "Something in the file or in the mapping has to be put right first.",
  auth: "The connection to the CRM does not work any more. Connect again in the sidebar.",
  retryable: "The CRM could not be reached for a long time. The next scheduled sync tries again.",
  record: "The CRM refused what was sent.",
  fatal: "The CRM or the file gave an answer that CRM Sync cannot work with.",
  bug: "Something went wrong inside CRM Sync.",
};

function errorMail(failed: ErrorKind | null, { errors, successes }: RunTotals): Mail {
  const what = failed === null ? "Not everything of a scheduled sync worked." : "A scheduled sync stopped.";
  return {
    subject: failed === null ? "has errors" : "was not synced",
    lines: [
      what,
      ...(failed === null ? [] : [CAUSES[failed]]),
      `Errors: ${errors}`,
      `Done: ${successes}`,
      "",
      `What to do: ${OPEN} The history there names each row and reason.`,
    ],
  };
}
