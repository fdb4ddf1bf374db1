import type { ChangeView } from "../contract/views";
import type { CellChange, CrmChange, Operation } from "../domain/plan";
import { UNLINKED_PREFIX } from "../domain/row";
import { decodeValue, type EncodedValue, showValue } from "../domain/value";

/** Header of a field's column, or the field's own name. */
export type Labels = (field: string) => string;

/** Why a field changes, in a few words, by rule. */
const REASONS: Readonly<Record<string, string>> = {
  F1: "the same value, as the CRM and the time zone show it now",
  F2: "changed in the sheet",
  F3: "changed in the CRM",
  F5: "both sides changed; this side wins here",
  F6: "filled on one side only",
  F9: "the cell was emptied",
  R1: "new record",
  R5: "new row",
  R8: "the row was removed from the sheet",
  R9: "the record was changed since its row was removed",
  I15: "put back",
};

/** Why something is done to a record or row as a whole, by kind and rule. */
const MESSAGES: Readonly<Record<string, string>> = {
  "archive R8": "Its row was removed from the sheet.",
  "archive I15": "The run had created it.",
  "remove-row R6": "Its record was deleted in the CRM. All cells of the row go, and are kept for undo.",
  "remove-row I15": "The run had added it.",
  "unlink R6": "Its record was deleted in the CRM. The row stays as it is, without a link.",
  "unlink I15": "The record that the run had created is archived. The row stays, without a link.",
  "restore-row I15": "The run had removed it. It comes back at the end of the table, without a link.",
};

/** Sentence about an operation as a whole; "" where its changes say all. */
export function operationMessage({ kind, rule }: Operation): string {
  return MESSAGES[`${kind} ${rule}`] ?? "";
}

/** What an operation changes, field by field. */
export function operationChanges(operation: Operation, label: Labels): readonly ChangeView[] {
  switch (operation.kind) {
    case "create":
    case "update":
      return operation.changes.map((change) => sentChange(change, label));
    case "append-row":
    case "write-cells":
      return operation.cells
        .filter((cell) => operation.kind === "write-cells" || cell.to !== "")
        .map((cell) => cellChange(cell, label));
    case "link":
      return [idChange(operation.expectedId, operation.recordId, LINK_REASONS[operation.rule] ?? "")];
    case "unlink":
      return [idChange(operation.recordId, UNLINKED_PREFIX + operation.recordId, "")];
    case "archive":
      return Object.entries(operation.expected)
        .filter(([, value]) => value !== "")
        .map(([field, value]) => lostValue(field, value, label));
    case "remove-row":
      return Object.entries(operation.row)
        .filter(([, value]) => value !== "")
        .map(([field, value]) => lostValue(field, show(value), label));
    case "restore-row":
      return operation.content.cells
        .filter(({ value, formula }) => value !== "" || formula !== null)
        .map(({ header, value, formula }) => change(header, { from: "", to: formula ?? show(value), reason: "" }));
  }
}

const LINK_REASONS: Readonly<Record<string, string>> = {
  R2: "same key",
  R11: "merged in the CRM",
  R24: "the ID was lost in the sheet",
};

function change(label: string, values: Pick<ChangeView, "from" | "to" | "reason">): ChangeView {
  return { field: "", label, ...values };
}

function idChange(from: string, to: string, reason: string): ChangeView {
  return change("Record ID", { from, to, reason });
}

function lostValue(field: string, value: string, label: Labels): ChangeView {
  return { field, label: label(field), from: value, to: "", reason: "" };
}

/** A difference without base that a policy settled was filled on both sides. */
function reasonOf({ rule, overwrites }: Pick<CellChange, "rule" | "overwrites">): string {
  return rule === "F6" && overwrites ? "both sides differed; this side wins here" : (REASONS[rule] ?? "");
}

function sentChange(sent: CrmChange, label: Labels): ChangeView {
  return {
    field: sent.field,
    label: label(sent.field),
    from: sent.shown?.from ?? sent.from,
    // Undo puts back what the CRM held, whatever the cell shows.
    to: sent.to === "" ? "" : sent.rule === "I15" ? (sent.shown?.to ?? sent.to) : show(sent.sheet),
    reason: reasonOf(sent),
  };
}

function cellChange(cell: CellChange, label: Labels): ChangeView {
  return {
    field: cell.field,
    label: label(cell.field),
    from: show(cell.from),
    to: show(cell.to),
    reason: reasonOf(cell),
  };
}

/** A cell's value as a person reads it. */
export function show(value: EncodedValue): string {
  return showValue(decodeValue(value));
}
