import type { ExecutionRecord } from "../apps-script/host-api";

/** What one step of the demo cost, counted by the emulator. */
export interface DemoStep {
  readonly name: string;
  readonly executions: number;
  /** Requests to the CRM. */
  readonly crmCalls: number;
  /** Calls that read or write cells, formats or the grid. */
  readonly sheetCalls: number;
  /** Seconds on the virtual clock, by the cost model. */
  readonly virtualSeconds: number;
  readonly result: string;
}

/** Sums up the executions of a step. */
export function toDemoStep(name: string, executions: readonly ExecutionRecord[], result: string): DemoStep {
  const sum = (of: (record: ExecutionRecord) => number) => executions.reduce((total, record) => total + of(record), 0);
  return {
    name,
    executions: executions.length,
    crmCalls: sum((record) => record.fetchCalls),
    sheetCalls: sum((record) => record.sheetCalls),
    virtualSeconds: Math.round(sum((record) => record.durationMs) / 100) / 10,
    result,
  };
}

/** The steps as a table for a terminal. */
export function formatSteps(steps: readonly DemoStep[]): string {
  const head = ["step", "executions", "CRM calls", "sheet calls", "virtual s", "result"];
  const lines = steps.map((step) => [
    step.name,
    String(step.executions),
    String(step.crmCalls),
    String(step.sheetCalls),
    step.virtualSeconds.toFixed(1),
    step.result,
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    line
      .map((text, at) => (at >= 1 && at <= 4 ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join("  ");
  return [format(head), widths.map((width) => "-".repeat(width)).join("  "), ...lines.map(format)].join("\n");
}
