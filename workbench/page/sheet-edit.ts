import type { EditAction } from "../server/edit-action";

type OnSheet<Action> = Action extends { readonly tabId: number }
  ? Omit<Action, "tabId"> & { readonly sheetId: string }
  : Action;

/** An edit as the grid knows it: a sheet instead of a tab. A new tab brings the sheet that the grid already made for it. */
export type SheetEdit =
  | Exclude<OnSheet<EditAction>, { kind: "add-tab" }>
  | { readonly kind: "add-tab"; readonly name: string; readonly sheetId: string };

/** Translates an edit; `null` when the sheet has no tab (any more). */
export function toEditAction(edit: SheetEdit, tabIdOf: (sheetId: string) => number | null): EditAction | null {
  if (edit.kind === "add-tab") return { kind: "add-tab", name: edit.name };
  if (edit.kind === "copy-file") return edit;
  const { sheetId, ...rest } = edit;
  const tabId = tabIdOf(sheetId);
  return tabId === null ? null : ({ ...rest, tabId } as EditAction);
}
