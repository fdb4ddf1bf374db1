import { appState } from "../../src/app/app-state";
import { SyncError } from "../../src/domain/errors";
import { SCOPES } from "../../src/entry/scopes";
import { AppWorld } from "../support/app-world";

describe("the home of the sidebar", () => {
  it("says in a sentence of its own what is off without each permission", () => {
    const world = new AppWorld();
    const user = { email: () => "", missingScopes: () => SCOPES };
    const { notices } = appState({ ...world.deps(), user });
    expect(notices).toHaveLength(6);
    expect(new Set(notices).size).toBe(6);
    for (const notice of notices) expect(notice).toMatch(/^CRM Sync may not .*\.$/);
    const odd = { email: () => "", missingScopes: () => ["https://example.com/auth/drive.odd"] };
    expect(appState({ ...world.deps(), user: odd }).notices).toEqual(["A permission is missing: drive.odd."]);
  });

  it("tells the open tab, the empty ones, and works without any mapping or connection", () => {
    const world = new AppWorld();
    const first = world.grid.addUserTab("Filled", [["A"]]);
    const second = world.grid.addUserTab("Empty", []);
    world.grid.user.activate(second);
    expect(world.call("app.state", {})).toMatchObject({
      connections: [],
      mappings: [],
      run: null,
      user: "ann@example.com",
      timeZone: "Europe/Berlin",
      tabs: [
        { id: first, name: "Filled", active: false, empty: false },
        { id: second, name: "Empty", active: true, empty: true },
      ],
    });
  });

  it("opens on the plan that needs approval, though a newer preview is open, and names each plan at its mapping", () => {
    const world = new AppWorld({ contacts: 30 });
    const stopped = world.mapPeople();
    world.run(stopped.mappingId, "pull");
    const other = world.mapPeople();
    for (let row = 2; row <= 31; row++) world.grid.user.type(stopped.tabId, row, 5, "Slipped");
    const waiting = world.run(stopped.mappingId, "both");
    expect(waiting.phase).toBe("waiting");
    world.clock.advance(60_000);
    const preview = world.finish(
      world.call("run.start", { mappingId: other.mappingId, direction: "both", preview: true }),
    );
    const state = world.call("app.state", {});
    expect(state.run?.id).toBe(waiting.id);
    const summaries = [stopped, other].map(({ mappingId }) => state.mappings.find(({ id }) => id === mappingId));
    expect(summaries.map((summary) => [summary?.state, summary?.waitingRunId])).toEqual([
      ["needs-approval", waiting.id],
      ["never", preview.id],
    ]);
    world.call("run.cancel", { runId: waiting.id });
    expect(world.call("app.state", {}).run?.id).toBe(preview.id);
  });

  it("tells the state of a mapping in a word and a sentence", () => {
    const world = new AppWorld({ contacts: 4 });
    const { mappingId, tabId } = world.mapPeople();
    const state = () => {
      const [mapping] = world.call("app.state", {}).mappings;
      return `${mapping?.state}: ${mapping?.stateText}`;
    };
    expect(state()).toBe("never: Not synced yet.");
    world.run(mappingId, "pull");
    expect(state()).toBe("in-step: In step.");
    world.grid.user.paste(tabId, 6, 1, [["A", "B", "no address"]]);
    world.run(mappingId, "both");
    expect(state()).toBe("errors: 1 error in the last sync.");
    world.grid.user.deleteRows(tabId, 6, 1);
    const id = world.rows(tabId)[0]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "CRM", company: "CRM" });
    for (const column of [5, 6]) world.grid.user.type(tabId, 2, column, "Sheet");
    world.run(mappingId, "both");
    expect(state()).toBe("conflicts: 2 open conflicts.");
    world.call("run.start", { mappingId, direction: "both", preview: true });
    // A preview that is left open is nothing to approve.
    expect(state()).toBe("conflicts: 2 open conflicts.");
    const thrown = new SyncError("fatal", "odd", "The CRM is on fire.");
    for (const method of ["list", "read"] as const)
      world.crm.faults.next(method, { kind: "throw", thrown, when: "before" });
    world.run(mappingId, "both");
    expect(state()).toBe("errors: The last sync stopped: The CRM is on fire.");
    world.grid.user.deleteTab(tabId);
    expect(state()).toBe("broken: Its tab was deleted.");
  });
});
