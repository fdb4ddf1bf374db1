import type { RpcRequest } from "../contract/rpc";
import type { PlanPageView, RunView } from "../contract/views";
import { SyncError, toSyncError } from "../domain/errors";
import type { Direction, Mapping } from "../domain/mapping";
import type { RunTrigger } from "../domain/run";
import { requireAccount } from "../engine/require-account";
import { requireFree } from "../engine/require-free";
import type { RunDeps } from "../engine/run-deps";
import { startRun } from "../engine/start-run";
import { approveRun, cancelRun, interruptRun, stepRun } from "../engine/step-run";
import type { Crm } from "../ports/crm";
import { findMapping, loadConfig } from "../state/config";
import { findPlan, loadPlan } from "../state/plan-document";
import { isOpen, isWorking, loadRun, loadRuns, type RunDocument } from "../state/run-document";
import { loadScheduleState, saveScheduleState } from "../state/schedule-state";
import { alone, announceWork } from "./alone";
import { type AppDeps, SLICE_MS } from "./app-deps";
import { isOwnRun, runView } from "./app-state";
import { checkAccount, openCrm } from "./open-crm";
import { planPage } from "./plan-page";
import { settledConflicts } from "./settled-conflicts";

/** Opens a run and works on it for one slice. */
export function startHandler(deps: AppDeps, request: RpcRequest<"run.start">): RunView {
  return alone(deps, () => {
    const mapping = findMapping(loadConfig(deps.store), request.mappingId);
    const trigger = request.preview ? "preview" : "manual";
    const run = openRun(deps, mapping, { direction: request.direction, trigger });
    return view(deps, workOn(deps, mapping, run, deps.clock.now() + SLICE_MS));
  });
}

/** Opens a run of a mapping; nothing is read yet. */
export function openRun(
  deps: AppDeps,
  mapping: Mapping,
  how: { readonly direction: Direction; readonly trigger: RunTrigger },
): RunDocument {
  closeAbandoned(deps, mapping);
  return startRun(deps.store, {
    id: deps.newId(),
    mapping,
    direction: how.direction,
    trigger: how.trigger,
    owner: deps.user.email(),
    preview: how.trigger === "preview",
    nowMs: deps.clock.now(),
  });
}

/** A run of this mapping that was cut off and whose lease has ended: what it did goes to the history before it is replaced. */
function closeAbandoned(deps: AppDeps, mapping: Mapping): void {
  const left = loadRun(deps.store, mapping.id);
  if (left === null || !isOpen(left) || left.phase === "waiting" || isWorking(left, deps.clock.now())) return;
  if (left.totals.processed > 0) cancelRun(deps, left);
}

/** Works on a run until the deadline (epoch ms); the account is checked first, by every execution (rule R20). */
export function workOn(deps: AppDeps, mapping: Mapping, run: RunDocument, deadlineMs: number): RunDocument {
  return workWith(deps, mapping, run, { deadlineMs, open: () => openAccount(deps, mapping, deadlineMs) });
}

/** Client of the mapping's own account (rule R20). Throws SyncError auth, config `other-account`, or why the CRM does not tell. */
function openAccount(deps: AppDeps, mapping: Mapping, deadlineMs: number): Crm {
  const crm = openCrm(deps, mapping.crm, deadlineMs);
  requireAccount(mapping, checkAccount(deps, crm));
  return crm;
}

function workWith(
  deps: AppDeps,
  mapping: Mapping,
  run: RunDocument,
  { deadlineMs, open }: { readonly deadlineMs: number; open(): Crm },
): RunDocument {
  announceWork(deps, run);
  try {
    return stepRun(runDeps(deps, mapping, open(), deadlineMs), run);
  } catch (thrown) {
    const error = toSyncError(thrown);
    // A connection that fails keeps a run that has begun to write: it goes on after reconnecting.
    if (error.kind === "auth" && run.nextItem > 0) throw error;
    return interruptRun(deps, run, error);
  }
}

function runDeps(deps: AppDeps, mapping: Mapping, crm: Crm, deadlineMs: number): RunDeps {
  const { store, history, clock, zone } = deps;
  return { crm, table: deps.table(mapping), store, history, clock, zone, mapping, deadlineMs, newId: deps.newId };
}

/** Works on a run for one more slice; a run that rests is only shown. Throws SyncError config `run-active`. */
export function stepHandler(deps: AppDeps, request: RpcRequest<"run.step">): RunView {
  return alone(deps, () => {
    const run = requireRun(deps, request.runId);
    if (run.phase === "waiting" || run.leaseUntilMs === 0 || !isOwnRun(deps, run)) return view(deps, run);
    requireFree(deps.store, run.id, deps.clock.now());
    const mapping = findMapping(loadConfig(deps.store), run.mappingId);
    return view(deps, workOn(deps, mapping, run, deps.clock.now() + SLICE_MS));
  });
}

/**
 * One slice of a run in its mapping's direction, under the lock, which is free between two of them; `run` null: it is opened.
 * Throws SyncError retryable `busy`, config `run-active`.
 */
export function workSlice(
  deps: AppDeps,
  mapping: Mapping,
  run: RunDocument | null,
  { trigger, deadlineMs }: { readonly trigger: RunTrigger; readonly deadlineMs: number },
): RunDocument {
  return alone(deps, () => {
    if (run !== null) requireFree(deps.store, run.id, deps.clock.now());
    const current = run ?? openRun(deps, mapping, { direction: mapping.direction, trigger });
    return workOn(deps, mapping, current, Math.min(deadlineMs, deps.clock.now() + SLICE_MS));
  });
}

/**
 * Lets a waiting run go on and works on it for one slice. The account is checked before anything is stored: with a key that
 * is dead or leads elsewhere the plan waits on, with all that was decided about it (rule R20). Throws that SyncError.
 */
export function approveHandler(deps: AppDeps, request: RpcRequest<"run.approve">): RunView {
  return alone(deps, () => {
    const waiting = { ...requireRun(deps, request.runId), owner: deps.user.email() };
    const mapping = findMapping(loadConfig(deps.store), waiting.mappingId);
    const plan = findPlan(deps.store, waiting.id);
    const settle = plan === null ? [] : settledConflicts(plan, mapping, request);
    const { leaveOut, allowCreates, allowGuard } = request;
    const deadlineMs = deps.clock.now() + SLICE_MS;
    const crm = openAccount(deps, mapping, deadlineMs);
    const approved = approveRun(deps, waiting, { leaveOut, allowCreates, allowGuard, settle });
    noteDecided(deps, waiting);
    return view(deps, workWith(deps, mapping, approved, { deadlineMs, open: () => crm }));
  });
}

/** Ends a run on the user's word. */
export function cancelHandler(deps: AppDeps, request: RpcRequest<"run.cancel">): RunView {
  return alone(deps, () => {
    const run = requireRun(deps, request.runId);
    if (run.leaseUntilMs === 0) return view(deps, run);
    noteDecided(deps, run);
    return view(deps, cancelRun(deps, run));
  });
}

/** A plan of the clock that waited for somebody waits no longer. */
function noteDecided({ store }: AppDeps, run: RunDocument): void {
  if (run.phase !== "waiting" || run.trigger !== "schedule") return;
  const { told: _told, ...state } = loadScheduleState(store, run.mappingId);
  saveScheduleState(store, run.mappingId, { ...state, problem: "" });
}

/** One page of what a run would do. */
export function planPageHandler(deps: AppDeps, request: RpcRequest<"plan.page">): PlanPageView {
  const run = requireRun(deps, request.runId);
  const mapping = loadConfig(deps.store).mappings.find((candidate) => candidate.id === run.mappingId) ?? null;
  return planPage(loadPlan(deps.store, run.id), request, mapping);
}

/** The file's run, if it is still that one. Throws SyncError config `run-missing`. */
function requireRun(deps: AppDeps, runId: string): RunDocument {
  const run = loadRuns(deps.store).find((candidate) => candidate.id === runId);
  if (run) return run;
  throw new SyncError("config", "run-missing", "This run was replaced by a newer one.", {
    hint: "Reload the sidebar.",
  });
}

function view(deps: AppDeps, run: RunDocument): RunView {
  return runView(deps, loadConfig(deps.store), run);
}
