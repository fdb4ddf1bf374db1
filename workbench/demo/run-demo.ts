import type { MappingSummary, RunView } from "../../src/contract/views";
import type { Host } from "../apps-script/host-api";
import type { World } from "../server/world";
import { AddOnClient } from "./add-on-client";
import { checkEndState, type DemoChecks } from "./check-end-state";
import { DEMO_CRMS, type DemoCrm, readContacts } from "./demo-crm";
import { type DemoStep, toDemoStep } from "./demo-step";
import { makeEdits } from "./make-edits";
import { readPeople } from "./people-sheet";

/** What the demo did and whether the end state is right. */
export interface DemoReport {
  readonly contacts: number;
  readonly steps: readonly DemoStep[];
  readonly checks: DemoChecks;
  readonly ok: boolean;
}

/**
 * The main job: pull contacts into a people sheet, edit by hand while somebody else edits in the CRM, preview, sync both
 * ways, sync again; then both sides are read and compared with what was done.
 */
export async function runDemo(
  world: World,
  contacts: number,
  onProgress: (step: string, run: RunView | null) => void,
): Promise<DemoReport> {
  const { host } = world;
  const [sandbox] = world.sandboxes;
  const crm = sandbox && DEMO_CRMS[sandbox.name];
  if (!sandbox || !crm) throw new RangeError("a world without a CRM that the demo knows");
  const recorder = new StepRecorder(host, onProgress);
  const { client } = recorder;
  const start = (mappingId: string, direction: "pull" | "both", preview: boolean) => async () =>
    client.finish(await client.call("run.start", { mappingId, direction, preview }));

  const mapping = await recorder.step("connect and map", () => mapPeople(client, world, crm), mapped);
  await recorder.step("pull", start(mapping.id, "pull", false), totals);
  const edits = makeEdits(world, mapping.tabId, { crm, sandbox });
  const preview = await recorder.step("preview both ways", start(mapping.id, "both", true), planned);
  const approval = { runId: preview.id, leaveOut: [], allowCreates: true, allowGuard: true };
  const approve = async () => client.finish(await client.call("run.approve", approval));
  const synced = await recorder.step("sync both ways", approve, totals);
  const second = await recorder.step("second sync", start(mapping.id, "both", true), planned);
  const state = await client.call("app.state", {});
  const checks = checkEndState({
    edits,
    people: readPeople(host, mapping.tabId),
    records: readContacts(crm, sandbox),
    recordId: crm.recordId,
    preview,
    synced,
    second,
    openConflicts: state.mappings[0]?.openConflicts ?? 0,
    contacts,
  });
  return { contacts, steps: recorder.steps, checks, ok: Object.values(checks).every((check) => check.ok) };
}

/** Connects, makes the people sheet and maps it as suggested. */
async function mapPeople(client: AddOnClient, world: World, crm: DemoCrm): Promise<MappingSummary> {
  await crm.connect(client, world);
  const { tabId } = await client.call("template.create", { template: "people" });
  const open = { crm: crm.name, objectType: crm.objectType, tabId, headerRow: null, mappingId: null };
  const { draft } = await client.call("editor.open", open);
  const saved = await client.call("mapping.save", { draft: { ...draft, columns: [...draft.columns] } });
  return saved.mapping;
}

/** Runs steps one after the other and counts what each one cost. */
class StepRecorder {
  readonly client: AddOnClient;
  readonly steps: DemoStep[] = [];
  private name = "";

  constructor(
    host: Host,
    private readonly onProgress: (step: string, run: RunView | null) => void,
  ) {
    this.client = new AddOnClient(host, (run) => onProgress(this.name, run));
  }

  async step<T>(name: string, work: () => Promise<T>, result: (value: T) => string): Promise<T> {
    this.name = name;
    this.onProgress(name, null);
    this.client.takeExecutions();
    const value = await work();
    this.steps.push(toDemoStep(name, this.client.takeExecutions(), result(value)));
    return value;
  }
}

function mapped(mapping: MappingSummary): string {
  return `${mapping.columnCount} columns mapped`;
}

function totals(run: RunView): string {
  const { created, updated, appended, cellsWritten, errors, skipped } = run.totals;
  const parts = [
    [created, "created"],
    [updated, "updated"],
    [appended, "rows added"],
    [cellsWritten, "cells written"],
    [errors, "errors"],
    [skipped, "left as they are"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const text = said.length > 0 ? said.join(", ") : "nothing to do";
  return run.phase === "done" ? text : `${run.phase}: ${run.error?.message ?? run.doing}`;
}

function planned(run: RunView): string {
  const counts = run.plan?.counts;
  if (!counts) return `${run.phase}: ${run.error?.message ?? ""}`;
  if (run.plan?.empty) return `plans nothing, ${counts.conflicts} open conflicts`;
  return `plans ${counts.creates} creates, ${counts.updates} updates, ${counts.rowWrites} row changes, ${counts.conflicts} conflicts`;
}
