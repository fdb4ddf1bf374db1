import type { AppView, RunView } from "../contract/views";
import type { CrmName } from "../domain/mapping";
import { type Config, loadConfig } from "../state/config";
import { findPlan } from "../state/plan-document";
import { isOpen, isWorking, loadRuns, type RunDocument } from "../state/run-document";
import type { AppDeps } from "./app-deps";
import { mappingSummary } from "./mapping-summary";
import { fieldLabels, toConnectionView, toRunView } from "./to-view";

const CRMS: readonly CrmName[] = ["hubspot", "salesforce"];

/** Tabs of the add-on itself start with this. */
const OWN_TAB_PREFIX = "_crm_sync_";

/** Everything the sidebar's home shows. */
export function appState(deps: AppDeps): AppView {
  const config = loadConfig(deps.store);
  const runs = loadRuns(deps.store).filter(isOpen);
  const run = runToShow(deps, runs);
  const activeId = deps.grid.activeTab().id;
  return {
    fileName: deps.grid.fileName(),
    timeZone: deps.grid.timeZone(),
    user: deps.user.email(),
    connections: CRMS.map((crm) => deps.tokens.read(crm))
      .filter((connection) => connection !== null)
      .map(toConnectionView),
    tabs: deps.grid
      .tabs()
      .filter((tab) => !tab.hidden() && !tab.name().startsWith(OWN_TAB_PREFIX))
      .map((tab) => ({ id: tab.id, name: tab.name(), active: tab.id === activeId, empty: tab.size().usedRows === 0 })),
    mappings: config.mappings.map((mapping) => mappingSummary(deps, config, mapping)),
    run: run ? runView(deps, config, run) : null,
    notices: [...deps.user.missingScopes().map(scopeNotice), ...workingNotices(deps, runs), ...lostRuns(deps)],
  };
}

/**
 * The user's own run that is under way, else the newest plan that waits: one that needs a decision before a preview that
 * somebody left open. Other people's runs go on in their own sidebars.
 */
function runToShow(deps: AppDeps, runs: readonly RunDocument[]): RunDocument | null {
  const owns = runs.filter((run) => run.phase !== "waiting" && isOwnRun(deps, run));
  // One that was left behind cannot go on before the one that works.
  const own = owns.find((run) => isWorking(run, deps.clock.now())) ?? owns[0];
  const waiting = runs.filter((run) => run.phase === "waiting").sort(moreUrgent);
  return own ?? waiting[0] ?? null;
}

function moreUrgent(a: RunDocument, b: RunDocument): number {
  const isPreview = (run: RunDocument) => Number(run.trigger === "preview");
  return isPreview(a) - isPreview(b) || b.startedMs - a.startedMs;
}

/** Was the run started by this user? Where Google does not tell addresses, everybody counts as its owner. */
export function isOwnRun(deps: AppDeps, run: RunDocument): boolean {
  const email = deps.user.email();
  return run.owner === "" || email === "" || run.owner === email;
}

function workingNotices(deps: AppDeps, runs: readonly RunDocument[]): string[] {
  return runs
    .filter((run) => isWorking(run, deps.clock.now()) && !isOwnRun(deps, run))
    .map((run) => `${run.owner} is syncing "${run.mappingName}" now.`);
}

/** Prefix of what a clock run left behind that could not even open its file. */
export const LOST_RUN_PREFIX = "lost-run.";

function lostRuns(deps: AppDeps): string[] {
  const texts = deps.memory.keys(LOST_RUN_PREFIX).map((key) => deps.memory.read(key) ?? "");
  return [...new Set(texts.filter((text) => text !== ""))].map((text) => `A scheduled sync could not start. ${text}`);
}

/** A run with its plan where there is one to show; a plan that cannot be read keeps nothing else from showing. */
export function runView(deps: AppDeps, config: Config, run: RunDocument): RunView {
  const plan = run.phase === "waiting" || run.phase === "applying" ? findPlan(deps.store, run.id) : null;
  const mapping = config.mappings.find((candidate) => candidate.id === run.mappingId) ?? null;
  return toRunView(run, plan, fieldLabels(mapping));
}

/** What is off without a permission, by the end of the scope's address. */
const SCOPE_NOTICES: Readonly<Record<string, string>> = {
  "spreadsheets.currentonly": "CRM Sync may not read or write this spreadsheet. Open it again and allow access.",
  "script.container.ui": "CRM Sync may not show its sidebar.",
  "script.external_request": "CRM Sync may not reach the CRM. Syncing is off until you allow external requests.",
  "script.scriptapp": "CRM Sync may not use the clock. Schedules are off until you allow it.",
  "script.send_mail": "CRM Sync may not send you e-mail. You get no mail about scheduled syncs.",
  "userinfo.email": "CRM Sync may not see your address. The history shows no names.",
};

function scopeNotice(scope: string): string {
  const name = scope.slice(scope.lastIndexOf("/") + 1);
  return SCOPE_NOTICES[name] ?? `A permission is missing: ${name}.`;
}
