import type { Json } from "../json";
import type { ContextBridge, ReplyBody } from "../rpc-protocol";
import { encode, revive } from "./service-object";

let bridge: ContextBridge | undefined;

/** Sets the way out of the context; once per execution. */
export function connectBridge(connected: ContextBridge): void {
  bridge = connected;
}

/** The way out of the context; throws before it is set. */
export function currentBridge(): ContextBridge {
  if (bridge === undefined) {
    throw new Error("the context is not connected to a worker");
  }
  return bridge;
}

/** An error of a Google service, as a script sees it. */
export function serviceError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** Blocking call of the host with arguments in wire form; throws the service's error. */
export function callWire(op: string, args: readonly Json[]): unknown {
  const body = JSON.parse(currentBridge().call(op, JSON.stringify(args))) as ReplyBody;
  if ("error" in body) {
    throw serviceError(body.error.name, body.error.message);
  }
  return revive(body.value);
}

/** Blocking call of the host with ordinary arguments. */
export const callService = (op: string, ...args: readonly unknown[]): unknown => callWire(op, args.map(encode));

/**
 * A namespace such as PropertiesService: own members as given, every other method is a call of the host
 * (which refuses what it does not emulate).
 */
export function createNamespace(name: string, members: Readonly<Record<string, unknown>>): object {
  return new Proxy(members, {
    get(target, property) {
      if (typeof property === "symbol" || property === "then" || property === "toJSON") {
        return undefined;
      }
      if (Object.hasOwn(target, property)) {
        return target[property];
      }
      if (property === "toString") {
        return () => name;
      }
      return (...args: readonly unknown[]) => callService(`${name}.${property}`, ...args);
    },
    set(_target, property) {
      throw new TypeError(`Cannot set property ${String(property)} of ${name}`);
    },
  });
}
