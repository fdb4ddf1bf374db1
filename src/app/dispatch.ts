import { REQUESTS, type Replies, type RpcName, type RpcReply, type RpcRequest } from "../contract/rpc";
import { SyncError, toSyncError } from "../domain/errors";
import { alone } from "./alone";
import type { AppDeps } from "./app-deps";
import { appState } from "./app-state";
import { connect, disconnect, listObjects } from "./connection-handlers";
import { checkEditor, createTemplate, openEditor } from "./editor-handlers";
import { listHistory, removeFromFile, selectCell, showHistory } from "./file-handlers";
import { removeMapping, saveMapping, saveSchedule } from "./mapping-handlers";
import { ownFile } from "./own-file";
import { approveHandler, cancelHandler, planPageHandler, startHandler, stepHandler } from "./run-handlers";
import { listLosers, startUndo } from "./undo-handlers";

type Handlers = { readonly [N in RpcName]: (deps: AppDeps, request: RpcRequest<N>) => Replies[N] };

/** Every call of the sidebar, by name. */
const HANDLERS: Handlers = {
  "app.state": appState,
  "connection.connect": connect,
  "connection.disconnect": disconnect,
  "template.create": createTemplate,
  "objects.list": listObjects,
  "editor.open": openEditor,
  "editor.check": checkEditor,
  "mapping.save": writing(saveMapping),
  "mapping.remove": writing(removeMapping),
  "schedule.save": writing(saveSchedule),
  "run.start": startHandler,
  "run.step": stepHandler,
  "run.approve": approveHandler,
  "run.cancel": cancelHandler,
  "plan.page": planPageHandler,
  "history.list": listHistory,
  "history.show": showHistory,
  "undo.start": startUndo,
  "undo.losers": listLosers,
  "sheet.select": selectCell,
  "file.remove": writing(removeFromFile),
};

/** Calls that write the add-on's state wait for a run's slice to end: two writers at once would lose one. */
function writing<Q, R>(handler: (deps: AppDeps, request: Q) => R): (deps: AppDeps, request: Q) => R {
  return (deps, request) => alone(deps, () => handler(deps, request));
}

/** Answers one call; never throws. `makeDeps` runs inside, so that its errors become answers too. */
export function dispatch(makeDeps: () => AppDeps, name: string, json: string): RpcReply<unknown> {
  try {
    if (!isRpcName(name)) return refusal("unknown-call", "The sidebar asked for something this version does not know.");
    return { ok: true, value: answer(makeDeps, name, json) };
  } catch (thrown) {
    const { kind, code, message, hint } = toSyncError(thrown);
    return { ok: false, kind, code, message, hint };
  }
}

function answer<N extends RpcName>(makeDeps: () => AppDeps, name: N, json: string): unknown {
  const request = parseRequest(name, json);
  const deps = makeDeps();
  ownFile(deps);
  return HANDLERS[name](deps, request);
}

function isRpcName(name: string): name is RpcName {
  return Object.keys(REQUESTS).includes(name);
}

function parseRequest<N extends RpcName>(name: N, json: string): RpcRequest<N> {
  const parsed = REQUESTS[name].safeParse(parseArgument(name, json));
  if (parsed.success) return parsed.data as RpcRequest<N>;
  const path = parsed.error.issues[0]?.path.join(".") ?? "";
  throw badRequest(`The call ${name} was not understood${path === "" ? "" : ` at "${path}"`}.`);
}

function parseArgument(name: RpcName, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw badRequest(`The argument of the call ${name} is no JSON.`);
  }
}

function badRequest(message: string): SyncError {
  return new SyncError("bug", "bad-request", message, { hint: RELOAD });
}

const RELOAD = "Reload the spreadsheet to get the same version on both sides.";

function refusal(code: string, message: string): RpcReply<never> {
  return { ok: false, kind: "bug", code, message, hint: RELOAD };
}
