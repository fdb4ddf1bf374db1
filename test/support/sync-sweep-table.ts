import type { SweepReport } from "./sync-sweep";

const WIDTHS = [7, 8, 10, 6] as const;

/** Calls, trials, failures and asks of each sweep, in lines. */
export function sweepTable(reports: readonly SweepReport[]): string {
  const lines = reports.map(({ scenario, calls, trials, failures, asks }) =>
    line(scenario, [calls, trials, failures.length, asks]),
  );
  const sum = (pick: (report: SweepReport) => number) => reports.reduce((all, report) => all + pick(report), 0);
  const total = line("all", [
    sum((one) => one.calls),
    sum((one) => one.trials),
    sum((one) => one.failures.length),
    sum((one) => one.asks),
  ]);
  return `\n${["scenario".padEnd(50), "  calls", "  trials", "  failures", "  asks"].join("")}\n${[...lines, total].join("\n")}\n`;
}

function line(name: string, counts: readonly number[]): string {
  return name.padEnd(50) + counts.map((count, at) => String(count).padStart(WIDTHS[at] ?? 8)).join("");
}
