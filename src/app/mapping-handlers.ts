import type { Replies, RpcRequest } from "../contract/rpc";
import type { AppView, ColumnDraft, MappingDraft, MappingSummary } from "../contract/views";
import { SyncError } from "../domain/errors";
import type { ColumnMapping, Mapping } from "../domain/mapping";
import { findField, type ObjectSchema } from "../domain/schema";
import { cancelRun } from "../engine/step-run";
import { loadCheckpoint, saveCheckpoint } from "../state/checkpoint";
import { type Config, findMapping, loadConfig, saveConfig, toSchedule } from "../state/config";
import { forgetRecords } from "../state/forget-mapping";
import { isOpen, isWorking, loadRun, removeRun } from "../state/run-document";
import { removeScheduleState, saveScheduleState } from "../state/schedule-state";
import { type AppDeps, CALL_MS } from "./app-deps";
import { appState } from "./app-state";
import { checkDraft } from "./check-draft";
import { isClockDead } from "./clock-health";
import { mappingSummary } from "./mapping-summary";
import { openCrm, requireConnection } from "./open-crm";

/** Saves a mapping and marks its columns. Throws SyncError config `mapping-problems` naming them. */
export function saveMapping(deps: AppDeps, request: RpcRequest<"mapping.save">): Replies["mapping.save"] {
  const { draft } = request;
  const connection = requireConnection(deps, draft.crm);
  const schema = openCrm(deps, draft.crm, deps.clock.now() + CALL_MS).describe(draft.objectType);
  const header = deps.setup.readHeader(draft.tabId, draft.headerRow);
  const issues = checkDraft(draft, schema, header.columns);
  const problems = issues.filter((issue) => issue.level === "problem");
  if (problems.length > 0) {
    throw new SyncError("config", "mapping-problems", problems.map((issue) => issue.message).join(" "), {
      hint: "Correct the mapping and save again.",
    });
  }
  endRun(deps, draft.id);
  const config = loadConfig(deps.store);
  const before = draft.id === null ? null : findMapping(config, draft.id);
  const { mapping, places } = toMapping(deps, draft, { before, schema, accountId: connection.account.id });
  const moved = before !== null && (before.objectType !== mapping.objectType || before.accountId !== mapping.accountId);
  if (moved) forgetRecords(deps.store, mapping.id);
  const livingIds = config.mappings.map((one) => one.id);
  deps.setup.bind(mapping, places, livingIds);
  // Ids are numbers of their account and object: kept, they would be matched with strangers (R20).
  if (moved && before.tabId === mapping.tabId) deps.table(mapping).clearIds();
  if (before) saveCheckpoint(deps.store, mapping.id, { ...loadCheckpoint(deps.store, mapping.id), relink: true });
  const others = config.mappings.filter((candidate) => candidate.id !== mapping.id);
  const next = { ...config, mappings: [...others, mapping] };
  saveConfig(deps.store, next);
  deps.store.flush();
  return { mapping: mappingSummary(deps, next, mapping), issues };
}

function toMapping(
  deps: AppDeps,
  draft: MappingDraft,
  at: { readonly before: Mapping | null; readonly schema: ObjectSchema; readonly accountId: string },
): { mapping: Mapping; places: Map<string, number> } {
  const places = new Map<string, number>();
  const known = at.before ? deps.setup.columnsOf(at.before) : new Map<string, number>();
  const idAt = new Map([...known].map(([columnId, column]) => [column, columnId]));
  const columns: ColumnMapping[] = [];
  for (const column of draft.columns) {
    if (column.field === null) continue;
    const columnId = idAt.get(column.column) ?? deps.newId();
    places.set(columnId, column.column);
    columns.push(toColumn(column, columnId, at.schema));
  }
  const { before } = at;
  const mapping: Mapping = {
    id: before?.id ?? deps.newId(),
    name:
      draft.name.trim() === ""
        ? `${deps.grid.tab(draft.tabId)?.name() ?? "Sheet"} · ${at.schema.pluralLabel}`
        : draft.name.trim(),
    crm: draft.crm,
    accountId: at.accountId,
    objectType: draft.objectType,
    tabId: draft.tabId,
    headerRow: draft.headerRow,
    columns,
    keyField: draft.keyField,
    direction: draft.direction,
    ...draft.settings,
  };
  return { mapping, places };
}

function toColumn(column: ColumnDraft, columnId: string, schema: ObjectSchema): ColumnMapping {
  const field = findField(schema, column.field ?? "");
  return {
    columnId,
    header: column.header.trim(),
    field: column.field ?? "",
    direction: field && !field.updatable ? "pull" : column.direction,
    blank: column.blank,
  };
}

/** Ends a run that waits or was left behind: its plan was made for the mapping as it was. Throws SyncError config `run-active`. */
function endRun(deps: AppDeps, mappingId: string | null): void {
  const run = mappingId === null ? null : loadRun(deps.store, mappingId);
  if (!run || !isOpen(run)) return;
  if (!isWorking(run, deps.clock.now())) {
    cancelRun(deps, run);
    return;
  }
  throw new SyncError("config", "run-active", "This mapping is being synced right now.", {
    hint: "Wait until the sync has ended, or cancel it, then save.",
  });
}

/** Forgets a mapping with its base, checkpoint and schedule; sheet and records stay. */
export function removeMapping(deps: AppDeps, request: RpcRequest<"mapping.remove">): AppView {
  endRun(deps, request.mappingId);
  const config = loadConfig(deps.store);
  const mapping = findMapping(config, request.mappingId);
  deps.setup.unbind(mapping);
  forgetRecords(deps.store, mapping.id);
  removeScheduleState(deps.store, mapping.id);
  removeRun(deps.store, mapping.id);
  const { [mapping.id]: _gone, ...schedules } = config.schedules;
  const next = { ...config, mappings: config.mappings.filter((one) => one.id !== mapping.id), schedules };
  saveConfig(deps.store, next);
  dropIdleDispatcher(deps, next);
  deps.store.flush();
  return appState(deps);
}

/** Saves when the clock syncs a mapping; the clock runs as the user who saves it. */
export function saveSchedule(deps: AppDeps, request: RpcRequest<"schedule.save">): MappingSummary {
  const config = loadConfig(deps.store);
  const mapping = findMapping(config, request.mappingId);
  const schedule = toSchedule(request.schedule);
  if (schedule.kind !== "off") {
    requireConnection(deps, mapping.crm);
    replaceDeadDispatcher(deps);
    deps.triggers.ensureDispatcher();
  }
  const owner = schedule.kind === "off" ? "" : deps.user.email();
  const next = { ...config, schedules: { ...config.schedules, [mapping.id]: { schedule, owner } } };
  saveConfig(deps.store, next);
  saveScheduleState(deps.store, mapping.id, { version: 1, lastMs: deps.clock.now(), ranMs: null, problem: "" });
  dropIdleDispatcher(deps, next);
  deps.store.flush();
  return mappingSummary(deps, next, mapping);
}

/** A trigger that Google lists but never fires would be taken for the clock that is there already. */
function replaceDeadDispatcher(deps: AppDeps): void {
  const dispatcher = deps.triggers.dispatcherId();
  if (dispatcher !== null && isClockDead(deps)) deps.triggers.remove(dispatcher);
}

/** Takes the user's clock away when none of their schedules needs it. */
function dropIdleDispatcher(deps: AppDeps, config: Config): void {
  const anyOn = Object.values(config.schedules).some(
    (owned) => owned.schedule.kind !== "off" && owned.owner === deps.user.email(),
  );
  const dispatcher = deps.triggers.dispatcherId();
  if (!anyOn && dispatcher !== null) deps.triggers.remove(dispatcher);
}
