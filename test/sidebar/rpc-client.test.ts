import { createRpc } from "../../sidebar/rpc/client";
import { type Problem, RpcError } from "../../sidebar/rpc/problem";
import type { ScriptRun } from "../../sidebar/rpc/script-run";
import { APP } from "../support/fake-rpc-data";

type Answer = (succeed: (reply: unknown) => void, fail: (error: unknown) => void) => void;

/** `google.script.run` that answers each call in one way, and remembers what it was given. */
function scriptRun(answer: Answer): { readonly run: ScriptRun; readonly given: string[] } {
  const given: string[] = [];
  const build = (succeed: (reply: unknown) => void, fail: (error: unknown) => void): ScriptRun => ({
    withSuccessHandler: (handler) => build(handler, fail),
    withFailureHandler: (handler) => build(succeed, handler),
    rpc: (name, json) => {
      given.push(`${name} ${json}`);
      answer(succeed, fail);
    },
  });
  const nothing = () => undefined;
  return { run: build(nothing, nothing), given };
}

async function problemOf(run: ScriptRun | null, timeoutMs?: number): Promise<Problem> {
  const rpc = createRpc(run, timeoutMs);
  const thrown: unknown = await rpc.call("app.state", {}).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof RpcError)) throw new Error(`expected an RpcError, got ${String(thrown)}`);
  return thrown.problem;
}

describe("a call to the server", () => {
  it("sends the request as JSON and gives the value", async () => {
    const { run, given } = scriptRun((succeed) => succeed({ ok: true, value: { selected: true } }));
    const value = await createRpc(run).call("sheet.select", { tabId: 1, row: 2, column: 3 });
    expect(value).toEqual({ selected: true });
    expect(given).toEqual(['sheet.select {"tabId":1,"row":2,"column":3}']);
  });

  it("takes a reply that is a JSON string", async () => {
    const { run } = scriptRun((succeed) => succeed(JSON.stringify({ ok: true, value: APP })));
    await expect(createRpc(run).call("app.state", {})).resolves.toEqual(APP);
  });

  it("rejects with the server's problem", async () => {
    const problem = { kind: "auth", code: "token-refused", message: "Refused.", hint: "Connect again." };
    const { run } = scriptRun((succeed) => succeed({ ok: false, ...problem }));
    expect(await problemOf(run)).toEqual(problem);
  });

  it("puts Google's failures into words of its own", async () => {
    const { run } = scriptRun((_, fail) => fail(new Error("NetworkError: Connection failure due to HTTP 0")));
    const problem = await problemOf(run);
    expect(problem).toMatchObject({ kind: "bridge", message: "Google did not answer." });
    expect(JSON.stringify(problem)).not.toContain("HTTP 0");
  });

  it("names a missing permission", async () => {
    const { run } = scriptRun((_, fail) => fail(new Error("Authorization is required to perform that action.")));
    expect(await problemOf(run)).toMatchObject({ code: "not-authorized" });
  });

  it.each([["not json"], [null], [{ value: 1 }], [{ ok: "yes" }], [{ ok: false }], [42]])(
    "does not take %j for a reply",
    async (reply) => {
      const { run } = scriptRun((succeed) => succeed(reply));
      expect(await problemOf(run)).toMatchObject({ code: "unreadable-reply" });
    },
  );

  it("gives up when no handler is ever called", async () => {
    const { run } = scriptRun(() => undefined);
    expect(await problemOf(run, 5)).toMatchObject({ kind: "bridge", code: "timeout" });
  });

  it("says that it needs Google Sheets where there is none", async () => {
    expect(await problemOf(null)).toMatchObject({ code: "no-host" });
  });
});
