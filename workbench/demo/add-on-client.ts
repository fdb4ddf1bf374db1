import type { Replies, RpcName, RpcReply, RpcRequest } from "../../src/contract/rpc";
import type { RunView } from "../../src/contract/views";
import type { ExecutionRecord, Host } from "../apps-script/host-api";

/** Phases in which a run has nothing more to do by itself. */
const RESTING = new Set(["waiting", "done", "failed", "cancelled"]);

/** An error reply of the add-on. */
class AddOnError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Calls the built add-on as its sidebar does: `rpc(name, json)`, an execution each. */
export class AddOnClient {
  /** Executions since the last `takeExecutions`. */
  private executions: ExecutionRecord[] = [];

  constructor(
    private readonly host: Host,
    /** Told after every slice of a run. */
    private readonly onProgress: (run: RunView) => void = () => undefined,
  ) {}

  /** One call. Throws AddOnError for an error reply, Error when the execution itself failed. */
  async call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]> {
    const result = await this.host.run("rpc", [name, JSON.stringify(request)]);
    this.executions.push(result);
    if (result.outcome !== "completed") throw new Error(`rpc ${name} ${result.outcome}: ${result.error}`);
    const reply = (typeof result.value === "string" ? JSON.parse(result.value) : result.value) as RpcReply<Replies[N]>;
    if (reply.ok) return reply.value;
    throw new AddOnError(reply.code, reply.message, reply.hint);
  }

  /** Steps a run until it rests; waits on the emulated clock where the CRM's limits ask for it. */
  async finish(started: RunView): Promise<RunView> {
    let run = started;
    this.onProgress(run);
    while (!RESTING.has(run.phase)) {
      const waitMs = run.resumeAtMs === null ? 0 : run.resumeAtMs - this.host.now();
      if (waitMs > 0) await this.host.advance(waitMs);
      run = await this.call("run.step", { runId: run.id });
      this.onProgress(run);
    }
    return run;
  }

  /** Executions since the last call of this. */
  takeExecutions(): readonly ExecutionRecord[] {
    const taken = this.executions;
    this.executions = [];
    return taken;
  }
}
