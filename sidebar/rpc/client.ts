import type { Replies, RpcName, RpcReply, RpcRequest } from "../../src/contract/rpc";
import { NO_HOST, RpcError, TIMED_OUT, toBridgeProblem, UNREADABLE } from "./problem";
import type { ScriptRun } from "./script-run";

/** All calls to the server, typed by the contract. */
export interface Rpc {
  /** @throws RpcError as a rejection, never anything else */
  call<N extends RpcName>(name: N, request: RpcRequest<N>): Promise<Replies[N]>;
}

/** Google ends an execution after six minutes; later no handler is called any more. */
const ANSWER_TIMEOUT_MS = 370_000;

/** Calls the global `rpc(name, json)`; a reply is an object or its JSON. */
export function createRpc(run: ScriptRun | null, timeoutMs: number = ANSWER_TIMEOUT_MS): Rpc {
  return {
    call: (name, request) =>
      new Promise((resolve, reject) => {
        if (run === null) {
          reject(new RpcError(NO_HOST));
          return;
        }
        const timeout = setTimeout(() => reject(new RpcError(TIMED_OUT)), timeoutMs);
        const succeed = (raw: unknown): void => {
          clearTimeout(timeout);
          const reply = readReply<Replies[typeof name]>(raw);
          if (reply === null) reject(new RpcError(UNREADABLE));
          else if (reply.ok) resolve(reply.value);
          else reject(new RpcError({ kind: reply.kind, code: reply.code, message: reply.message, hint: reply.hint }));
        };
        const fail = (error: unknown): void => {
          clearTimeout(timeout);
          reject(new RpcError(toBridgeProblem(error)));
        };
        run.withSuccessHandler(succeed).withFailureHandler(fail).rpc(name, JSON.stringify(request));
      }),
  };
}

/** The reply, when it looks like one. Its value is trusted: both sides come from the same build. */
function readReply<T>(raw: unknown): RpcReply<T> | null {
  const value = typeof raw === "string" ? parseJson(raw) : raw;
  if (typeof value !== "object" || value === null || !("ok" in value)) return null;
  if (value.ok === true && "value" in value) return value as RpcReply<T>;
  if (value.ok === false && "message" in value && "kind" in value) return value as RpcReply<T>;
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
