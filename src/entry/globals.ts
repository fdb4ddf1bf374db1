import { buildMenu, showAlert, showSidebar } from "../adapters/apps-script/menu";
import { dispatch } from "../app/dispatch";
import { MENU } from "../app/menu-entries";
import { scheduledRun } from "../app/scheduled-run";
import { syncActiveTab } from "../app/sync-now";
import type { TemplateKind } from "../app/templates";
import { toSyncError } from "../domain/errors";
import { compose } from "./compose";
import { noteLostClockRun } from "./lost-clock-run";

/**
 * The public functions of the script: Google calls them by name from menus, triggers and the sidebar. Anybody who can open
 * the sidebar can call them with anything, so the list is short and `rpc` checks every argument.
 */
declare const global: Record<string, unknown>;

/** First menu after installing. */
function onInstall(): void {
  onOpen();
}

/** Builds the menu and touches nothing else: a file that never allowed the add-on runs this without any permission. */
function onOpen(): void {
  buildMenu(MENU);
}

function openSidebar(): void {
  showSidebar();
}

function createPeopleTemplate(): void {
  createTemplate("people");
}

function createCompaniesTemplate(): void {
  createTemplate("companies");
}

function createTemplate(template: TemplateKind): void {
  const reply = dispatch(() => compose(null), "template.create", JSON.stringify({ template }));
  if (reply.ok) showSidebar();
  else showAlert(`${reply.message} ${reply.hint}`.trim());
}

/** Syncs the mapping of the tab that is open; a plan that needs a look opens the sidebar. */
function syncNow(): void {
  try {
    const said = syncActiveTab(compose(null));
    if (said.openSidebar) showSidebar();
    else showAlert(said.message);
  } catch (thrown) {
    const error = toSyncError(thrown);
    showAlert(`${error.message} ${error.hint}`.trim());
  }
}

function showHistory(): void {
  const reply = dispatch(() => compose(null), "history.show", "{}");
  if (!reply.ok) showAlert(`${reply.message} ${reply.hint}`.trim());
}

/** The hourly clock trigger and its continuations. */
function scheduledSync(event: unknown): void {
  try {
    scheduledRun(compose(event));
  } catch (thrown) {
    noteLostClockRun(event, toSyncError(thrown));
  }
}

/** Every call of the sidebar: name and argument as JSON, reply as JSON. Never throws. */
function rpc(name: string, json: string): string {
  return JSON.stringify(dispatch(() => compose(null), String(name), String(json)));
}

global.onInstall = onInstall;
global.onOpen = onOpen;
global.openSidebar = openSidebar;
global.createPeopleTemplate = createPeopleTemplate;
global.createCompaniesTemplate = createCompaniesTemplate;
global.syncNow = syncNow;
global.showHistory = showHistory;
global.scheduledSync = scheduledSync;
global.rpc = rpc;
