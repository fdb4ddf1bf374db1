import { DEFAULT_GUARD, type Mapping, NO_MAIL, type Schedule } from "../../src/domain/mapping";
import { type Config, findMapping, loadConfig, saveConfig } from "../../src/state/config";
import { catchSyncError } from "../support/catch-error";
import VERSION_1 from "./config-version-1.json";
import { MemoryStore } from "./memory-store";

const MAPPING: Mapping = {
  id: "m1",
  name: "People · Contacts",
  crm: "hubspot",
  accountId: "145",
  objectType: "contacts",
  tabId: 0,
  headerRow: 3,
  columns: [{ columnId: "c1", header: "E-mail", field: "email", direction: "both", blank: "clear" }],
  keyField: null,
  direction: "pull",
  conflicts: "newest-wins",
  gone: "unlink",
  removedRows: "archive",
  guard: { ...DEFAULT_GUARD, createMax: 7 },
  notify: { onApproval: true, onErrors: false },
};

const SCHEDULES: readonly Schedule[] = [
  { kind: "off" },
  { kind: "hourly" },
  { kind: "daily", hour: 0 },
  { kind: "weekly", day: 7, hour: 23 },
];

const CONFIG: Config = {
  version: 2,
  mappings: [MAPPING, { ...MAPPING, id: "m2", crm: "salesforce", keyField: "Email" }],
  schedules: Object.fromEntries(SCHEDULES.map((schedule, at) => [`m${at}`, { schedule, owner: at ? "a@b.c" : "" }])),
};

function stored(value: unknown): MemoryStore {
  const store = new MemoryStore();
  store.save("config", value);
  return store;
}

describe("the mappings of a file", () => {
  it("are none in a new file", () => {
    expect(loadConfig(new MemoryStore())).toEqual({ version: 2, mappings: [], schedules: {} });
  });

  it("come back as they were saved, with every kind of schedule", () => {
    const store = new MemoryStore();
    saveConfig(store, CONFIG);
    expect(loadConfig(store)).toEqual(CONFIG);
  });

  it("of version 1 are read as they were, without mail, and are stored as version 2", () => {
    const store = stored(VERSION_1);
    const config = loadConfig(store);
    expect(config.mappings).toEqual(VERSION_1.mappings.map((mapping) => ({ ...mapping, notify: NO_MAIL })));
    expect(config).toMatchObject({
      version: 2,
      schedules: {
        "m-people": { schedule: { kind: "daily", hour: 7 }, owner: "ann@example.com" },
        "m-companies": { schedule: { kind: "off" }, owner: "" },
      },
    });
    saveConfig(store, config);
    expect(store.load("config")).toMatchObject({ version: 2 });
    expect(loadConfig(store)).toEqual(config);
  });

  it.each<[string, unknown]>([
    ["text", "{"],
    ["a list", []],
    ["another version", { ...VERSION_1, version: 3 }],
    ["version 2 without what it added", { ...VERSION_1, version: 2 }],
    ["version 1 with a mapping that is none", { ...VERSION_1, mappings: [{ ...VERSION_1.mappings[0], columns: "x" }] }],
    ["a mapping without columns", { ...CONFIG, mappings: [{ ...MAPPING, columns: undefined }] }],
    ["a CRM that there is not", { ...CONFIG, mappings: [{ ...MAPPING, crm: "excel" }] }],
    ["a tab that is no number", { ...CONFIG, mappings: [{ ...MAPPING, tabId: "7" }] }],
    ["a schedule of no kind", { ...CONFIG, schedules: { m1: { schedule: { kind: "yearly" }, owner: "" } } }],
    ["a daily schedule without its hour", { ...CONFIG, schedules: { m1: { schedule: { kind: "daily" }, owner: "" } } }],
  ])("cannot be read from %s: the error says how to restore them and nothing of the parser", (_what, value) => {
    const error = catchSyncError(() => loadConfig(stored(value)));
    expect(error).toMatchObject({
      kind: "fatal",
      code: "state-damaged",
      message: "The stored mappings cannot be read.",
    });
    expect(error.hint).toContain("version history");
  });

  it("are never taken for none when their document is damaged", () => {
    const store = stored(CONFIG);
    store.damaged.add("config");
    expect(catchSyncError(() => loadConfig(store)).code).toBe("state-damaged");
  });

  it("are found by id, and a removed one is named as gone", () => {
    expect(findMapping(CONFIG, "m2").crm).toBe("salesforce");
    expect(catchSyncError(() => findMapping(CONFIG, "m3"))).toMatchObject({
      kind: "config",
      code: "mapping-missing",
      hint: expect.stringContaining("Reload"),
    });
  });
});
