import { runBench } from "./run-bench";
import { runNaive } from "./run-naive";

/**
 * `node bench.mjs <add-on|naive> <records>`: every step on one world, as one line of JSON. A process a size, so that the
 * peak of the memory is that size's own.
 */
async function main([what, size]: readonly string[]): Promise<void> {
  const records = Number(size);
  const say = (name: string) => process.stderr.write(`  ${records.toLocaleString("en")} records: ${name}\n`);
  const result = what === "naive" ? await runNaive(records) : { rows: await runBench(records, say) };
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  process.stdout.write(`${JSON.stringify({ ...result, peakMb })}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
