import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { type MethodTable, outside, plain, SELF, type ServiceCall, type ServiceMethod } from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { MAX_PROPERTY_STORE_BYTES, MAX_PROPERTY_VALUE_BYTES } from "../limits";

export type StoreKind = "user" | "script" | "document";

/** Key under which the host keeps a store for the call's user and document; null: no document, no store. */
export function storeKeyOf(call: ServiceCall, kind: string): string | null {
  const { user, fileId } = call.execution.start;
  switch (kind) {
    case "user":
      return `user:${user.email}`;
    case "document":
      return fileId === null ? null : `document:${fileId}`;
    default:
      return "script";
  }
}

const open = (kind: StoreKind): ServiceMethod =>
  plain((call) => {
    const key = storeKeyOf(call, kind);
    return key === null ? null : { [TYPE_TAG]: "Properties", key };
  });

/** Each read and write counts towards the daily quota. */
function storeOf(call: ServiceCall): Map<string, string> {
  const { state, execution } = call;
  state.quotas.charge(execution.start.user, "properties", 1, state.nowFor(execution));
  return state.properties.store(String(call.self.key));
}

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

function put(store: Map<string, string>, key: string, value: string): void {
  if (bytesOf(value) > MAX_PROPERTY_VALUE_BYTES) {
    throw new ServiceError(ERROR_TEXTS.propertyTooLong);
  }
  const old = store.get(key);
  let total = bytesOf(key) + bytesOf(value) - (old === undefined ? 0 : bytesOf(key) + bytesOf(old));
  for (const [name, text] of store) {
    total += bytesOf(name) + bytesOf(text);
  }
  if (total > MAX_PROPERTY_STORE_BYTES) {
    throw new ServiceError(ERROR_TEXTS.propertyStoreFull);
  }
  store.set(key, value);
}

/** Values are strings: others are converted. */
const toText = (value: Json): string => (typeof value === "string" ? value : value === null ? "null" : String(value));

function setMany(call: ServiceCall): Json {
  const store = storeOf(call);
  if (call.args.at(1) === true) {
    store.clear();
  }
  for (const [key, value] of Object.entries(call.args.object(0))) {
    put(store, key, toText(value));
  }
  return SELF;
}

/** PropertiesService: string values in three stores. */
export const propertiesMethods: MethodTable = {
  "PropertiesService.getUserProperties": open("user"),
  "PropertiesService.getScriptProperties": open("script"),
  "PropertiesService.getDocumentProperties": open("document"),
  "Properties.getProperty": plain((call) => storeOf(call).get(call.args.string(0)) ?? null),
  "Properties.getProperties": plain((call) => Object.fromEntries(storeOf(call))),
  "Properties.getKeys": plain((call) => [...storeOf(call).keys()]),
  "Properties.setProperty": outside((call) => {
    put(storeOf(call), call.args.string(0), toText(call.args.at(1)));
    return SELF;
  }),
  "Properties.setProperties": outside(setMany),
  "Properties.deleteProperty": outside((call) => {
    storeOf(call).delete(call.args.string(0));
    return SELF;
  }),
  "Properties.deleteAllProperties": outside((call) => {
    storeOf(call).clear();
    return SELF;
  }),
};
