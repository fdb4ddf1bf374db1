import { createRpc } from "../../sidebar/rpc/client";
import type { ScriptRun } from "../../sidebar/rpc/script-run";
import { createRunDriver, type RunDriver, type RunState } from "../../sidebar/state/run-driver";
import type { RunView } from "../../src/contract/views";
import { createFakeServer, type FakeServer, type FakeServerSetup } from "../support/fake-rpc";
import { APP, GUARDED_PLAN, NEEDS_APPROVAL, NOW_MS, RUN } from "../support/fake-rpc-data";

/** A driver on the fake server, with a clock that stands until the test moves it. */
interface Bench {
  readonly server: FakeServer;
  readonly driver: RunDriver;
  readonly states: RunState[];
  now(): RunState;
  names(): readonly string[];
  /** Lets everything happen that needs no time. */
  settle(): Promise<void>;
  /** Moves the clock and wakes what is due. */
  pass(ms: number): Promise<void>;
}

function bench(setup: FakeServerSetup): Bench {
  const server = createFakeServer(setup);
  const states: RunState[] = [];
  let nowMs = Date.now();
  let timers: { dueMs: number; wake: () => void }[] = [];
  const ticker = {
    nowMs: () => nowMs,
    after: (delayMs: number, wake: () => void) => {
      const timer = { dueMs: nowMs + delayMs, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const driver = createRunDriver(createRpc(runOn(server)), ticker, (state) => states.push(state));
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return {
    server,
    driver,
    states,
    now: () => states[states.length - 1] ?? { run: null, problem: null, busy: false, cancelAsked: false, pause: null },
    names: () => server.calls.map(({ name }) => name),
    settle,
    pass: async (ms) => {
      nowMs += ms;
      for (const timer of timers.filter(({ dueMs }) => dueMs <= nowMs)) timer.wake();
      await settle();
    },
  };
}

/** `google.script.run` in front of a fake server, answering in the next microtask. */
function runOn(server: FakeServer): ScriptRun {
  const build = (succeed: (reply: unknown) => void, fail: (error: unknown) => void): ScriptRun => ({
    withSuccessHandler: (handler) => build(handler, fail),
    withFailureHandler: (handler) => build(succeed, handler),
    rpc: (name, json) => {
      const reply = server.answer(name as never, json);
      if (reply === "never") return;
      void Promise.resolve().then(() => (reply === "lost" ? fail(new Error("HTTP 0")) : succeed(reply)));
    },
  });
  return build(
    () => undefined,
    () => undefined,
  );
}

const PREVIEW = { mappingId: "m-people", direction: "both", preview: true } as const;
const SYNC = { ...PREVIEW, preview: false } as const;

describe("a run in the sidebar", () => {
  it("shows a plan that waits without starting anything", async () => {
    const { driver, names, now, settle, pass, server } = bench({ app: NEEDS_APPROVAL });
    driver.open("run-1");
    await settle();
    await pass(60_000);
    expect(names()).toEqual(["run.step"]);
    expect(server.calls[0]?.request).toEqual({ runId: "run-1" });
    expect(now()).toMatchObject({ busy: false, problem: null, run: { phase: "waiting" } });
  });

  it("I15 plans an undo of a whole run or of some of it, and waits", async () => {
    for (const only of [null, ["4:0", "7:2"]]) {
      const { driver, now, settle, server } = bench({ steps: 1 });
      driver.undo("run-9", only);
      await settle();
      expect(server.calls[0]).toEqual({ name: "undo.start", request: { runId: "run-9", only } });
      expect(now().run).toMatchObject({ phase: "waiting", undoOf: "run-9" });
    }
  });

  it("steps a preview until it waits, and then asks for nothing more", async () => {
    const { driver, names, now, settle, pass } = bench({ steps: 3 });
    driver.start(PREVIEW);
    await settle();
    await pass(60_000);
    expect(names()).toEqual(["run.start", "run.step", "run.step", "run.step"]);
    expect(now()).toMatchObject({ busy: false, problem: null, run: { phase: "waiting" } });
  });

  it("goes on after the approval until the run is done", async () => {
    const { driver, server, now, settle } = bench({ plan: GUARDED_PLAN });
    driver.start(SYNC);
    await settle();
    driver.approve({ runId: "run-1", leaveOut: ["update-3"], allowCreates: true, allowGuard: true });
    await settle();
    expect(now().run?.phase).toBe("done");
    expect(server.calls.find(({ name }) => name === "run.approve")?.request).toEqual({
      runId: "run-1",
      leaveOut: ["update-3"],
      allowCreates: true,
      allowGuard: true,
    });
  });

  it("waits until the CRM's pause is over before the next step", async () => {
    const { driver, names, now, settle, pass } = bench({ pauseMs: 20_000 });
    driver.start(PREVIEW);
    await settle();
    expect(now().pause).toMatchObject({ lost: false });
    await pass(15_000);
    expect(names()).toEqual(["run.start", "run.step"]);
    await pass(6_000);
    expect(now()).toMatchObject({ pause: null, run: { phase: "waiting" } });
  });

  it("asks again after a minute when the server's clock seems to be hours ahead", async () => {
    const { driver, names, now, settle, pass } = bench({ pauseMs: 7_210_000 });
    driver.start(PREVIEW);
    await settle();
    await pass(59_000);
    expect(names()).toEqual(["run.start", "run.step"]);
    await pass(1_500);
    expect(now()).toMatchObject({ pause: null, run: { phase: "waiting" } });
  });

  it("cancels after at most the step that is under way", async () => {
    const { driver, names, now, settle } = bench({ steps: 1_000 });
    driver.start(SYNC);
    driver.cancel();
    await settle();
    expect(names()).toEqual(["run.start", "run.cancel"]);
    expect(now()).toMatchObject({ cancelAsked: false, busy: false, run: { phase: "cancelled" } });
  });

  it("cancels at once while it waits for the CRM", async () => {
    const { driver, names, settle } = bench({ pauseMs: 60_000 });
    driver.start(PREVIEW);
    await settle();
    driver.cancel();
    await settle();
    expect(names()).toEqual(["run.start", "run.step", "run.cancel"]);
  });

  it("asks again by itself when an answer is lost, and says so", async () => {
    const { driver, now, settle, pass } = bench({ faults: { "run.step": { what: "lost", times: 2 } } });
    driver.start(PREVIEW);
    await settle();
    expect(now()).toMatchObject({ pause: { lost: true }, problem: null });
    await pass(2_000);
    expect(now().pause).toMatchObject({ lost: true });
    await pass(5_000);
    expect(now()).toMatchObject({ problem: null, run: { phase: "waiting" } });
  });

  it("stops after four lost answers and goes on when told to", async () => {
    const { driver, names, now, settle, pass } = bench({ faults: { "run.step": { what: "lost", times: 4 } } });
    driver.start(PREVIEW);
    await settle();
    for (const ms of [2_000, 5_000, 15_000, 60_000]) await pass(ms);
    expect(names().filter((name) => name === "run.step")).toHaveLength(4);
    expect(now()).toMatchObject({ busy: false, problem: { kind: "bridge" } });
    driver.retry();
    await settle();
    expect(now()).toMatchObject({ problem: null, run: { phase: "waiting" } });
  });

  it("does not repeat a step that the server refused", async () => {
    const refused = { kind: "auth", message: "The key is not accepted.", hint: "Connect again." };
    const { driver, names, now, settle, pass } = bench({ faults: { "run.step": { what: refused } } });
    driver.start(PREVIEW);
    await settle();
    await pass(60_000);
    expect(names()).toEqual(["run.start", "run.step"]);
    expect(now().problem).toMatchObject(refused);
  });

  it("starts anew when the start failed and the user tries again", async () => {
    const lost = { what: "lost", times: 1 } as const;
    const { driver, names, now, settle } = bench({ faults: { "run.start": lost } });
    driver.start(PREVIEW);
    await settle();
    expect(now()).toMatchObject({ run: null, problem: { kind: "bridge" } });
    driver.retry();
    await settle();
    expect(names().slice(0, 3)).toEqual(["run.start", "run.start", "run.step"]);
  });

  it("goes on with a run that the server kept", async () => {
    const run: RunView = { ...RUN, phase: "applying", startedMs: NOW_MS };
    const { driver, names, now, settle } = bench({ steps: 2, app: { ...APP, run } });
    driver.resume(run);
    await settle();
    expect(names()).toEqual(["run.step", "run.step"]);
    expect(now().run?.phase).toBe("done");
  });

  it("does not ask in a tight loop when a step changes nothing", async () => {
    const { driver, names, settle, pass } = bench({ steps: 100_000 });
    driver.start(PREVIEW);
    await settle();
    const before = names().length;
    expect(before).toBe(2);
    await pass(700);
    expect(names().length).toBe(before + 1);
  });

  it("stays silent after the view is left", async () => {
    const { driver, states, settle, pass } = bench({ pauseMs: 10_000 });
    driver.start(PREVIEW);
    await settle();
    driver.dispose();
    const before = states.length;
    await pass(60_000);
    expect(states.length).toBe(before);
  });
});
