import { type ApiCall, type ApiReply, objectScopes, propertiesOf, type Route, typeOf, upperName } from "./api-call";
import { contactConflict, nonUniqueKey, validationError } from "./api-error";
import { companyToAssociate } from "./associated-company";
import {
  type BatchInput,
  type BatchOutcome,
  batchInputs,
  notFoundEntry,
  refuseDuplicates,
  refuseWhole,
  toBatchReply,
  toErrorEntry,
  traceIdsOf,
} from "./batch-envelope";
import { checkCreate, checkUpdate, type WriteCheck } from "./check-write";
import { requireKeyProperty } from "./find-record";
import { type ObjectType, objectTypeInfo } from "./object-type";
import type { StoredRecord } from "./record-store";
import { toWriteView } from "./record-view";
import type { Properties } from "./sandbox-types";
import { createRecord, uniqueValueProblem, updateRecord } from "./write-record";

/** Batches that write values: create, update, upsert. */
export const batchWriteRoutes: readonly Route[] = [
  { method: "POST", path: "{objects}/:type/batch/create", scopes: objectScopes("write"), answer: batchCreate },
  { method: "POST", path: "{objects}/:type/batch/update", scopes: objectScopes("write"), answer: batchUpdate },
  { method: "POST", path: "{objects}/:type/batch/upsert", scopes: objectScopes("write"), answer: batchUpsert },
];

/** One input made ready: how it is checked, and what happens when it may. */
interface PlannedWrite {
  readonly check: () => WriteCheck;
  readonly apply: (values: Properties) => object;
}

/** Runs the writes one by one when every input has a trace id, else all or nothing. */
function runWrites(call: ApiCall, writes: readonly PlannedWrite[], traceIds: readonly string[] | null): BatchOutcome {
  if (traceIds === null) {
    const checks = refuseSharedKeys(
      call,
      writes.map((write) => write.check()),
    );
    refuseWhole(call, checks);
    const results = writes.flatMap((write, at) => {
      const check = checks[at];
      return check?.kind === "ok" ? [write.apply(check.values)] : [];
    });
    return { results, errors: [] };
  }
  const results: object[] = [];
  const errors: ReturnType<typeof toErrorEntry>[] = [];
  for (const [at, write] of writes.entries()) {
    const check = write.check();
    if (check.kind === "ok") results.push(write.apply(check.values));
    else errors.push(toErrorEntry(call, check, traceIds[at] ?? ""));
  }
  return { results, errors };
}

/**
 * Turns checks down that want a unique value which an input before them takes. For an e-mail address it is the one
 * conflict that can name no record (assumed).
 */
function refuseSharedKeys(call: ApiCall, checks: readonly WriteCheck[]): readonly WriteCheck[] {
  const type = typeOf(call);
  const names = [...call.portal.catalogs[type].uniqueNames(), ...(type === "contacts" ? ["email"] : [])];
  const taken = new Set<string>();
  return checks.map((check) => {
    if (check.kind !== "ok") return check;
    for (const name of names) {
      const value = check.values[name] ?? "";
      const key = `${name} ${value.toLowerCase()}`;
      if (value === "") continue;
      if (!taken.has(key)) taken.add(key);
      else if (name === "email") return { kind: "error", error: contactConflict(null) };
      else return { kind: "values", problems: [uniqueValueProblem(name, value)] };
    }
    return check;
  });
}

function traceOf(input: BatchInput): string | undefined {
  return typeof input.objectWriteTraceId === "string" ? input.objectWriteTraceId : undefined;
}

function batchCreate(call: ApiCall): ApiReply {
  const type = typeOf(call);
  const inputs = batchInputs(call);
  const traceIds = traceIdsOf(inputs);
  const writes = inputs.map(
    (input): PlannedWrite => ({
      check: () => checkCreate(call, type, input.properties),
      apply: (values) => createFrom(call, type, { input }, values),
    }),
  );
  return toBatchReply(call, runWrites(call, writes, traceIds), 201);
}

function createFrom(
  call: ApiCall,
  type: ObjectType,
  target: { readonly input: BatchInput; readonly isNew?: boolean },
  values: Properties,
): object {
  const company = companyToAssociate(call.portal, type, target.input.associations);
  const write = { source: "INTEGRATION", nowMs: call.nowMs } as const;
  const record = createRecord(call.portal, type, { ...values, ...company }, write);
  return toWriteView(call.portal, type, record, {
    names: Object.keys(values),
    verb: "create",
    objectWriteTraceId: traceOf(target.input),
    ...(target.isNew === undefined ? {} : { isNew: target.isNew }),
  });
}

function updateFrom(
  call: ApiCall,
  type: ObjectType,
  target: { readonly record: StoredRecord; readonly input: BatchInput; readonly isNew?: boolean },
  values: Properties,
): object {
  const before = call.portal.stores[type].get(target.record.id) ?? target.record;
  const record = updateRecord(call.portal, type, before, { values, source: "INTEGRATION", nowMs: call.nowMs });
  return toWriteView(call.portal, type, record, {
    names: Object.keys(values),
    verb: "update",
    objectWriteTraceId: traceOf(target.input),
    ...(target.isNew === undefined ? {} : { isNew: target.isNew }),
  });
}

function batchUpdate(call: ApiCall): ApiReply {
  const { portal } = call;
  const type = typeOf(call);
  const inputs = batchInputs(call);
  refuseDuplicates(inputs.map((input) => String(input.id ?? "")));
  const missing: string[] = [];
  const writes: PlannedWrite[] = [];
  const traces: string[] = [];
  const traceIds = traceIdsOf(inputs);
  for (const [at, input] of inputs.entries()) {
    const id = resolveUpdateId(call, type, input);
    const record = id === null ? undefined : portal.stores[type].get(id);
    if (id === null || portal.stores[type].isMergedAway(id)) continue;
    if (record === undefined || record.archivedAtMs !== null) {
      missing.push(String(input.id ?? ""));
      continue;
    }
    traces.push(traceIds?.[at] ?? "");
    writes.push({
      check: () => checkUpdate(call, type, input.properties, record.id),
      apply: (values) => updateFrom(call, type, { record, input }, values),
    });
  }
  const outcome = runWrites(call, writes, traceIds === null ? null : traces);
  const errors = missing.length === 0 ? [] : [notFoundEntry(upperName(type), missing)];
  return toBatchReply(call, { results: outcome.results, errors: [...outcome.errors, ...errors] }, 200);
}

/**
 * The record id of an update. Contacts cannot be updated in batches by e-mail: named as a key it is refused, sent as a
 * plain id it is passed over without a word (null).
 */
function resolveUpdateId(call: ApiCall, type: ObjectType, input: BatchInput): string | null {
  const id = String(input.id ?? "");
  const key = typeof input.idProperty === "string" ? input.idProperty : "";
  if (key === "" || key === "hs_object_id") return /^\d+$/.test(id) ? id : null;
  if (key === "email") throw nonUniqueKey(objectTypeInfo(type).id, key);
  requireKeyProperty(call.portal, type, key);
  return call.portal.stores[type].findByKey(key, id) ?? id;
}

function batchUpsert(call: ApiCall): ApiReply {
  const { portal } = call;
  const type = typeOf(call);
  const inputs = batchInputs(call);
  for (const input of inputs) requireKeyProperty(portal, type, String(input.idProperty ?? "hs_object_id"));
  const keys = inputs.map((input) => String(input.id ?? "").trim());
  if (keys.some((key) => key === "")) throw validationError("Every input needs an id.");
  refuseDuplicates(keys.map((key) => key.toLowerCase()));
  const writes = inputs.map((input, at): PlannedWrite => {
    const property = String(input.idProperty);
    const existingId = portal.stores[type].findByKey(property, keys[at] ?? "");
    const record = existingId === undefined ? undefined : portal.stores[type].get(existingId);
    const given = propertiesOf(input.properties);
    if (record !== undefined) {
      // An input that names only its key changes nothing, but is no error.
      const properties = Object.keys(given).length === 0 ? { [property]: keys[at] } : given;
      return {
        check: () => checkUpdate(call, type, properties, record.id),
        apply: (values) => updateFrom(call, type, { record, input, isNew: false }, values),
      };
    }
    return {
      check: () => checkCreate(call, type, { [property]: keys[at], ...given }),
      apply: (values) => createFrom(call, type, { input, isNew: true }, values),
    };
  });
  return toBatchReply(call, runWrites(call, writes, traceIdsOf(inputs)), 200);
}
