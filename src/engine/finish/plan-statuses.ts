import type { Plan } from "../../domain/plan";
import type { StatusWrite } from "../../ports/table";
import type { RunDocument } from "../../state/run-document";
import { conflictMessage } from "./plan-messages";

/** Status cells of rows that need attention; all others are cleared. */
export function planStatuses(plan: Plan, run: RunDocument): StatusWrite[] {
  const byRow = new Map<string, { write: StatusWrite; words: string[]; notes: string[] }>();
  const add = (rowNumber: number | null, recordId: string | null, word: string, note: string) => {
    if (rowNumber === null) return;
    // Copies of a row carry one id; what is said of each belongs to its own row (R13).
    const key = `row ${rowNumber} ${recordId ?? ""}`;
    const entry = byRow.get(key) ?? {
      write: { rowNumber, recordId: recordId ?? "", status: "", note: "" },
      words: [],
      notes: [],
    };
    if (!entry.words.includes(word)) entry.words.push(word);
    entry.notes.push(note);
    byRow.set(key, entry);
  };
  for (const conflict of plan.conflicts)
    add(conflict.rowNumber, conflict.recordId, "Conflict", conflictMessage(conflict).message);
  const told = new Set(plan.findings.map((finding) => finding.message));
  for (const message of run.messages) {
    if (message.severity === "error" && !told.has(message.message))
      add(message.rowNumber, message.recordId, "Error", message.message);
  }
  // The plan's findings are all there, whatever the history had to cut.
  for (const finding of plan.findings) {
    const word = finding.severity === "error" ? "Error" : STATUS_OF_NOTE[finding.rule];
    if (word) add(finding.rowNumber, finding.recordId, word, finding.message);
  }
  return [...byRow.values()].map(({ write, words, notes }) => ({
    ...write,
    status: words.join(", "),
    note: notes.join("\n"),
  }));
}

/** Notes that the row's status shows; the others are in the history only. */
const STATUS_OF_NOTE: Readonly<Record<string, string>> = {
  R6: "Deleted in the CRM",
  R12: "Not readable",
  F2: "Replaced",
  F7: "Formula kept",
  F8: "Not a value",
  F12: "Stopped",
};
