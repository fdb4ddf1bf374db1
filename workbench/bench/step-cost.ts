import type { ExecutionRecord } from "../apps-script/host-api";
import type { LoggedRequest } from "../crm/request-log";

/** What one step cost, counted by the emulator; the same on every machine. */
export interface StepCost {
  /** Requests to the CRM, the reads of unchanged records apart. */
  readonly crmCalls: number;
  /**
   * Requests that read linked records which nobody had changed: the rotating verification (a seventh a day, by the clock),
   * all of them by hand (up to 2,000, so that an edit made a moment ago is seen), and what a run that only pushes compares.
   */
  readonly unchangedReads: number;
  /** Calls that read or write cells, formats or the grid. */
  readonly sheetCalls: number;
  readonly executions: number;
  /** Executions that it would take if each could work for the six minutes that Apps Script allows. */
  readonly executionsOfSixMinutes: number;
  /** Seconds on the virtual clock, by the cost model. */
  readonly virtualSeconds: number;
}

const EXECUTION_MS = 6 * 60_000;

/** Ids of a batch read. */
const BATCH_READ = /\/batch\/read(\?|$)/;
const BATCH = 100;

/** Sums up the executions and requests of a step. `touched`: ids that somebody changed, so that a run has to read them. */
export function costOf(
  executions: readonly ExecutionRecord[],
  requests: readonly LoggedRequest[],
  touched: ReadonlySet<string>,
): StepCost {
  const sum = (of: (record: ExecutionRecord) => number) => executions.reduce((total, record) => total + of(record), 0);
  const virtualMs = sum((record) => record.durationMs);
  const unchangedReads = countUnchangedReads(requests, touched);
  return {
    crmCalls: sum((record) => record.fetchCalls) - unchangedReads,
    unchangedReads,
    sheetCalls: sum((record) => record.sheetCalls),
    executions: executions.length,
    executionsOfSixMinutes: Math.ceil(virtualMs / EXECUTION_MS),
    virtualSeconds: Math.round(virtualMs / 100) / 10,
  };
}

/**
 * Batch reads that would not have been made for the records that changed alone. A run puts both kinds into one sorted
 * list, so a batch that holds both counts by its share.
 */
function countUnchangedReads(requests: readonly LoggedRequest[], touched: ReadonlySet<string>): number {
  let whole = 0;
  let shared = 0;
  for (const { path, requestBody } of requests) {
    if (!BATCH_READ.test(path)) continue;
    const body = JSON.parse(requestBody) as {
      readonly idProperty?: string;
      readonly inputs: readonly { id: string }[];
    };
    if (body.idProperty !== undefined) continue;
    const others = body.inputs.filter(({ id }) => !touched.has(id)).length;
    if (others === body.inputs.length) whole += 1;
    else shared += others;
  }
  return whole + Math.floor(shared / BATCH);
}
