import type { ExecutionRecord } from "../../workbench/apps-script/host-api";
import { callLimit, lowerBound } from "../../workbench/bench/lower-bound";
import { type BenchRow, runBench } from "../../workbench/bench/run-bench";
import { costOf } from "../../workbench/bench/step-cost";
import type { LoggedRequest } from "../../workbench/crm/request-log";

describe("bounds of the benchmark", () => {
  it.each([
    { work: { listed: 100_000 }, bound: 1_000, limit: 1_105 },
    { work: {}, bound: 1, limit: 5 },
    { work: { written: 1 }, bound: 2, limit: 7 },
    { work: { written: 1_000, changedInCrm: 1_000 }, bound: 15, limit: 40 },
  ])("$work needs at least $bound calls and may take $limit", ({ work, bound, limit }) => {
    expect(lowerBound(work)).toBe(bound);
    expect(callLimit(work)).toBe(limit);
  });
});

describe("cost of a step", () => {
  const execution = (record: Partial<ExecutionRecord>) => record as ExecutionRecord;
  const batchRead = (ids: readonly string[], more: object = {}): LoggedRequest => {
    const body = { ...more, inputs: ids.map((id) => ({ id })) };
    return { path: "/crm/objects/2026-03/contacts/batch/read", requestBody: JSON.stringify(body) } as LoggedRequest;
  };
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => String(from + at));

  it("sums up executions and rounds up to whole ones of six minutes", () => {
    const executions = [
      execution({ fetchCalls: 3, sheetCalls: 10, durationMs: 360_000 }),
      execution({ fetchCalls: 4, sheetCalls: 1, durationMs: 1_060 }),
    ];
    expect(costOf(executions, [], new Set())).toEqual({
      crmCalls: 7,
      unchangedReads: 0,
      sheetCalls: 11,
      executions: 2,
      executionsOfSixMinutes: 2,
      virtualSeconds: 361.1,
    });
  });

  it("counts reads of unchanged records apart, and by their share where a batch holds both kinds", () => {
    const executions = [execution({ fetchCalls: 10, sheetCalls: 0, durationMs: 0 })];
    const requests = [
      batchRead(ids(0, 100)),
      batchRead(ids(100, 100)),
      batchRead(ids(250, 100)),
      batchRead(ids(350, 50)),
      batchRead(["a@example.org"], { idProperty: "email" }),
    ];
    const touched = new Set([...ids(0, 100), ...ids(300, 50)]);
    expect(costOf(executions, requests, touched)).toMatchObject({ crmCalls: 8, unchangedReads: 2 });
  });
});

describe("the benchmark", () => {
  const quiet = () => undefined;
  const counts = (rows: readonly BenchRow[]) => rows.map(({ wallSeconds: _, ...row }) => row);

  it("counts the same twice, keeps to its limits, and never works without a lower bound", async () => {
    const first = counts(await runBench(200, quiet));
    expect(first.map(({ step }) => step)).toHaveLength(6);
    expect(counts(await runBench(200, quiet))).toEqual(first);
    for (const row of first) {
      expect(row.problem).toBeNull();
      expect(row.crmCalls).toBeGreaterThanOrEqual(row.lowerBound);
      expect(row.virtualSeconds).toBeGreaterThan(0);
    }
    const idle = first.find(({ step }) => step.startsWith("nothing changed"));
    expect(idle?.crmCalls).toBeLessThanOrEqual(3);
    expect(idle?.sheetCalls).toBeLessThanOrEqual(idle?.sheetCallLimit ?? 0);
  }, 180_000);
});
