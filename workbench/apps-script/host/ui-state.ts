import type { MenuView, SidebarView } from "../host-api";

/** What the page shows around the grid. */
export class UiState {
  menus: MenuView[] = [];
  sidebar: SidebarView | null = null;
  private answers: string[] = [];
  private nextSidebarId = 1;

  showSidebar(title: string, html: string): SidebarView {
    this.sidebar = { id: this.nextSidebarId++, title, html };
    return this.sidebar;
  }

  answerAlerts(buttons: readonly string[]): void {
    this.answers.push(...buttons);
  }

  /** The next prepared answer, else the affirmative button of the set. */
  nextAnswer(buttonSet: string): string {
    return this.answers.shift() ?? (buttonSet.startsWith("YES") ? "YES" : "OK");
  }
}
