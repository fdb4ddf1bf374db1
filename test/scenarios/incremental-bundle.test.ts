import { BundleWorld, closeWorlds, type MappedTab } from "../support/bundle-world";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOURLY = { kind: "hourly", hour: 9, day: 1 } as const;

afterEach(closeWorlds);

/** The built add-on in step with the sandbox, and its hourly clock. */
async function scheduled(contacts: number): Promise<{ readonly world: BundleWorld; readonly tab: MappedTab }> {
  const world = await BundleWorld.start({ contacts, searchLagMs: 5_000 });
  const tab = await world.mapPeople();
  await world.run(tab.mappingId, "pull", {});
  await world.call("schedule.save", { mappingId: tab.mappingId, schedule: HOURLY });
  await world.host.advance(HOUR_MS);
  return { world, tab };
}

/** Addresses of the requests that the clock's executions make while so much time passes. */
async function requestsOf(world: BundleWorld, ms: number): Promise<readonly string[]> {
  world.crm.clearRequests();
  const executions = await world.host.advance(ms);
  const failed = executions.filter((execution) => execution.outcome !== "completed");
  expect(failed).toEqual([]);
  return world.crm.requests().map((request) => request.path.split("?")[0] ?? "");
}

const titles = (world: BundleWorld, tab: MappedTab) =>
  new Map(world.texts(tab.tabId).map((row) => [row["CRM record ID"], row["Job title"]]));

describe("the built add-on by its hourly clock", () => {
  it("makes three requests when there is nothing to do", async () => {
    const { world } = await scheduled(30);
    for (let hour = 0; hour < 2; hour++) {
      expect(await requestsOf(world, HOUR_MS)).toEqual([
        expect.stringMatching(/^\/account-info\//),
        expect.stringMatching(/^\/crm\/properties\//),
        expect.stringMatching(/\/contacts\/search$/),
      ]);
    }
  });

  it("brings m changes with at most ceil(m/200) + ceil(m/100) + 5 requests (I10), and new records with them (I11)", async () => {
    const { world, tab } = await scheduled(600);
    const changed = world.contacts().slice(0, 230);
    await world.host.advance(20 * MINUTE_MS);
    for (const { id } of changed) world.crm.update("contacts", id, { jobtitle: `Title of ${id}` });
    const fresh = world.crm.create("contacts", { email: "fresh@example.com", jobtitle: "Fresh" });
    const count = changed.length + 1;
    const requests = await requestsOf(world, HOUR_MS);
    expect(requests.length).toBeLessThanOrEqual(Math.ceil(count / 200) + Math.ceil(count / 100) + 5);
    const shown = titles(world, tab);
    expect(changed.map(({ id }) => shown.get(id))).toEqual(changed.map(({ id }) => `Title of ${id}`));
    expect(shown.get(fresh)).toBe("Fresh");
    expect(await requestsOf(world, HOUR_MS)).toHaveLength(3);
  });

  it("follows a merge of HubSpot, whose survivor has an id of its own (R11)", async () => {
    const { world, tab } = await scheduled(30);
    const [kept, lost] = world.contacts();
    const rows = world.texts(tab.tabId).length;
    const survivor = world.crm.merge("contacts", kept?.id ?? "", lost?.id ?? "");
    await world.host.advance(HOUR_MS);
    const [event] = await world.history();
    expect(event?.messages.map((message) => message.message).join()).toContain(`merged into ${survivor}`);
    expect(world.texts(tab.tabId)).toHaveLength(rows);
    expect([...titles(world, tab).keys()]).not.toContain(survivor);
  });
});
