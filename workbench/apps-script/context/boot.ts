import { ERROR_TEXTS } from "../error-texts";
import type { Json } from "../json";
import type { ContextBridge, ExecutionEnd } from "../rpc-protocol";
import { callWire, connectBridge, createNamespace } from "./bridge";
import { createConsole, createLogger } from "./console";
import { createHtmlService } from "./html-service";
import { installDate } from "./install-date";
import { createScriptApp } from "./script-app";
import { connectServiceObjects, revive } from "./service-object";
import { createSpreadsheetApp } from "./spreadsheet-app";
import { ClientValueError, toClient, toLoggedValue } from "./to-client";
import { createUrlFetchApp } from "./url-fetch-app";
import { createUtilities } from "./utilities";

/** Runs inside the fresh context of an execution: puts the services in place and gives the worker a way to call functions. */

type Invoke = (target: unknown, argsJson: string, reviveArgs: boolean, client: boolean) => Promise<string>;

interface Scope extends Record<string, unknown> {
  __connect?: (bridge: ContextBridge) => Invoke;
}

const scope = globalThis as unknown as Scope;

scope.__connect = (bridge) => {
  delete scope.__connect;
  connectBridge(bridge);
  connectServiceObjects(callWire);
  installDate(scope, bridge);
  installServices();
  return invoke;
};

function installServices(): void {
  const services: Readonly<Record<string, object>> = {
    CacheService: createNamespace("CacheService", {}),
    HtmlService: createHtmlService(),
    LockService: createNamespace("LockService", {}),
    Logger: createLogger(),
    MailApp: createNamespace("MailApp", {}),
    PropertiesService: createNamespace("PropertiesService", {}),
    ScriptApp: createScriptApp(),
    Session: createNamespace("Session", {}),
    SpreadsheetApp: createSpreadsheetApp(),
    UrlFetchApp: createUrlFetchApp(),
    Utilities: createUtilities(),
    console: createConsole(),
  };
  for (const [name, service] of Object.entries(services)) {
    Object.defineProperty(scope, name, { value: service, writable: true, configurable: true, enumerable: false });
  }
  // What a bare context of Node has and Apps Script lacks.
  for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics"]) {
    delete scope[name];
  }
}

async function invoke(target: unknown, argsJson: string, reviveArgs: boolean, client: boolean): Promise<string> {
  let end: ExecutionEnd;
  try {
    const args = JSON.parse(argsJson) as Json[];
    const values = reviveArgs ? args.map(revive) : args;
    const value: unknown = await (target as (...values: unknown[]) => unknown)(...values);
    end = { kind: "returned", value: client ? toClient(value) : toLoggedValue(value) };
  } catch (thrown) {
    end = describeThrown(thrown);
  }
  return JSON.stringify(end);
}

function describeThrown(thrown: unknown): ExecutionEnd {
  if (thrown instanceof ClientValueError) {
    const message = ERROR_TEXTS.clientReturn(thrown.message);
    return { kind: "threw", name: "Exception", message, stack: message };
  }
  if (thrown instanceof Error) {
    return { kind: "threw", name: thrown.name, message: thrown.message, stack: thrown.stack ?? "" };
  }
  return { kind: "threw", name: "Error", message: String(thrown), stack: "" };
}
