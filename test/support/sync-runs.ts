import type { RpcRequest } from "../../src/contract/rpc";
import type { Direction, PlanItemView, PlanKind, RunView } from "../../src/contract/views";
import { ReplyError, type TrialWorld } from "./sync-trial-world";

/** A lease outlives the longest execution; after this nobody holds one. */
const LEASE_OVER_MS = 8 * 60_000;

/** Second looks at unconfirmed writes come this late. */
const LOOK_MS = 61_000;

/** Runs until which a world must have come to rest. */
const MAX_RUNS = 8;

const RESTING: readonly string[] = ["waiting", "done", "failed", "cancelled"];

/** Steps a run until it rests; waits on the clock where it asks for it. */
export async function finishRun(world: TrialWorld, started: RunView): Promise<RunView> {
  let run = started;
  for (let slice = 0; slice < 200 && !RESTING.includes(run.phase); slice++) {
    const waitMs = run.resumeAtMs === null ? 0 : run.resumeAtMs - world.now();
    if (waitMs > 0) await world.pass(waitMs);
    run = await world.call("run.step", { runId: run.id });
  }
  return run;
}

/** Approves everything that a plan waits for, conflicts as they are told; gives the run at its end. */
export async function approveRun(
  world: TrialWorld,
  run: RunView,
  settle: RpcRequest<"run.approve">["settle"] = [],
): Promise<RunView> {
  const approval = { runId: run.id, leaveOut: [], allowCreates: true, allowGuard: true, settle };
  return finishRun(world, await world.call("run.approve", approval));
}

/** A run from start to end, approved where it waits. */
export async function runThrough(world: TrialWorld, mappingId: string, direction: Direction): Promise<RunView> {
  const run = await finishRun(world, await world.call("run.start", { mappingId, direction, preview: false }));
  return run.phase === "waiting" ? approveRun(world, run) : run;
}

/** How a world came to rest. */
export interface Rest {
  /** Runs it took; the last one had nothing to do, unless `quiet` is false. */
  readonly runs: number;
  readonly quiet: boolean;
  /** The last run had nothing to report either: no conflict, no finding. */
  readonly silent: boolean;
  /** Runs that failed on the way, with their error. */
  readonly failures: readonly string[];
}

/** Nobody acts any more: the open run is brought to its end, leases and second looks are waited out, and runs follow until one has nothing to do. */
export async function stabilise(
  world: TrialWorld,
  { mappingId, direction }: { readonly mappingId: string; readonly direction: Direction },
  {
    abandon = false,
    untilShown = false,
    isWaiting = () => false,
  }: { readonly abandon?: boolean; readonly untilShown?: boolean; isWaiting?(): boolean } = {},
): Promise<Rest> {
  const failures: string[] = [];
  if (!abandon) await tryTo(failures, () => endOpenRun(world));
  await world.pass(LEASE_OVER_MS);
  let idle = 0;
  let conflicts = 0;
  for (let runs = 1; runs <= MAX_RUNS; runs++) {
    await world.pass(LOOK_MS);
    const run = await tryTo(failures, () => runThrough(world, mappingId, direction));
    if (run === null) await world.pass(LEASE_OVER_MS);
    else if (run.error?.code === "id-column-emptied") await saveAgain(world, mappingId);
    else if (run.error) failures.push(`${run.error.code}: ${run.error.message}`);
    // `untilShown`: a conflict that was found just now may be settled by the policy once it was shown (F6).
    const isShown = run !== null && (!untilShown || run.openConflicts <= conflicts);
    idle = run !== null && isIdle(run) && isShown ? idle + 1 : 0;
    conflicts = run?.openConflicts ?? 0;
    // A create that nobody confirmed is settled by the second look.
    if (run !== null && idle > (isWaiting() ? 1 : 0)) {
      return { runs, quiet: true, silent: run.totals.processed === 0, failures };
    }
  }
  return { runs: MAX_RUNS, quiet: false, silent: false, failures };
}

/** What the sidebar does when it is opened: an open run goes on, else a new one starts. */
export async function goOn(world: TrialWorld, mappingId: string, direction: Direction): Promise<void> {
  if (!(await endOpenRun(world))) await runThrough(world, mappingId, direction);
}

/** Brings the open run to its end; false: there is none. */
async function endOpenRun(world: TrialWorld): Promise<boolean> {
  const { run } = await world.call("app.state", {});
  if (run === null) return false;
  const rested = await finishRun(world, run);
  if (rested.phase === "waiting") await approveRun(world, rested);
  return true;
}

async function tryTo<T>(failures: string[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof ReplyError)) throw thrown;
    failures.push(thrown.message);
    return null;
  }
}

/** What the message about lost ids tells the user to do: open the mapping and save it (R18). */
async function saveAgain(world: TrialWorld, mappingId: string): Promise<void> {
  const opened = { crm: world.crm.name, objectType: null, tabId: 0, headerRow: null, mappingId } as const;
  const { draft } = await world.call("editor.open", opened);
  await world.call("mapping.save", { draft: draft as RpcRequest<"mapping.save">["draft"] });
}

/** Did the run do nothing at all? */
function isIdle({ phase, totals }: RunView): boolean {
  const done =
    totals.successes + totals.created + totals.updated + totals.appended + totals.cellsWritten + totals.linked;
  return phase === "done" && done === 0;
}

/** What a preview says is left: nothing is written. */
export interface Outlook {
  /** Why there is no preview; null: there is one. */
  readonly failure: string | null;
  readonly empty: boolean;
  readonly conflicts: readonly PlanItemView[];
  /** Errors and notes. */
  readonly findings: readonly PlanItemView[];
}

/** What a preview says after a run that had nothing to do and nothing to report. */
export const NOTHING_AHEAD: Outlook = { failure: null, empty: true, conflicts: [], findings: [] };

/** Previews a run and drops it again. */
export async function lookAhead(world: TrialWorld, mappingId: string, direction: Direction): Promise<Outlook> {
  const started = await world.call("run.start", { mappingId, direction, preview: true });
  const run = await finishRun(world, started);
  if (run.phase !== "waiting") {
    const failure = `the preview ended as ${run.phase}: ${run.error?.message ?? ""}`;
    return { failure, empty: false, conflicts: [], findings: [] };
  }
  const page = async (kind: PlanKind) =>
    (await world.call("plan.page", { runId: run.id, kind, offset: 0, limit: 200 })).items;
  const conflicts = await page("conflict");
  const findings = [...(await page("error")), ...(await page("note"))];
  await world.call("run.cancel", { runId: run.id });
  return { failure: null, empty: run.plan?.empty ?? false, conflicts, findings };
}
