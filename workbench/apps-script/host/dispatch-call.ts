import { costOf } from "../cost-model";
import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { isJsonObject, type Json, type JsonObject, tagOf } from "../json";
import { checkAccess } from "./access-rules";
import { ArgumentList } from "./argument-list";
import type { Execution } from "./execution";
import { performExternal } from "./external-call";
import type { HostState } from "./host-state";
import type { MethodTable, ServiceCall, ServiceMethod } from "./service-method";

/** Serves one service call of an execution: access, count, buffered writes, effect, cost. Throws ServiceError or KillSignal. */
export type Dispatch = (execution: Execution, op: string, args: readonly Json[]) => Promise<Json>;

/** Serves calls by the given method table; unknown methods throw "not emulated". */
export function createDispatch(state: HostState, methods: MethodTable): Dispatch {
  return async (execution, op, args) => {
    const method = methods[op];
    if (method === undefined) {
      throw new ServiceError(ERROR_TEXTS.notEmulated(op), "Error");
    }
    const call = createCall(state, execution, op, args);
    execution.count(op);
    checkAccess(call);
    if (method.sheetCall) {
      execution.sheetCalls++;
    }
    const value = await perform(method, call);
    if (state.clock.kind === "virtual") {
      execution.clockMs += costOf(op, method.effect, call);
    }
    return value;
  };
}

function createCall(state: HostState, execution: Execution, op: string, args: readonly Json[]): ServiceCall {
  const first = args[0];
  const isMethod = first !== undefined && isJsonObject(first) && tagOf(first) === op.slice(0, op.indexOf("."));
  const self: JsonObject = isMethod ? (first as JsonObject) : {};
  return {
    op,
    execution,
    state,
    self,
    args: new ArgumentList(op, isMethod ? args.slice(1) : args),
    cells: 0,
    requests: 0,
  };
}

function perform(method: ServiceMethod, call: ServiceCall): Json | Promise<Json> {
  const act = (): Json | Promise<Json> => {
    if (method.effect !== "write" && method.effect !== "plain" && method.effect !== "lookup") {
      call.execution.applyBuffered();
    }
    return method.run(call);
  };
  return method.external ? performExternal(call, act) : act();
}
