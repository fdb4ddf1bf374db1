import type { RpcRequest } from "../../src/contract/rpc";
import type { RunView } from "../../src/contract/views";
import { AppWorld } from "../support/app-world";

const TITLE = 5;

interface Conflicting {
  readonly world: AppWorld;
  readonly mappingId: string;
  readonly tabId: number;
  readonly run: RunView;
}

/** Job titles of the first three rows changed on both sides, in a preview that waits. */
function conflicting(): Conflicting {
  const world = new AppWorld({ contacts: 5 });
  const made = world.mapPeople();
  world.run(made.mappingId, "pull");
  world.clock.advance(3_600_000);
  for (const at of [0, 1, 2]) {
    const id = world.rows(made.tabId)[at]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: `crm ${at}` });
    world.grid.user.type(made.tabId, at + 2, TITLE, `sheet ${at}`);
  }
  world.clock.advance(3_600_000);
  const run = world.finish(world.call("run.start", { ...made, direction: "both", preview: true }));
  return { world, ...made, run };
}

function approve({ world, run }: Conflicting, how: Partial<RpcRequest<"run.approve">>): RunView {
  const nothing = { leaveOut: [], allowCreates: true, allowGuard: false };
  return world.finish(world.call("run.approve", { runId: run.id, ...nothing, ...how }));
}

function conflicts({ world, run }: Conflicting) {
  return world.call("plan.page", { runId: run.id, kind: "conflict", offset: 0, limit: 50 }).items;
}

/** Job title of the first three rows on both sides: "sheet | CRM". */
function titles({ world, tabId }: Conflicting): string[] {
  return world
    .rows(tabId)
    .slice(0, 3)
    .map((row) => {
      const record = world.crm.world.liveRecords("contacts").find(({ id }) => id === row["CRM record ID"]);
      return `${row["Job title"]} | ${record?.values.jobtitle}`;
    });
}

describe("a plan with conflicts", () => {
  it("F5 shows both sides with their times and leaves all open unless somebody decides", () => {
    const made = conflicting();
    const items = conflicts(made);
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({ title: expect.any(String), rowNumber: 2, changes: [{ label: "Job title" }] });
    expect(items[0]?.conflict).toMatchObject({ sheet: "sheet 0", crm: "crm 0", winners: ["sheet", "crm"] });
    const { sheetMs, crmMs } = items[0]?.conflict ?? { sheetMs: null, crmMs: null };
    expect(crmMs).toBeLessThan(sheetMs ?? 0);
    expect(approve(made, {}).openConflicts).toBe(3);
    expect(titles(made)).toEqual(["sheet 0 | crm 0", "sheet 1 | crm 1", "sheet 2 | crm 2"]);
  });

  it("F5 writes what was decided one by one, and leaves the rest open", () => {
    const made = conflicting();
    const [first, second] = conflicts(made).map(({ conflict }) => ({
      recordId: conflict?.recordId ?? "",
      field: conflict?.field ?? "",
    }));
    if (!first || !second) throw new Error("no conflicts");
    const run = approve(made, {
      settle: [
        { ...first, winner: "sheet" },
        { ...second, winner: "crm" },
      ],
    });
    expect(run).toMatchObject({ phase: "done", openConflicts: 1, totals: { updated: 1, cellsWritten: 1, errors: 0 } });
    expect(titles(made)).toEqual(["sheet 0 | sheet 0", "crm 1 | crm 1", "sheet 2 | crm 2"]);
  });

  it("F5 writes one side everywhere but where it was decided otherwise, and a further sync has nothing to do", () => {
    const made = conflicting();
    const open = conflicts(made)[2]?.conflict;
    if (!open) throw new Error("no conflict");
    const settle = [{ recordId: open.recordId, field: open.field, winner: "sheet" as const }];
    expect(approve(made, { settle, settleOthers: "crm" })).toMatchObject({ phase: "done", openConflicts: 0 });
    expect(titles(made)).toEqual(["crm 0 | crm 0", "crm 1 | crm 1", "sheet 2 | sheet 2"]);
    expect(made.world.run(made.mappingId, "both")).toMatchObject({ phase: "done", totals: { processed: 0 } });
  });

  it("F5 keeps the values that lost, and the history offers them", () => {
    const made = conflicting();
    const run = approve(made, { settleOthers: "crm" });
    const [event] = made.world.call("history.list", { limit: 1 });
    expect(event).toMatchObject({ runId: run.id, undo: "possible", losers: 3 });
    const losers = made.world.call("undo.losers", { runId: run.id });
    expect(losers.map(({ side, value, replacedBy, label }) => [label, side, value, replacedBy])).toEqual(
      [0, 1, 2].map((at) => ["Job title", "sheet", `sheet ${at}`, `crm ${at}`]),
    );
  });

  it("I15 brings back a chosen value that lost, and then the whole run", () => {
    const made = conflicting();
    const { world } = made;
    const { id: runId } = approve(made, { settleOthers: "crm" });
    const [loser] = world.call("undo.losers", { runId });
    const undo = (only: string[] | null) => {
      const planned = world.finish(world.call("undo.start", { runId, only }));
      expect(planned).toMatchObject({ phase: "waiting", undoOf: runId, plan: { guard: [{ kind: "undo" }] } });
      const approval = { leaveOut: [], allowCreates: true, allowGuard: true };
      return world.finish(world.call("run.approve", { runId: planned.id, ...approval }));
    };
    expect(undo([loser?.id ?? ""])).toMatchObject({ phase: "done", undoOf: runId });
    expect(titles(made)).toEqual(["sheet 0 | crm 0", "crm 1 | crm 1", "crm 2 | crm 2"]);
    undo(null);
    expect(titles(made)).toEqual(["sheet 0 | crm 0", "sheet 1 | crm 1", "sheet 2 | crm 2"]);
    const undone = world.call("history.list", { limit: 10 }).find((event) => event.runId === runId);
    expect(undone?.undo).toBe("done");
  });
});
