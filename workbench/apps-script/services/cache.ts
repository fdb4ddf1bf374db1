import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { type MethodTable, outside, plain, type ServiceCall, type ServiceMethod } from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { DEFAULT_CACHE_SECONDS, MAX_CACHE_KEY_CHARACTERS, MAX_CACHE_SECONDS, MAX_CACHE_VALUE_BYTES } from "../limits";
import { type StoreKind, storeKeyOf } from "./properties";

const open = (kind: StoreKind): ServiceMethod =>
  plain((call) => {
    const key = storeKeyOf(call, kind);
    return key === null ? null : { [TYPE_TAG]: "Cache", key };
  });

const get = (call: ServiceCall, key: string): string | null =>
  call.state.caches.get(String(call.self.key), key, call.state.nowFor(call.execution));

/** Seconds outside 1..21,600 are brought into range. */
function put(call: ServiceCall, key: string, value: Json, seconds: number | null): void {
  if (key.length > MAX_CACHE_KEY_CHARACTERS) {
    throw new ServiceError(ERROR_TEXTS.cacheKeyTooLong);
  }
  const text = typeof value === "string" ? value : String(value);
  if (Buffer.byteLength(text, "utf8") > MAX_CACHE_VALUE_BYTES) {
    throw new ServiceError(ERROR_TEXTS.cacheValueTooLong);
  }
  const lifeSeconds = Math.min(Math.max(seconds ?? DEFAULT_CACHE_SECONDS, 1), MAX_CACHE_SECONDS);
  const expiresMs = call.state.nowFor(call.execution) + lifeSeconds * 1_000;
  call.state.caches.put(String(call.self.key), key, text, expiresMs);
}

/** CacheService: items that expire. */
export const cacheMethods: MethodTable = {
  "CacheService.getUserCache": open("user"),
  "CacheService.getScriptCache": open("script"),
  "CacheService.getDocumentCache": open("document"),
  "Cache.get": plain((call) => get(call, call.args.string(0))),
  "Cache.getAll": plain((call) => {
    const found: Record<string, Json> = {};
    for (const key of call.args.array(0)) {
      const value = get(call, String(key));
      if (value !== null) {
        found[String(key)] = value;
      }
    }
    return found;
  }),
  "Cache.put": outside((call) => {
    put(call, call.args.string(0), call.args.at(1), call.args.optionalInteger(2));
    return null;
  }),
  "Cache.putAll": outside((call) => {
    for (const [key, value] of Object.entries(call.args.object(0))) {
      put(call, key, value, call.args.optionalInteger(1));
    }
    return null;
  }),
  "Cache.remove": outside((call) => {
    call.state.caches.remove(String(call.self.key), call.args.string(0));
    return null;
  }),
  "Cache.removeAll": outside((call) => {
    for (const key of call.args.array(0)) {
      call.state.caches.remove(String(call.self.key), String(key));
    }
    return null;
  }),
};
