import { dispatch } from "../../src/app/dispatch";
import { REQUESTS, type RpcName, type RpcReply } from "../../src/contract/rpc";
import { AppWorld } from "../support/app-world";

const TOKEN = "pat-eu1-5ecre7-5ecre7";

interface Called {
  readonly name: RpcName;
  readonly reply: RpcReply<unknown>;
}

/** Every call once or more, in an order in which all of them succeed. */
function callEverything(): { world: AppWorld; called: Called[] } {
  const world = new AppWorld({ contacts: 8 });
  const called: Called[] = [];
  const call = <T>(name: RpcName, request: unknown): T => {
    const reply = dispatch(() => world.deps(), name, JSON.stringify(request));
    called.push({ name, reply });
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${reply.message}`);
    return JSON.parse(JSON.stringify(reply.value)) as T;
  };
  call("connection.connect", { crm: "hubspot", token: TOKEN });
  call("objects.list", { crm: "hubspot" });
  const { tabId } = call<{ tabId: number }>("template.create", { template: "people" });
  const open = { crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId: null };
  const { draft } = call<{ draft: unknown }>("editor.open", open);
  call("editor.check", { draft });
  const mappingId = call<{ mapping: { id: string } }>("mapping.save", { draft }).mapping.id;
  call("app.state", {});
  const pulled = call<{ id: string }>("run.start", { mappingId, direction: "pull", preview: false });
  call("run.step", { runId: pulled.id });
  world.grid.user.type(tabId, 2, 5, "Edited");
  const first = call<{ id: string }>("run.start", { mappingId, direction: "both", preview: true });
  call("app.state", {});
  call("plan.page", { runId: first.id, kind: "update", offset: 0, limit: 10 });
  call("run.approve", { runId: first.id, leaveOut: [], allowCreates: true, allowGuard: true });
  call("undo.losers", { runId: first.id });
  const undo = call<{ id: string }>("undo.start", { runId: first.id, only: null });
  call("run.cancel", { runId: undo.id });
  const second = call<{ id: string }>("run.start", { mappingId, direction: "both", preview: true });
  call("run.cancel", { runId: second.id });
  call("history.list", { limit: 20 });
  call("history.show", {});
  call("sheet.select", { tabId, row: 2, column: 3 });
  call("schedule.save", { mappingId, schedule: { kind: "weekly", hour: 6, day: 5 } });
  call("mapping.remove", { mappingId });
  call("connection.disconnect", { crm: "hubspot" });
  call("connection.connect", { crm: "hubspot", token: TOKEN });
  call("file.remove", { confirm: "remove" });
  return { world, called };
}

/** Everything that a file and the user's settings hold, as text. */
function fileText(world: AppWorld): string {
  const cells = world.grid.storedTabs().map((tab) => world.grid.values(tab.id));
  return JSON.stringify([cells, [...world.memory], world.mails]);
}

describe("every call of the sidebar", () => {
  it("has a handler and answers JSON", () => {
    const { called } = callEverything();
    expect(new Set(called.map(({ name }) => name))).toEqual(new Set(Object.keys(REQUESTS)));
    for (const { name, reply } of called) expect([name, JSON.parse(JSON.stringify(reply))]).toEqual([name, reply]);
  });

  it("gives no key of a connection away", () => {
    const { called } = callEverything();
    for (const { name, reply } of called) {
      expect([name, JSON.stringify(reply).includes("5ecre7")]).toEqual([name, false]);
    }
  });

  it("puts no key into the file, the settings or a mail", () => {
    const world = new AppWorld({ contacts: 3 });
    world.call("connection.connect", { crm: "hubspot", token: TOKEN });
    const { mappingId } = world.mapPeople();
    world.run(mappingId, "both", {});
    expect(world.connections.get("hubspot")?.token).toBe(TOKEN);
    expect(fileText(world)).not.toContain("5ecre7");
  });

  it("leaves nothing of the add-on in the file after its removal but the data", () => {
    const { world, called } = callEverything();
    const last = called[called.length - 1]?.reply as { value: { removed: string[] } };
    expect(last.value.removed).toEqual(
      expect.arrayContaining([
        "clock triggers",
        "tab _crm_sync_state",
        "tab _crm_sync_history",
        "your HubSpot connection",
      ]),
    );
    expect(world.connections.size).toBe(0);
    expect(world.triggers.size).toBe(0);
    expect(world.grid.storedTabs().filter((tab) => tab.name.startsWith("_crm_sync_"))).toEqual([]);
    expect(world.grid.storedTabs().flatMap((tab) => tab.tags)).toEqual([]);
    expect(world.grid.storedTabs().map((tab) => world.grid.values(tab.id).length)).toEqual([9]);
  });

  it("shows tabs of the user only", () => {
    const world = new AppWorld({ contacts: 3 });
    const { mappingId } = world.mapPeople();
    world.run(mappingId, "pull");
    world.call("history.show", {});
    expect(world.call("app.state", {}).tabs.map((tab) => tab.name)).toEqual(["People Template for CRMs"]);
  });
});
