import type { CrmRecord, RecordId } from "../../domain/record";
import type { ObjectSchema } from "../../domain/schema";
import type { PairShadows, Shadow } from "../../domain/snapshot";
import { loadSnapshot, saveDelta } from "../../state/snapshot-store";
import { loadUnconfirmed, quarantined, saveUnconfirmed } from "../../state/unconfirmed";
import { isAsSent } from "../apply/compare-sent";
import type { RunDeps } from "../run-deps";

/**
 * Updates that nobody confirmed and that can no longer take effect unseen: a field that holds what was sent was in step with
 * its cell, so the base takes it. Without that, an edit made since would look like a conflict with our own write
 * (section 6.2).
 */
export function settleUpdates(deps: RunDeps, schema: ObjectSchema, records: ReadonlyMap<RecordId, CrmRecord>): void {
  const { store, mapping, clock, zone } = deps;
  const unconfirmed = loadUnconfirmed(store, mapping.id);
  const waiting = quarantined(unconfirmed, clock.now());
  const base = loadSnapshot(store, mapping.id).pairs;
  const delta = new Map<RecordId, PairShadows>();
  const left: Record<RecordId, PairShadows> = {};
  for (const [id, sent] of Object.entries(unconfirmed.sent ?? {})) {
    const record = records.get(id);
    const known = base.get(id);
    if (waiting.has(id) || !record || !known) {
      left[id] = sent;
      continue;
    }
    const arrived: Record<string, Shadow> = {};
    for (const [name, shadow] of Object.entries(sent)) {
      const now = record.values[name] ?? "";
      if (isAsSent(name, now, shadow.crm, { schema, zone })) arrived[name] = { ...shadow, crm: now };
    }
    if (Object.keys(arrived).length > 0) delta.set(id, { ...known, ...arrived });
  }
  if (delta.size === 0) return;
  const n = store.nextIntent();
  saveDelta(store, mapping.id, n, delta);
  saveUnconfirmed(store, mapping.id, { ...unconfirmed, sent: left }, n);
  store.commit(n);
}
