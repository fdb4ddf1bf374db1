import daff from "daff";
import { planSync } from "../../src/merge/plan-sync";
import { buildSpeedInput, buildSpeedTables, type MergeTables } from "./merge-speed-data";

/**
 * Times the planner: `node merge-speed.mjs <rows> <fields> <rounds> [daff]`. Prints one line of JSON. A process a size, so
 * that the peak of the memory is that size's own.
 */
function main([rows = 0, fields = 0, rounds = 1]: readonly number[], beside: string | undefined): void {
  const input = buildSpeedInput(rows, fields);
  const inputMb = usedMb();
  const planMs: number[] = [];
  let operations = 0;
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.();
    const time = startTime();
    operations = planSync(input).operations.length;
    planMs.push(time());
  }
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  const result = { rows, fields, operations, planMs: Math.min(...planMs), allMs: planMs, inputMb, peakMb };
  const daffed = beside === "daff" ? mergeByDaff(buildSpeedTables(input)) : {};
  process.stdout.write(`${JSON.stringify({ ...result, ...daffed })}\n`);
}

/**
 * Milliseconds since now, on the clock or of the processor, whichever is less: on a busy machine the clock counts the work
 * of others, on a quiet one the processor counts the collector's threads.
 */
function startTime(): () => number {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return Math.min(performance.now() - startMs, (user + system) / 1_000);
  };
}

function usedMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1_048_576;
}

/** The same data by the three-way merge of a public library for tables. */
function mergeByDaff({ base, sheet, crm }: MergeTables): { readonly daffMs: number; readonly daffConflicts: number } {
  const flags = new daff.CompareFlags();
  flags.addPrimaryKey("id");
  flags.ordered = false;
  const [parent, local, remote] = [base, sheet, crm].map((table) => new daff.TableView(table.map((row) => [...row])));
  const time = startTime();
  const daffConflicts = new daff.Merger(parent, local, remote, flags).apply();
  return { daffMs: time(), daffConflicts };
}

main(process.argv.slice(2, 5).map(Number), process.argv[5]);
