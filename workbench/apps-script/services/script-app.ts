import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { SCOPES } from "../host/access-rules";
import { type MethodTable, outside, plain, type ServiceCall } from "../host/service-method";
import type { Trigger } from "../host/trigger";
import { type Json, type JsonObject, TYPE_TAG } from "../json";
import { ADDON_MIN_RECURRENCE_MS, HOUR_MS, MAX_STATE_TOKEN_SECONDS, MAX_TRIGGERS_PER_USER } from "../limits";
import { type BuilderCall, clockPlan } from "./clock-plan";
import { enumWire } from "./wire-objects";

const builderCalls = (value: Json): readonly BuilderCall[] =>
  Array.isArray(value) ? (value as unknown as BuilderCall[]) : [];

const ownTriggers = (call: ServiceCall): readonly Trigger[] =>
  call.state.triggers.filter((trigger) => trigger.user.email === call.execution.start.user.email);

/** The rules that every new trigger must pass. */
function checkRoom(call: ServiceCall, trigger: Trigger): void {
  const { state } = call;
  if (state.options.testDeployment === true) {
    throw new ServiceError(ERROR_TEXTS.testDeploymentTrigger);
  }
  const own = ownTriggers(call);
  if (own.length >= MAX_TRIGGERS_PER_USER) {
    throw new ServiceError(ERROR_TEXTS.tooManyTriggers);
  }
  // assumed: one-off clock triggers do not count as "one of each type", since add-ons use them for continuations.
  const isOneOff = trigger.schedule?.kind === "once";
  const isTaken = own.some(
    (other) => other.fileId === trigger.fileId && other.kind === trigger.kind && other.schedule?.kind !== "once",
  );
  if (state.mode === "add-on" && !isOneOff && isTaken) {
    throw new ServiceError(ERROR_TEXTS.triggerTypeTaken);
  }
}

function add(call: ServiceCall, trigger: Trigger): Json {
  checkRoom(call, trigger);
  call.state.addTrigger(trigger);
  return { [TYPE_TAG]: "Trigger", id: trigger.id };
}

function newTrigger(call: ServiceCall): Pick<Trigger, "id" | "functionName" | "user" | "fileId"> {
  const { start } = call.execution;
  return {
    id: String(Math.floor(call.state.random() * 9e15) + 1e15),
    functionName: call.args.string(0),
    user: start.user,
    fileId: start.fileId ?? call.state.openFileId,
  };
}

function createClockTrigger(call: ServiceCall): Json {
  const plan = clockPlan(builderCalls(call.args.at(1)), {
    nowMs: call.state.nowFor(call.execution),
    random: call.state.random,
    timeZone: call.state.scriptTimeZone,
  });
  const isTooOften =
    plan.schedule.kind === "minutes" ||
    (plan.schedule.kind === "hours" && plan.schedule.every * HOUR_MS < ADDON_MIN_RECURRENCE_MS);
  if (call.state.mode === "add-on" && isTooOften) {
    throw new ServiceError(ERROR_TEXTS.addonRecurrence);
  }
  return add(call, { ...newTrigger(call), kind: "clock", schedule: plan.schedule, nextMs: plan.nextMs });
}

const SPREADSHEET_KINDS: Readonly<Record<string, Trigger["kind"]>> = {
  onOpen: "on-open",
  onEdit: "on-edit",
  onChange: "on-change",
};

function createSpreadsheetTrigger(call: ServiceCall): Json {
  const event = builderCalls(call.args.at(1))[0]?.name ?? "";
  const kind = SPREADSHEET_KINDS[event];
  if (kind === undefined) {
    throw new ServiceError(ERROR_TEXTS.notEmulated(`SpreadsheetTriggerBuilder.${event}`), "Error");
  }
  return add(call, { ...newTrigger(call), kind, schedule: null, nextMs: null });
}

function triggerOf(call: ServiceCall): Trigger {
  const found = call.state.triggers.find(({ id }) => id === call.self.id);
  if (found === undefined) {
    throw new ServiceError("The trigger does not exist.");
  }
  return found;
}

const EVENT_TYPES: Readonly<Record<Trigger["kind"], string>> = {
  clock: "CLOCK",
  "on-open": "ON_OPEN",
  "on-edit": "ON_EDIT",
  "on-change": "ON_CHANGE",
};

function missingScopes(call: ServiceCall, scopes: readonly Json[] | null): readonly string[] {
  const wanted = scopes?.map(String) ?? call.state.manifest.oauthScopes ?? [];
  return wanted.filter((scope) => !call.state.isGranted(scope));
}

function authorizationInfo(call: ServiceCall): Json {
  const missing = missingScopes(call, call.args.has(1) ? call.args.array(1) : null);
  return {
    [TYPE_TAG]: "AuthorizationInfo",
    required: missing.length > 0,
    granted: Object.values(SCOPES).filter((scope) => call.state.isGranted(scope)),
  };
}

/** Ends the execution in the real system after showing a consent page; here the call throws. */
function requireScopes(call: ServiceCall, scopes: readonly Json[] | null): Json {
  if (missingScopes(call, scopes).length > 0) {
    throw new ServiceError(ERROR_TEXTS.authorizationRequired);
  }
  return null;
}

function createToken(call: ServiceCall): Json {
  const calls = builderCalls(call.args.at(0));
  const last = (name: string): Json => calls.filter((each) => each.name === name).at(-1)?.args[0] ?? null;
  const seconds = Number(last("withTimeout") ?? MAX_STATE_TOKEN_SECONDS);
  if (seconds > MAX_STATE_TOKEN_SECONDS) {
    throw new ServiceError(ERROR_TEXTS.stateTokenTimeout);
  }
  const args: Record<string, string> = {};
  for (const { name, args: pair } of calls) {
    if (name === "withArgument") {
      args[String(pair[0])] = String(pair[1]);
    }
  }
  const token = call.state.newId(64);
  call.state.stateTokens.set(token, {
    method: String(last("withMethod")),
    args,
    email: call.execution.start.user.email,
    expiresMs: call.state.nowFor(call.execution) + seconds * 1_000,
  });
  return token;
}

/** ScriptApp: triggers, authorisation, state tokens. */
export const scriptAppMethods: MethodTable = {
  "ClockTriggerBuilder.create": outside(createClockTrigger),
  "SpreadsheetTriggerBuilder.create": outside(createSpreadsheetTrigger),
  "StateTokenBuilder.createToken": plain(createToken),
  "ScriptApp.getProjectTriggers": plain((call) => ownTriggers(call).map(({ id }) => ({ [TYPE_TAG]: "Trigger", id }))),
  "ScriptApp.getUserTriggers": plain((call) =>
    ownTriggers(call)
      .filter(({ kind, fileId }) => kind !== "clock" && fileId === call.args.object(0).file)
      .map(({ id }) => ({ [TYPE_TAG]: "Trigger", id })),
  ),
  "ScriptApp.deleteTrigger": outside((call) => {
    const id = call.args.tagged(0, "Trigger").id;
    call.state.triggers = call.state.triggers.filter((trigger) => trigger.id !== id);
    return null;
  }),
  "Trigger.getUniqueId": plain((call) => triggerOf(call).id),
  "Trigger.getHandlerFunction": plain((call) => triggerOf(call).functionName),
  "Trigger.getEventType": plain((call) => enumWire("EventType", EVENT_TYPES[triggerOf(call).kind])),
  "Trigger.getTriggerSource": plain((call) =>
    enumWire("TriggerSource", triggerOf(call).kind === "clock" ? "CLOCK" : "SPREADSHEETS"),
  ),
  "Trigger.getTriggerSourceId": plain((call) => (triggerOf(call).kind === "clock" ? null : triggerOf(call).fileId)),
  "ScriptApp.getScriptId": plain((call) => call.state.scriptId),
  "ScriptApp.getOAuthToken": plain(() => "emulated-oauth-token"),
  "ScriptApp.getAuthorizationInfo": plain(authorizationInfo),
  "ScriptApp.requireScopes": plain((call) => requireScopes(call, call.args.array(1))),
  "ScriptApp.requireAllScopes": plain((call) => requireScopes(call, null)),
  "ScriptApp.invalidateAuth": plain(() => null),
  "ScriptApp.getService": plain(() => ({ [TYPE_TAG]: "Service" })),
  "Service.getUrl": plain((call) => `https://script.google.com/macros/d/${call.state.scriptId}/exec`),
  "AuthorizationInfo.getAuthorizationStatus": plain((call) =>
    enumWire("AuthorizationStatus", (call.self as JsonObject).required === true ? "REQUIRED" : "NOT_REQUIRED"),
  ),
  "AuthorizationInfo.getAuthorizationUrl": plain((call) =>
    call.self.required === true ? `https://script.google.com/macros/d/${call.state.scriptId}/authorize` : null,
  ),
  "AuthorizationInfo.getAuthorizedScopes": plain((call) => call.self.granted ?? []),
};
