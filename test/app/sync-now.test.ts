import { syncActiveTab } from "../../src/app/sync-now";
import type { RpcRequest } from "../../src/contract/rpc";
import type { MappingSettings } from "../../src/contract/views";
import { SyncError } from "../../src/domain/errors";
import { DEFAULT_GUARD, NO_MAIL } from "../../src/domain/mapping";
import { AppWorld } from "../support/app-world";

const TITLE = 5;
const SETTINGS: MappingSettings = {
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

function pulled(settings: Partial<MappingSettings> = {}): { world: AppWorld; mappingId: string; tabId: number } {
  const world = new AppWorld({ contacts: 4 });
  const made = world.mapPeople({ settings: { ...SETTINGS, ...settings } });
  world.run(made.mappingId, "pull");
  world.grid.user.activate(made.tabId);
  return { world, ...made };
}

describe("sync now from the menu", () => {
  it("opens the sidebar where the tab has no mapping or nobody is connected", () => {
    const { world, tabId } = pulled();
    world.grid.user.activate(world.grid.addUserTab("Other", [["A"]]));
    expect(syncActiveTab(world.deps())).toEqual({ message: "", openSidebar: true });
    world.grid.user.activate(tabId);
    world.connections.clear();
    expect(syncActiveTab(world.deps())).toEqual({ message: "", openSidebar: true });
  });

  it("says that everything was in step only when it was", () => {
    const { world, tabId } = pulled();
    expect(syncActiveTab(world.deps()).message).toBe("Everything was in step already.");
    const id = world.rows(tabId)[1]?.["CRM record ID"] ?? "";
    world.crm.world.update("contacts", id, { jobtitle: "CRM title" });
    world.grid.user.type(tabId, 3, TITLE, "Sheet title");
    expect(syncActiveTab(world.deps()).message).toBe("Synced: 1 left as they are (see the history).");
  });

  it("says what it did, in the right number", () => {
    const { world, tabId } = pulled();
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    world.crm.world.create("contacts", { email: "new@example.org" });
    expect(syncActiveTab(world.deps())).toEqual({
      message: "Synced: 1 updated, 1 row added, 6 cells written.",
      openSidebar: false,
    });
    world.crm.world.update("contacts", world.rows(tabId)[0]?.["CRM record ID"] ?? "", { city: "x", jobtitle: "Two" });
    expect(syncActiveTab(world.deps()).message).toBe("Synced: 1 cell written.");
    world.crm.world.create("contacts", { email: "there@example.org" });
    world.grid.user.paste(tabId, 7, 1, [["", "", "there@example.org"]]);
    expect(syncActiveTab(world.deps()).message).toBe("Synced: 1 linked.");
  });

  it("says that it did something where there is no word for it: a row was unlinked", () => {
    const { world, tabId } = pulled({ gone: "unlink" });
    world.crm.world.archive("contacts", world.rows(tabId)[0]?.["CRM record ID"] ?? "");
    expect(syncActiveTab(world.deps()).message).toBe("Synced: 1 record processed.");
    expect(world.rows(tabId)[0]?.["CRM record ID"]).toMatch(/^unlinked:/);
  });

  it("takes no mapping for the others of its tab: it opens the sidebar and says to choose", () => {
    const { world, tabId } = pulled();
    const asked = { crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId: null } as const;
    const { draft } = world.call("editor.open", asked);
    world.call("mapping.save", { draft: { ...draft, name: "Second" } as RpcRequest<"mapping.save">["draft"] });
    world.grid.user.type(tabId, 2, TITLE, "Edited");
    const toasts: string[] = [];
    const deps = world.deps();
    const notices = { ...deps.notices, toast: (text: string) => toasts.push(text) };
    expect(syncActiveTab({ ...deps, notices })).toEqual({ message: "", openSidebar: true });
    expect(toasts).toEqual(["This tab has 2 mappings. Choose in the sidebar which one to sync."]);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("opens the sidebar for a plan that needs a look", () => {
    const world = new AppWorld();
    const { tabId } = world.mapPeople();
    world.grid.user.activate(tabId);
    world.grid.user.paste(tabId, 2, 1, [["Zoe", "Quist", "zoe@example.org"]]);
    expect(syncActiveTab(world.deps()).openSidebar).toBe(true);
    expect(world.crm.world.changes).toEqual([]);
  });

  it("says what went wrong and what to do", () => {
    const { world } = pulled();
    const thrown = new SyncError("auth", "token-expired", "The key has expired.", { hint: "Connect again." });
    world.crm.faults.next("check", { kind: "throw", thrown, when: "before" });
    expect(syncActiveTab(world.deps())).toEqual({ message: "The key has expired. Connect again.", openSidebar: false });
  });

  it("hands a run that has to wait for the CRM over to the sidebar", () => {
    const { world } = pulled();
    const thrown = new SyncError("retryable", "rate-limited", "Too many calls.", { retryAfterMs: 5_000 });
    for (const method of ["list", "read", "changedSince"] as const)
      world.crm.faults.next(method, { kind: "throw", thrown, when: "before" });
    expect(syncActiveTab(world.deps()).openSidebar).toBe(true);
    const { run } = world.call("app.state", {});
    expect(run).toMatchObject({ phase: "reading", doing: "Too many calls." });
  });
});
