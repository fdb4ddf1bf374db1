import type { RunView } from "../../src/contract/views";
import type { World } from "../server/world";
import { AddOnClient } from "./add-on-client";
import { checkEndState, type DemoChecks } from "./check-end-state";
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
  const { host, hubspot } = world;
  const steps: DemoStep[] = [];
  let name = "";
  const client = new AddOnClient(host, (run) => onProgress(name, run));
  const step = async <T>(title: string, work: () => Promise<T>, result: (value: T) => string): Promise<T> => {
    name = title;
    onProgress(title, null);
    client.takeExecutions();
    const value = await work();
    steps.push(toDemoStep(title, client.takeExecutions(), result(value)));
    return value;
  };

  const mapping = await step(
    "connect and map",
    async () => {
      await client.call("connection.connect", { crm: "hubspot", token: hubspot.token });
      const { tabId } = await client.call("template.create", { template: "people" });
      const open = { crm: "hubspot" as const, objectType: "contacts", tabId, headerRow: null, mappingId: null };
      const { draft } = await client.call("editor.open", open);
      const saved = await client.call("mapping.save", { draft: { ...draft, columns: [...draft.columns] } });
      return saved.mapping;
    },
    (saved) => `${saved.columnCount} columns mapped`,
  );
  const start = { mappingId: mapping.id, preview: false };
  await step(
    "pull",
    async () => client.finish(await client.call("run.start", { ...start, direction: "pull" })),
    totals,
  );
  const edits = makeEdits(world, mapping.tabId);
  const preview = await step(
    "preview both ways",
    async () => client.finish(await client.call("run.start", { ...start, direction: "both", preview: true })),
    planned,
  );
  const approval = { runId: preview.id, leaveOut: [], allowCreates: true, allowGuard: true };
  const synced = await step(
    "sync both ways",
    async () => client.finish(await client.call("run.approve", approval)),
    totals,
  );
  const second = await step(
    "second sync",
    async () => client.finish(await client.call("run.start", { ...start, direction: "both", preview: true })),
    planned,
  );
  const state = await client.call("app.state", {});
  const checks = checkEndState({
    edits,
    people: readPeople(host, mapping.tabId),
    records: hubspot.control.all("contacts"),
    preview,
    synced,
    second,
    openConflicts: state.mappings[0]?.openConflicts ?? 0,
    contacts,
  });
  return { contacts, steps, checks, ok: Object.values(checks).every((check) => check.ok) };
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
