import { createHistoryTab, HISTORY_TAB_NAME } from "../../../src/adapters/sheet/history-tab";
import { type HistoryEvent, NO_TOTALS, type RunMessage } from "../../../src/domain/run";
import { UTC } from "../../../src/domain/zone";
import { FakeGrid } from "../../support/fake-grid";

const message = (n: number, severity: RunMessage["severity"] = "error"): RunMessage => ({
  severity,
  rowNumber: n,
  recordId: String(n),
  field: "email",
  title: `Person ${n}`,
  message: "The address is not valid: write name@example.com.",
});

const event = (n: number, patch: Partial<HistoryEvent> = {}): HistoryEvent => ({
  runId: `run${n}`,
  type: "Pull",
  mappingName: "People",
  objectType: "contacts",
  trigger: "manual",
  user: "ada@x.example",
  startedMs: Date.UTC(2026, 0, n, 9, 30),
  durationMs: 1_260,
  totals: { ...NO_TOTALS, processed: 5, successes: 3, errors: 1, skipped: 1, created: 2 },
  outcome: "with errors",
  messages: [message(4)],
  ...patch,
});

function setUp() {
  const grid = new FakeGrid();
  grid.addUserTab("People", [["Email"]]);
  return { grid, history: createHistoryTab(grid, UTC), tabId: () => grid.tabByName(HISTORY_TAB_NAME)?.id ?? 0 };
}

describe("the history tab", () => {
  it("shows one readable row per event under a frozen header, hidden until it is asked for", () => {
    const { grid, history, tabId } = setUp();
    history.append(event(1), false);
    const [header = [], line = []] = grid.values(tabId());
    const shown = Object.fromEntries(header.map((name, i) => [name, line[i]]));
    expect(shown).toMatchObject({
      Started: { wall: "2026-01-01T09:30:00" },
      Type: "Pull",
      Mapping: "People",
      "Started by": "manual",
      "Duration (s)": 1.3,
      Processed: 5,
      Successes: 3,
      Errors: 1,
      Skipped: 1,
      Outcome: "with errors",
      Messages: "Error: row 4, Person 4 [email]: The address is not valid: write name@example.com.",
      "Run id": "run1",
    });
    expect(grid.stored(tabId())).toMatchObject({ hidden: true, frozenRows: 1, hiddenColumns: [header.length] });
    history.show();
    expect(grid.stored(tabId()).hidden).toBe(false);
    expect(grid.activeTab().id).toBe(tabId());
  });

  it("appends with one call and lists the newest first", () => {
    const { grid, history } = setUp();
    history.append(event(1), false);
    grid.resetCalls();
    history.append(event(3), false);
    expect(grid.sheetCalls()).toBe(1);
    history.append(event(2), false);
    expect(history.list(2)).toEqual([event(3), event(2)]);
  });

  it("cuts long lists of messages, counts what was cut, and puts errors first", () => {
    const { grid, history, tabId } = setUp();
    const messages = [message(1, "note"), ...Array.from({ length: 3_000 }, (_, i) => message(i + 2))];
    history.append(event(1, { messages }), false);
    const line = grid.values(tabId())[1] ?? [];
    for (const value of line) expect(String(value).length).toBeLessThan(50_000);
    const text = String(line[16]);
    expect(text.startsWith("Error: row 2")).toBe(true);
    const shown = text.split("\n").length - 1;
    expect(text).toContain(`… and ${messages.length - shown} more.`);
    const [listed] = history.list(1);
    const last = listed?.messages[listed.messages.length - 1];
    expect(last?.message).toBe(`${messages.length - (listed?.messages.length ?? 0) + 1} more messages were cut.`);
  });

  it("leaves out rows that somebody changed, and is empty without a tab", () => {
    const { grid, history, tabId } = setUp();
    expect(history.list(10)).toEqual([]);
    history.append(event(1), false);
    history.append(event(2), false);
    grid.user.type(tabId(), 2, 19, "broken {");
    expect(history.list(10)).toEqual([event(2)]);
  });

  it("grows when the tab is full", () => {
    const { grid, history, tabId } = setUp();
    for (let n = 1; n <= 205; n++) history.append(event(1, { runId: `run${n}` }), false);
    expect(grid.values(tabId())).toHaveLength(206);
    expect(history.list(1)[0]?.runId).toBe("run205");
  });

  it("I8: writes an event over the one that a cut-off execution left, wherever that is among the last, and nobody else's", () => {
    const { history } = setUp();
    for (let n = 1; n <= 3; n++) history.append(event(n), false);
    history.append(event(2, { outcome: "ok", messages: [] }), true);
    expect(history.list(10)).toEqual([event(3), event(2, { outcome: "ok", messages: [] }), event(1)]);
    history.append(event(4), true);
    expect(history.list(10).map(({ runId }) => runId)).toEqual(["run4", "run3", "run2", "run1"]);
  });

  it("I8: finds it also as the only event, and costs one look more than an event that is known to be new", () => {
    const { grid, history } = setUp();
    history.append(event(1), true);
    grid.resetCalls();
    history.append(event(1, { outcome: "ok" }), true);
    expect(grid.sheetCalls()).toBe(2);
    expect(history.list(10)).toEqual([event(1, { outcome: "ok" })]);
  });

  it("I8: looks back over the last fifty, not over the whole log", () => {
    const { grid, history } = setUp();
    for (let n = 1; n <= 60; n++) history.append(event(1, { runId: `run${n}` }), false);
    grid.resetCalls();
    history.append(event(1, { runId: "run11", outcome: "ok" }), true);
    expect(grid.calls.filter(({ method }) => method === "readValues").map(({ rect }) => rect?.rows)).toEqual([50]);
    expect(history.list(100)).toHaveLength(60);
    history.append(event(1, { runId: "run10", outcome: "ok" }), true);
    expect(history.list(100)).toHaveLength(61);
  });

  it("I13: a kill at any call, with buffered writes lost, kept or kept in part: the event stands once after it is repeated", () => {
    const play = (grid: FakeGrid, n: number, mayExist: boolean) => {
      createHistoryTab(grid, UTC).append(event(n), mayExist);
      grid.flush();
    };
    for (const earlier of [true, false]) {
      const started = () => {
        const { grid } = setUp();
        if (earlier) play(grid, 1, false);
        grid.resetCalls();
        return grid;
      };
      const whole = started();
      play(whole, 2, false);
      for (let k = 1; k <= whole.calls.length; k++) {
        for (const left of ["lost", "kept", { prefix: 1 }, { prefix: 2 }] as const) {
          const grid = started();
          grid.hooks.before = (call) => {
            if (call.k === k) throw new Error("killed");
          };
          expect(() => play(grid, 2, false)).toThrow("killed");
          grid.settle(left);
          grid.hooks = {};
          play(grid, 2, true);
          const { list } = createHistoryTab(grid, UTC);
          expect(list(10)).toEqual(earlier ? [event(2), event(1)] : [event(2)]);
        }
      }
    }
  });
});
