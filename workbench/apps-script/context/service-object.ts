import { type Json, type JsonObject, TYPE_TAG } from "../json";
import { enumByName, isEnumValue } from "./enum-value";

type Call = (op: string, args: readonly Json[]) => unknown;

/** Objects of the context that know how they look on the wire. */
export interface Encodable {
  toWire(): Json;
}

/** Methods answered inside the context, per service type: no call leaves the execution. */
export type LocalMethods = Readonly<Record<string, (this: ServiceObject, ...args: never[]) => unknown>>;

interface ServiceObject {
  readonly wire: JsonObject;
}

const WIRE = Symbol("wire");
/** The context's own constructor, before the emulated clock and zone are put around it: a range may hold many dates. */
const PlainDate = Date;
const localMethods = new Map<string, LocalMethods>();
const revivers = new Map<string, (wire: JsonObject) => unknown>();
let callHost: Call = () => undefined;

/** Sets how service objects reach the host; once per execution. */
export function connectServiceObjects(call: Call): void {
  callHost = call;
}

/** Adds methods of a service type that need no call. */
export function defineLocalMethods(type: string, methods: LocalMethods): void {
  localMethods.set(type, methods);
}

/** Says what a tagged object of the host becomes; without one it becomes a service object. */
export function defineReviver(type: string, revive: (wire: JsonObject) => unknown): void {
  revivers.set(type, revive);
}

/**
 * A service object: every method becomes a call "Type.method" with the object itself first.
 * What the host does not know fails there with "not emulated".
 */
export function createServiceObject(wire: JsonObject): object {
  const methods = new Map<string, unknown>();
  const target = { [WIRE]: wire };
  const proxy: object = new Proxy(target, {
    get(_target, property) {
      if (property === WIRE) {
        return wire;
      }
      if (typeof property === "symbol" || property === "then" || property === "toJSON" || property === "constructor") {
        return undefined;
      }
      const known = methods.get(property);
      if (known !== undefined) {
        return known;
      }
      const method = createMethod(proxy, wire, property);
      methods.set(property, method);
      return method;
    },
    set(_target, property) {
      throw new TypeError(`Cannot set property ${String(property)} of ${String(wire[TYPE_TAG])}`);
    },
  });
  return proxy;
}

function createMethod(proxy: object, wire: JsonObject, name: string): unknown {
  const type = String(wire[TYPE_TAG]);
  const own = localMethods.get(type)?.[name];
  if (own !== undefined) {
    return (...args: never[]) => own.apply({ wire }, args);
  }
  if (name === "toString") {
    return () => type;
  }
  return (...args: unknown[]) => {
    const result = callHost(`${type}.${name}`, [wire, ...args.map(encode)]);
    return result === SELF ? proxy : result;
  };
}

const SELF = Symbol("self");

const wireOf = (value: object): JsonObject | undefined => (value as { [WIRE]?: JsonObject })[WIRE];

const isEncodable = (value: object): value is Encodable => typeof (value as Partial<Encodable>).toWire === "function";

/** Turns an argument into wire form. Dates, enums, blobs and service objects become tagged objects. */
export function encode(value: unknown): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : { [TYPE_TAG]: "Number", text: String(value) };
    case "undefined":
      return null;
    case "object":
      return value === null ? null : encodeObject(value);
    case "function":
      return { [TYPE_TAG]: "Function" };
    default:
      return String(value);
  }
}

function encodeObject(value: object): Json {
  if (Array.isArray(value)) {
    return value.map(encode);
  }
  if (value instanceof Date) {
    return { [TYPE_TAG]: "Date", ms: Number.isNaN(value.getTime()) ? null : value.getTime() };
  }
  const wire = wireOf(value);
  if (wire !== undefined) {
    return wire;
  }
  if (isEnumValue(value)) {
    return { [TYPE_TAG]: "Enum", type: value.enumType, name: value.enumName };
  }
  if (isEncodable(value)) {
    return value.toWire();
  }
  const plain: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) {
      plain[key] = encode(item);
    }
  }
  return plain;
}

/** Turns a reply into the context's own values. */
export function revive(value: Json): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value as unknown[];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (typeof item === "object" && item !== null) {
        items[index] = revive(item as Json);
      }
    }
    return items;
  }
  return reviveObject(value as JsonObject);
}

function reviveObject(wire: JsonObject): unknown {
  const type = wire[TYPE_TAG];
  if (typeof type !== "string") {
    const plain: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(wire)) {
      plain[key] = revive(item);
    }
    return plain;
  }
  switch (type) {
    case "Date":
      return new PlainDate(wire.ms as number);
    case "Enum":
      return enumByName(String(wire.type), String(wire.name));
    case "Self":
      return SELF;
    default: {
      const reviver = revivers.get(type);
      return reviver === undefined ? createServiceObject(wire) : reviver(wire);
    }
  }
}
