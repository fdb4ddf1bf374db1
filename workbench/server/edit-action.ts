import { z } from "zod";
import type { UserActions } from "../apps-script/host-api";

const index = z.number().int().min(1);
const count = z.number().int().min(1);
const tabId = z.number().int();

/** What a person may do to the workbook, one entry for each method of `UserActions`. Rows and columns are 1-based. */
export const editAction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("type-into"), tabId, row: index, column: index, text: z.string() }),
  z.object({ kind: z.literal("paste"), tabId, row: index, column: index, values: z.array(z.array(z.string())) }),
  z.object({ kind: z.literal("copy-rows"), tabId, fromRow: index, count, toRow: index }),
  z.object({ kind: z.literal("clear"), tabId, row: index, column: index, rows: count, columns: count }),
  z.object({ kind: z.literal("insert-rows"), tabId, beforeRow: index, count }),
  z.object({ kind: z.literal("delete-rows"), tabId, row: index, count }),
  z.object({ kind: z.literal("insert-columns"), tabId, beforeColumn: index, count }),
  z.object({ kind: z.literal("delete-columns"), tabId, column: index, count }),
  z.object({ kind: z.literal("move-columns"), tabId, column: index, count, beforeColumn: index }),
  z.object({ kind: z.literal("sort-rows"), tabId, firstRow: index, column: index, ascending: z.boolean() }),
  z.object({ kind: z.literal("rename-tab"), tabId, name: z.string() }),
  z.object({ kind: z.literal("add-tab"), name: z.string() }),
  z.object({ kind: z.literal("delete-tab"), tabId }),
  z.object({ kind: z.literal("set-tab-hidden"), tabId, hidden: z.boolean() }),
  z.object({
    kind: z.literal("set-number-format"),
    tabId,
    row: index,
    column: index,
    rows: count,
    columns: count,
    format: z.string(),
  }),
  z.object({ kind: z.literal("activate-tab"), tabId }),
  z.object({ kind: z.literal("select"), tabId, row: index, column: index }),
  z.object({ kind: z.literal("copy-file") }),
]);

/** One edit of a person, as JSON. */
export type EditAction = z.infer<typeof editAction>;

const structural: ReadonlySet<EditAction["kind"]> = new Set([
  "copy-rows",
  "insert-rows",
  "delete-rows",
  "insert-columns",
  "delete-columns",
  "move-columns",
  "sort-rows",
  "add-tab",
  "delete-tab",
]);

/** Whether later edits would address other cells when this one came first. */
export function isStructural(action: EditAction): boolean {
  return structural.has(action.kind);
}

/**
 * Carries an edit out.
 *
 * @returns the id of the new tab for `add-tab`, otherwise `null`
 * @throws Error of the emulator, e.g. for a tab that does not exist
 */
export function applyEdit(user: UserActions, action: EditAction): number | null {
  switch (action.kind) {
    case "add-tab":
      return user.addTab(action.name);
    case "copy-file":
      user.copyFile();
      return null;
    case "type-into":
    case "paste":
    case "clear":
    case "set-number-format":
    case "select":
      applyToCells(user, action);
      return null;
    case "rename-tab":
      user.renameTab(action.tabId, action.name);
      return null;
    case "delete-tab":
      user.deleteTab(action.tabId);
      return null;
    case "set-tab-hidden":
      user.setTabHidden(action.tabId, action.hidden);
      return null;
    case "activate-tab":
      user.activateTab(action.tabId);
      return null;
    default:
      applyToLines(user, action);
      return null;
  }
}

type CellEdit = Extract<EditAction, { kind: "type-into" | "paste" | "clear" | "set-number-format" | "select" }>;

function applyToCells(user: UserActions, action: CellEdit): void {
  const { tabId: tab, row, column } = action;
  switch (action.kind) {
    case "type-into":
      user.typeInto(tab, row, column, action.text);
      break;
    case "paste":
      user.paste(tab, row, column, action.values);
      break;
    case "clear":
      user.clear(tab, row, column, action.rows, action.columns);
      break;
    case "set-number-format":
      user.setNumberFormat(tab, row, column, action.rows, action.columns, action.format);
      break;
    case "select":
      user.select(tab, row, column);
  }
}

type LineEdit = Extract<
  EditAction,
  {
    kind:
      | "copy-rows"
      | "insert-rows"
      | "delete-rows"
      | "insert-columns"
      | "delete-columns"
      | "move-columns"
      | "sort-rows";
  }
>;

function applyToLines(user: UserActions, action: LineEdit): void {
  switch (action.kind) {
    case "copy-rows":
      user.copyRows(action.tabId, action.fromRow, action.count, action.toRow);
      break;
    case "insert-rows":
      user.insertRows(action.tabId, action.beforeRow, action.count);
      break;
    case "delete-rows":
      user.deleteRows(action.tabId, action.row, action.count);
      break;
    case "insert-columns":
      user.insertColumns(action.tabId, action.beforeColumn, action.count);
      break;
    case "delete-columns":
      user.deleteColumns(action.tabId, action.column, action.count);
      break;
    case "move-columns":
      user.moveColumns(action.tabId, action.column, action.count, action.beforeColumn);
      break;
    case "sort-rows":
      user.sortRows(action.tabId, action.firstRow, action.column, action.ascending);
  }
}
