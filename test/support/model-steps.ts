import { createRandom, type Random } from "../../workbench/crm/seeded-random";
import type { TrialOptions } from "./sync-trial";
import type { CrmFault, Unflushed } from "./sync-trial-world";

/** What somebody does in the sheet or in the CRM. Numbers choose among what there is, so that a step fits any state. */
export type PeopleStep =
  | { readonly do: "type" | "clear" | "formula" | "copy-value"; readonly row: number; readonly field: number }
  | { readonly do: "add-row"; readonly keyless: boolean }
  | { readonly do: "insert-row" | "delete-row" | "copy-row" | "empty-id"; readonly row: number }
  | { readonly do: "sort"; readonly field: number; readonly ascending: boolean }
  | { readonly do: "move-row" | "move-column"; readonly from: number; readonly before: number }
  | { readonly do: "rename-header"; readonly field: number }
  | { readonly do: "crm-edit" | "crm-clear"; readonly record: number; readonly field: number }
  | { readonly do: "crm-create" }
  | { readonly do: "crm-archive"; readonly record: number }
  | { readonly do: "crm-merge"; readonly record: number; readonly other: number };

/** A run, and what happens while it is under way. */
export interface RunStep {
  readonly do: "run";
  readonly direction: "pull" | "push" | "both";
  /** The sidebar goes on with a run that is open; else a new one is started whatever is there. */
  readonly resume: boolean;
  readonly during: readonly { readonly k: number; readonly step: PeopleStep }[];
  readonly kill: { readonly k: number; readonly unflushed: Unflushed } | null;
  readonly fault: CrmFault | null;
}

export type ModelStep = PeopleStep | RunStep | { readonly do: "wait"; readonly minutes: number };

/** A trial as data: the same text gives the same trial. */
export interface ModelTrial {
  readonly options: Required<TrialOptions>;
  readonly contacts: number;
  readonly steps: readonly ModelStep[];
}

/** How dense a trial is. */
export interface ModelSize {
  readonly steps: number;
  readonly calls: number;
}

const PEOPLE: readonly (readonly [weight: number, make: (random: Random) => PeopleStep])[] = [
  [10, (random) => ({ do: "type", row: random.int(50), field: random.int(5) })],
  [2, (random) => ({ do: "clear", row: random.int(50), field: 1 + random.int(4) })],
  [1, (random) => ({ do: "formula", row: random.int(50), field: 1 + random.int(4) })],
  [1, (random) => ({ do: "copy-value", row: random.int(50), field: 1 + random.int(4) })],
  [3, (random) => ({ do: "add-row", keyless: random.chance(0.1) })],
  [1, (random) => ({ do: "insert-row", row: random.int(50) })],
  [2, (random) => ({ do: "delete-row", row: random.int(50) })],
  [1, (random) => ({ do: "copy-row", row: random.int(50) })],
  [1, (random) => ({ do: "empty-id", row: random.int(50) })],
  [4, (random) => ({ do: "sort", field: random.int(5), ascending: random.chance(0.5) })],
  [2, (random) => ({ do: "move-row", from: random.int(50), before: random.int(50) })],
  [1, (random) => ({ do: "move-column", from: random.int(9), before: random.int(9) })],
  [1, (random) => ({ do: "rename-header", field: random.int(5) })],
  [9, (random) => ({ do: "crm-edit", record: random.int(50), field: random.int(5) })],
  [2, (random) => ({ do: "crm-clear", record: random.int(50), field: 1 + random.int(4) })],
  [3, () => ({ do: "crm-create" })],
  [1, (random) => ({ do: "crm-archive", record: random.int(50) })],
  [1, (random) => ({ do: "crm-merge", record: random.int(50), other: random.int(50) })],
];

const TOTAL_WEIGHT = PEOPLE.reduce((sum, [weight]) => sum + weight, 0);

function peopleStep(random: Random): PeopleStep {
  let left = random.int(TOTAL_WEIGHT);
  for (const [weight, make] of PEOPLE) {
    if (left < weight) return make(random);
    left -= weight;
  }
  return { do: "crm-create" };
}

function runStep(random: Random, size: ModelSize, direction: "pull" | "push" | "both"): RunStep {
  const during = Array.from({ length: random.chance(0.6) ? random.int(5) : 0 }, () => ({
    k: 1 + random.int(size.calls),
    step: peopleStep(random),
  }));
  const kill = random.chance(0.3)
    ? { k: 1 + random.int(size.calls), unflushed: random.pick<Unflushed>(["lost", "kept", "first", "half"]) }
    : null;
  const kinds: readonly CrmFault["kind"][] = ["busy", "token", "lost-request", "lost-answer", "half", "late"];
  const fault = random.chance(0.2) ? { crmCall: 1 + random.int(8), kind: random.pick(kinds) } : null;
  const narrow = direction === "both" && random.chance(0.3) ? random.pick(["pull", "push"] as const) : direction;
  return { do: "run", direction: narrow, resume: random.chance(0.8), during, kill, fault };
}

/** The trial of a seed. */
export function makeTrial(seed: number, size: ModelSize): ModelTrial {
  const random = createRandom(seed);
  // The first numbers of neighbouring seeds are alike.
  for (let n = 0; n < 5; n++) random.next();
  const direction = random.chance(0.8) ? "both" : random.pick(["pull", "push"] as const);
  const options: Required<TrialOptions> = {
    direction,
    conflicts: random.pick(["ask", "ask", "sheet-wins", "crm-wins", "newest-wins"] as const),
    blank: random.pick(["clear", "clear", "keep"] as const),
    gone: random.pick(["mark", "mark", "remove-row", "unlink"] as const),
    removedRows: random.pick(["leave", "leave", "bring-back", "archive"] as const),
  };
  const steps: ModelStep[] = [];
  for (let n = 0; n < size.steps; n++) {
    const dice = random.next();
    if (dice < 0.2) steps.push(runStep(random, size, direction));
    else if (dice < 0.25) steps.push({ do: "wait", minutes: random.pick([1, 3, 10, 60]) });
    else steps.push(peopleStep(random));
  }
  return { options, contacts: 3 + random.int(6), steps };
}
