const SIDEBAR_FILE = "Sidebar";
const TITLE = "CRM Sync";

/** An entry of the add-on's menu; `functionName` is a global of the bundle. */
export type MenuEntry =
  | { readonly kind: "item"; readonly caption: string; readonly functionName: string }
  | { readonly kind: "separator" };

/** Puts the menu under Extensions. Touches nothing else, so that it works before the user has granted anything. */
export function buildMenu(entries: readonly MenuEntry[]): void {
  const menu = SpreadsheetApp.getUi().createAddonMenu();
  for (const entry of entries) {
    if (entry.kind === "separator") menu.addSeparator();
    else menu.addItem(entry.caption, entry.functionName);
  }
  menu.addToUi();
}

/** Opens the sidebar; an open one is replaced. */
export function showSidebar(): void {
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile(SIDEBAR_FILE).setTitle(TITLE));
}

/** Shows a message that the user has to close. */
export function showAlert(message: string): void {
  const ui = SpreadsheetApp.getUi();
  ui.alert(TITLE, message, ui.ButtonSet.OK);
}
