import { hashText } from "../../domain/hash-text";
import type { Conflict, Finding, Plan } from "../../domain/plan";
import type { RunMessage } from "../../domain/run";
import { decodeValue, showValue } from "../../domain/value";
import { fieldKey } from "../../merge/field-key";
import type { RunDocument } from "../../state/run-document";

/**
 * What a plan leaves undone, as totals: errors, and notes with open conflicts as skipped. A note about a value that the plan
 * writes, like one on what it replaces, leaves nothing undone.
 */
export function planTally(plan: Plan): { errors: number; skipped: number } {
  const errors = plan.findings.filter((finding) => finding.severity === "error").length;
  const written = writtenFields(plan);
  const notes = plan.findings.filter(
    ({ severity, recordId, field }) => severity === "note" && !written.has(fieldKey(recordId ?? "", field ?? "")),
  );
  return { errors, skipped: notes.length + plan.conflicts.length };
}

function writtenFields(plan: Plan): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const operation of plan.operations) {
    if (operation.kind === "update")
      for (const one of operation.changes) keys.add(fieldKey(operation.recordId, one.field));
    if (operation.kind === "write-cells")
      for (const one of operation.cells) keys.add(fieldKey(operation.recordId, one.field));
  }
  return keys;
}

/**
 * What the history says about a plan: findings and open conflicts. By the clock a note or conflict is told once, not every
 * hour anew (F5, F7); whoever starts a run by hand reads all that is open. `told`: keys of what the last run found.
 */
export function planMessages(
  plan: Plan,
  run: Pick<RunDocument, "trigger" | "mappingName">,
  told: ReadonlySet<string>,
): RunMessage[] {
  const all = [...plan.findings.map(findingMessage), ...plan.conflicts.map(conflictMessage)];
  if (run.trigger !== "schedule") return all;
  const fresh = all.filter((message) => message.severity === "error" || !told.has(keyOf(message)));
  const repeated = all.length - fresh.length;
  if (repeated === 0) return fresh;
  const message = `${repeated === 1 ? "1 note" : `${repeated} notes`} of earlier runs still ${repeated === 1 ? "holds" : "hold"}. Sync by hand to list ${repeated === 1 ? "it" : "them"}.`;
  return [
    ...fresh,
    { severity: "note", rowNumber: null, recordId: null, field: null, title: run.mappingName, message },
  ];
}

/** Keys of the notes and conflicts of a plan, by which the next run knows that they were told. */
export function toldKeys(plan: Plan): readonly string[] {
  const notes = plan.findings.filter((finding) => finding.severity === "note");
  return [...notes.map(findingMessage), ...plan.conflicts.map(conflictMessage)].map(keyOf);
}

/** A row has another number after a sort, and is the same row; messages may be long, and the checkpoint keeps many. */
function keyOf({ recordId, rowNumber, field, message }: RunMessage): string {
  return JSON.stringify([recordId ?? rowNumber, field, hashText(message)]);
}

function findingMessage(finding: Finding): RunMessage {
  const { severity, rowNumber, recordId, field, title, message } = finding;
  return { severity, rowNumber, recordId, field, title, message };
}

/** The sentence about an open conflict. */
export function conflictMessage(conflict: Conflict): RunMessage {
  const sheet = showValue(decodeValue(conflict.sheet));
  const how = conflict.base === null ? "Both sides differ" : "Both sides changed";
  const message = `${how}: the sheet has "${sheet}", the CRM has "${conflict.crmShown ?? conflict.crm}". Both values were kept. Settle it in the sidebar, or make them equal on one side.`;
  const { rowNumber, recordId, field, title } = conflict;
  return { severity: "note", rowNumber, recordId, field, title, message };
}
