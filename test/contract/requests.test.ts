import { REQUESTS, type RpcName } from "../../src/contract/rpc";

/** An argument of each call that is right. */
const column = { column: 1, header: "Email", field: "email", direction: "both", blank: "keep", suggestion: "sure" };
const draft = {
  id: null,
  name: "People",
  crm: "hubspot",
  objectType: "contacts",
  tabId: 0,
  headerRow: 1,
  direction: "both",
  keyField: "email",
  columns: [column],
  settings: {
    conflicts: "newest-wins",
    gone: "remove-row",
    removedRows: "archive",
    guard: {
      deleteShare: 0,
      deleteFloor: 0,
      clearShare: 1,
      clearFloor: 10_000,
      changeShare: 0.5,
      changeFloor: 20,
      createMax: 100,
      createShare: 0.5,
      createFloor: 20,
    },
    notify: { onApproval: true, onErrors: false },
  },
};
const schedule = { kind: "weekly", hour: 0, day: 7 };

const RIGHT: Readonly<Record<RpcName, Readonly<Record<string, unknown>>>> = {
  "app.state": {},
  "connection.connect": { crm: "hubspot", token: "x".repeat(2_000) },
  "connection.disconnect": { crm: "salesforce" },
  "template.create": { template: "companies" },
  "objects.list": { crm: "hubspot" },
  "editor.open": { crm: "hubspot", objectType: null, tabId: 0, headerRow: null, mappingId: null },
  "editor.check": { draft },
  "mapping.save": { draft: { ...draft, columns: Array.from({ length: 500 }, () => column) } },
  "mapping.remove": { mappingId: "m" },
  "schedule.save": { mappingId: "m", schedule },
  "run.start": { mappingId: "m", direction: "push", preview: false },
  "run.step": { runId: "r" },
  "run.approve": {
    runId: "r",
    leaveOut: Array(20_000).fill("o"),
    allowCreates: false,
    allowGuard: false,
    settle: Array(20_000).fill({ recordId: "7", field: "city", winner: "open" }),
    settleOthers: "sheet",
  },
  "run.cancel": { runId: "r" },
  "plan.page": { runId: "r", kind: "append-row", offset: 0, limit: 200 },
  "history.list": { limit: 200 },
  "history.show": {},
  "undo.start": { runId: "r", only: Array(20_000).fill("4:0") },
  "undo.losers": { runId: "r" },
  "sheet.select": { tabId: 0, row: 1, column: 1 },
  "file.remove": { confirm: "remove" },
};

/** Parts that a call may do without. */
const OPTIONAL: readonly string[] = ["settle", "settleOthers"];

const CASES = Object.entries(RIGHT) as [RpcName, Readonly<Record<string, unknown>>][];

describe("the argument of a call", () => {
  it.each(CASES)("%s is taken at its limits, and nothing is added to it", (name, argument) => {
    const parsed = REQUESTS[name].safeParse(argument);
    expect(parsed.success).toBe(true);
    expect(parsed.data).toEqual(argument);
  });

  it.each(CASES)("%s loses what the contract does not know", (name, argument) => {
    const parsed = REQUESTS[name].safeParse({ ...argument, account: "another", token2: "x" });
    expect(parsed.data).toEqual(argument);
  });

  it.each(CASES.filter(([, argument]) => Object.keys(argument).length > 0))(
    "%s needs each of its parts, of the right kind",
    (name, argument) => {
      for (const key of Object.keys(argument)) {
        const { [key]: _left, ...rest } = argument;
        expect([key, REQUESTS[name].safeParse(rest).success]).toEqual([key, OPTIONAL.includes(key)]);
        expect([key, REQUESTS[name].safeParse({ ...argument, [key]: { odd: true } }).success]).toEqual([key, false]);
      }
    },
  );

  it("takes no drafts beyond their limits", () => {
    const check = (change: object) => REQUESTS["editor.check"].safeParse({ draft: { ...draft, ...change } }).success;
    expect(check({})).toBe(true);
    expect(check({ columns: Array.from({ length: 501 }, () => column) })).toBe(false);
    expect(check({ columns: [{ ...column, column: 1.5 }] })).toBe(false);
    expect(check({ columns: [{ ...column, blank: "drop" }] })).toBe(false);
    expect(check({ name: "x".repeat(201) })).toBe(false);
    expect(check({ headerRow: 0 })).toBe(false);
    expect(check({ tabId: -1 })).toBe(false);
    expect(check({ objectType: "" })).toBe(false);
    expect(check({ id: "x".repeat(101) })).toBe(false);
    const settings = (change: object) => check({ settings: { ...draft.settings, ...change } });
    expect(settings({})).toBe(true);
    expect(settings({ conflicts: "coin" })).toBe(false);
    expect(settings({ gone: "archive" })).toBe(false);
    expect(settings({ removedRows: "delete" })).toBe(false);
    expect(settings({ guard: { ...draft.settings.guard, deleteShare: 1.01 } })).toBe(false);
    expect(settings({ guard: { ...draft.settings.guard, deleteFloor: 1.5 } })).toBe(false);
    expect(settings({ guard: { ...draft.settings.guard, createMax: -1 } })).toBe(false);
    expect(settings({ notify: {} })).toBe(false);
  });
});
