import type { RpcRequest } from "../contract/rpc";
import type { AppView, ConnectionView, ObjectView } from "../contract/views";
import { SyncError } from "../domain/errors";
import type { AppDeps } from "./app-deps";
import { CALL_MS } from "./app-deps";
import { appState } from "./app-state";
import { openCrm } from "./open-crm";
import { toConnectionView } from "./to-view";

/** Checks the token against the CRM and keeps it in the user's own properties. */
export function connect(deps: AppDeps, request: RpcRequest<"connection.connect">): ConnectionView {
  const token = request.token.trim();
  if (token === "" || /\s/.test(token)) {
    throw new SyncError("config", "token-empty", "Paste the whole key, without spaces or line breaks.", {});
  }
  const nowMs = deps.clock.now();
  const account = deps.connect(request.crm, token, nowMs + CALL_MS).check();
  const connection = { crm: request.crm, token, account, connectedAtMs: nowMs };
  deps.tokens.save(connection);
  return toConnectionView(connection);
}

/** Forgets the user's key for a CRM. */
export function disconnect(deps: AppDeps, request: RpcRequest<"connection.disconnect">): AppView {
  deps.tokens.remove(request.crm);
  return appState(deps);
}

/** Objects that the connection can reach. */
export function listObjects(deps: AppDeps, request: RpcRequest<"objects.list">): readonly ObjectView[] {
  const objects = openCrm(deps, request.crm, deps.clock.now() + CALL_MS).objects();
  return objects.map(({ type, label, pluralLabel }) => ({ type, label, pluralLabel }));
}
