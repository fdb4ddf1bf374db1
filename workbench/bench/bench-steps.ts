import type { ExecutionRecord } from "../apps-script/host-api";
import type { BenchWorld } from "./bench-world";
import type { StepWork } from "./lower-bound";

/** One step of the benchmark: what happens before it, what is timed, and what has to come out. */
export interface BenchStep {
  readonly name: string;
  readonly work: StepWork;
  /** Edits of people on both sides; gives the ids of records that a run has to read for them. */
  prepare(bench: BenchWorld): readonly string[];
  /** The run that is counted. Its executions, or null: those that the sidebar's calls took. */
  run(bench: BenchWorld): Promise<readonly ExecutionRecord[] | null>;
}

/** At most so many rows are created. */
const MAX_CREATES = 10_000;

/** Every hundredth row, from a place of its own for each kind of edit. */
const EVERY = 100;
const AT = { sheet: 17, crm: 61, both: 33 } as const;

const nothing = (): readonly string[] => [];

/** The steps for a table of n records, in the order in which they are made on one world. */
export function benchSteps(n: number): readonly BenchStep[] {
  const changed = Math.floor(n / EVERY);
  const creates = Math.min(n, MAX_CREATES);
  return [
    { name: "first pull", work: { listed: n }, prepare: nothing, run: pulling(n) },
    { name: "nothing changed, by the clock", work: {}, prepare: nothing, run: (bench) => bench.runByClock() },
    {
      name: "1 cell changed",
      work: { written: 1 },
      prepare: (bench) => editSheet(bench, [0]),
      run: syncing(1, 0),
    },
    {
      name: "1 % changed on each side",
      work: { written: changed, changedInCrm: changed, echoes: 1 },
      prepare: (bench) => [...editSheet(bench, rows(n, AT.sheet)), ...editCrm(bench, rows(n, AT.crm))],
      run: syncing(changed, changed),
    },
    {
      name: "1 % changed on both sides, the sheet wins",
      work: { written: changed, changedInCrm: changed, echoes: changed },
      prepare: (bench) => editBoth(bench, rows(n, AT.both)),
      run: syncing(changed, 0),
    },
    {
      name: `push of ${creates.toLocaleString("en")} new rows`,
      work: { written: creates },
      prepare: (bench) => {
        bench.addRows(creates);
        return [];
      },
      run: pushing(creates),
    },
  ];
}

function rows(n: number, at: number): readonly number[] {
  return Array.from({ length: Math.floor(n / EVERY) }, (_, index) => index * EVERY + at);
}

function editSheet(bench: BenchWorld, chosen: readonly number[]): readonly string[] {
  const ids = bench.ids();
  for (const row of chosen) bench.type(row, "jobtitle", `Typed by hand in row ${row}`);
  return chosen.map((row) => ids[row] ?? "");
}

function editCrm(bench: BenchWorld, chosen: readonly number[]): readonly string[] {
  const ids = bench.ids();
  const { control } = bench.world.hubspot;
  return chosen.map((row) => {
    const id = ids[row] ?? "";
    control.update("contacts", id, { phone: `+49 40 ${1_000_000 + row}` });
    return id;
  });
}

function editBoth(bench: BenchWorld, chosen: readonly number[]): readonly string[] {
  const ids = bench.ids();
  const { control } = bench.world.hubspot;
  return chosen.map((row) => {
    const id = ids[row] ?? "";
    bench.type(row, "lastname", `Sheetname${row}`);
    control.update("contacts", id, { lastname: `Crmname${row}` });
    return id;
  });
}

type Run = BenchStep["run"];

function pulling(n: number): Run {
  return async (bench) => {
    const { totals } = await bench.run("pull");
    expectCount("rows added", totals.appended, n);
    return null;
  };
}

function pushing(creates: number): Run {
  return async (bench) => {
    const { totals } = await bench.run("push");
    expectCount("records created", totals.created, creates);
    return null;
  };
}

function syncing(updates: number, cells: number): Run {
  return async (bench) => {
    const { totals } = await bench.run("both");
    expectCount("records updated", totals.updated, updates);
    expectCount("cells written", totals.cellsWritten, cells);
    return null;
  };
}

function expectCount(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
}
