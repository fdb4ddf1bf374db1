import type { Finding } from "../../domain/plan";
import type { CrmRecord, RecordId } from "../../domain/record";
import { isPending, type Row } from "../../domain/row";
import type { ObjectSchema } from "../../domain/schema";
import { encodeValue } from "../../domain/value";
import type { TableRead } from "../../ports/table";
import { loadCheckpoint, saveCheckpoint } from "../../state/checkpoint";
import { loadRun, type RunDocument, saveRun } from "../../state/run-document";
import { loadSnapshot, saveDelta } from "../../state/snapshot-store";
import { loadUnconfirmed, type PendingCreate, SETTLE_MS, saveUnconfirmed } from "../../state/unconfirmed";
import { saveEffects } from "../../state/undo-log";
import { agreedShadows, holdsChanges } from "../apply/compare-sent";
import { findByKeys } from "../apply/find-earlier";
import { findLookAlikes } from "../apply/find-look-alikes";
import { GroupResult } from "../apply/group-result";
import { replaceTokens } from "../apply/place-tokens";
import { noteCreated } from "../apply/settle-create";
import { addTally, type RunDeps } from "../run-deps";
import { settleForgotten, type TokenSettling } from "./settle-forgotten";

/** The table after rows with tokens were looked at, and the run with what was adopted. */
export interface PendingSettled {
  readonly table: TableRead;
  readonly run: RunDocument;
  readonly findings: readonly Finding[];
}

/** What becomes of creates that nobody confirmed. */
interface Settling extends TokenSettling {
  readonly adopted: { readonly create: PendingCreate; readonly record: CrmRecord; readonly isRowless: boolean }[];
  readonly left: PendingCreate[];
  readonly findings: Finding[];
}

/**
 * Rows that still carry a token: their create was cut off or not confirmed. What was sent is looked for: one record is
 * adopted, none frees the row once a second look, a minute after, found none either; several are for a person to tell
 * (section 6.2). A token that nobody remembers is settled by the row's own key.
 */
export function settlePending(
  deps: RunDeps,
  run: RunDocument,
  at: { readonly table: TableRead; readonly schema: ObjectSchema },
): PendingSettled {
  const { table, schema } = at;
  const { creates } = loadUnconfirmed(deps.store, deps.mapping.id);
  const pending = table.rows.filter((row) => isPending(row.recordId));
  if (pending.length === 0 && creates.length === 0) return { table, run, findings: [] };
  const settling: Settling = { settled: new Map(), freed: new Set(), adopted: [], left: [], findings: [] };
  const standing = new Map(pending.map((row) => [row.recordId, row]));
  settleRemembered(deps, schema, { creates, standing, settling });
  const tokens = new Set(creates.map((create) => create.token));
  const forgotten = pending.filter((row) => !tokens.has(row.recordId));
  settleForgotten(deps, schema, { rows: forgotten, table, settling });
  const changed = settling.settled.size + settling.freed.size > 0;
  if (changed) writeBack(deps, { pending, creates, settling });
  const next = changed || !isEqual(settling.left, creates) ? commitSettled(deps, run, { schema, settling }) : run;
  return { table: changed ? deps.table.read() : table, run: next, findings: settling.findings };
}

function isEqual(one: readonly PendingCreate[], other: readonly PendingCreate[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Ids where tokens stand; a token that was copied, so that nobody can tell its row, stays remembered. */
function writeBack(
  deps: RunDeps,
  at: { readonly pending: readonly Row[]; readonly creates: readonly PendingCreate[]; readonly settling: Settling },
): void {
  const { settling } = at;
  const remembered = new Map(at.creates.map((create) => [create.token, create]));
  const handled = [...settling.settled.keys(), ...settling.freed];
  const writes = handled.map((token) => {
    const row = at.pending.find((one) => one.recordId === token);
    const shown = Object.fromEntries(
      Object.entries(row?.cells ?? {}).map(([field, cell]) => [field, encodeValue(cell.value)]),
    );
    const create = remembered.get(token)?.operation;
    const rowNumber = row?.rowNumber ?? 0;
    return { operationId: token, id: token, expectedId: "", rowNumber, row: create?.row ?? shown };
  });
  const open = replaceTokens(deps, writes, settling.settled, (row, message) => {
    settling.findings.push(rowFinding(row, "error", message));
  });
  for (const token of open) {
    const create = remembered.get(token);
    if (create) settling.left.push(create);
    const at = settling.adopted.findIndex((one) => one.create.token === token);
    if (at >= 0) settling.adopted.splice(at, 1);
  }
}

/** Base, undo log, totals and what is left to settle, in one moment. */
function commitSettled(
  deps: RunDeps,
  run: RunDocument,
  { schema, settling }: { readonly schema: ObjectSchema; readonly settling: Settling },
): RunDocument {
  const { store, mapping } = deps;
  const n = store.nextIntent();
  const result = new GroupResult();
  const tombstones: RecordId[] = [];
  for (const { create, record, isRowless } of settling.adopted) {
    // Only what was sent is known to be in step with the row; anything else is compared as F6.
    if (holdsChanges(record, create.operation.changes, { schema, zone: deps.zone }))
      noteCreated(result, create.operation, record);
    else result.shadows(record.id, agreedShadows(record, create.operation, { schema, zone: deps.zone }));
    // Nobody saw the record while its row stood, so that the row's end is no wish to archive it (R8).
    if (isRowless && mapping.removedRows === "archive") tombstones.push(record.id);
  }
  if (tombstones.length > 0) {
    for (const id of tombstones) result.delta.delete(id);
    const before = loadCheckpoint(store, mapping.id);
    saveCheckpoint(store, mapping.id, { ...before, tombstones: [...before.tombstones, ...tombstones] }, n);
  }
  if (result.delta.size > 0) saveDelta(store, mapping.id, n, result.delta);
  if (result.effects.length > 0) saveEffects(store, run.id, n, result.effects);
  saveUnconfirmed(store, mapping.id, { ...loadUnconfirmed(store, mapping.id), creates: settling.left }, n);
  // As it is stored: what this slice has read is not staged, so that a kill from here on must read it again.
  const stored = loadRun(store, mapping.id);
  saveRun(store, addTally(stored?.id === run.id ? stored : run, result.tally), n);
  store.commit(n);
  return addTally(run, result.tally);
}

interface Remembered {
  readonly creates: readonly PendingCreate[];
  readonly standing: ReadonlyMap<string, Row>;
  readonly settling: Settling;
}

function settleRemembered(deps: RunDeps, schema: ObjectSchema, at: Remembered): void {
  const { settling } = at;
  const nowMs = deps.clock.now();
  const linked = new Set(loadSnapshot(deps.store, deps.mapping.id).pairs.keys());
  // By token: the ids of operations are unique in one plan only, and these may come from several.
  const asked = at.creates.map(({ token, operation }) => ({ ...operation, id: token }));
  const found = findByKeys(deps, schema, asked);
  const givenUp = at.creates.filter(({ token, ...create }) => {
    return isGivenUp({ token, ...create }, nowMs) && create.operation.key && (found.get(token) ?? []).length === 0;
  });
  const alike = lookAlikesOf(deps, schema, givenUp);
  for (const create of at.creates) {
    const { operation } = create;
    const hits = (found.get(create.token) ?? []).filter((record) => isOurs(record, create, { deps, schema, linked }));
    const [record] = hits;
    const row = at.standing.get(create.token);
    if (record && hits.length === 1) {
      settling.settled.set(create.token, record.id);
      settling.adopted.push({ create, record, isRowless: row === undefined });
      linked.add(record.id);
    } else if (record || !operation.key) {
      if (row) settling.left.push(create);
      if (row) settling.findings.push(rowFinding(row, "error", record ? severalText(hits) : ASK_TEXT));
    } else if (alike.has(create.token)) {
      if (row) settling.left.push(create);
      if (row) settling.findings.push(rowFinding(row, "error", alikeText(alike.get(create.token) ?? [])));
    } else if (isGivenUp(create, nowMs)) settling.freed.add(create.token);
    else {
      settling.left.push({ ...create, missedMs: create.missedMs ?? nowMs });
      if (row) settling.findings.push(rowFinding(row, "note", WAIT_TEXT));
    }
  }
}

function lookAlikesOf(
  deps: RunDeps,
  schema: ObjectSchema,
  creates: readonly PendingCreate[],
): ReadonlyMap<string, readonly CrmRecord[]> {
  const sinceMs = Math.min(...creates.map(({ sentMs }) => sentMs));
  const operations = creates.map(({ token, operation }) => ({ ...operation, id: token }));
  return findLookAlikes(deps, schema, { operations, sinceMs });
}

/** A unique key belongs to one record, whoever made it; otherwise it must hold all that was sent and be nobody's row. */
function isOurs(
  record: CrmRecord,
  { operation }: PendingCreate,
  at: { readonly deps: RunDeps; readonly schema: ObjectSchema; readonly linked: ReadonlySet<RecordId> },
): boolean {
  if (at.linked.has(record.id)) return false;
  return (
    operation.key?.unique === true || holdsChanges(record, operation.changes, { schema: at.schema, zone: at.deps.zone })
  );
}

/** Looked for twice, a minute apart, and a minute after it was sent. */
function isGivenUp({ operation, sentMs, missedMs }: PendingCreate, nowMs: number): boolean {
  if (nowMs < sentMs + SETTLE_MS) return false;
  return operation.key?.unique === true || (missedMs !== null && nowMs >= missedMs + SETTLE_MS);
}

const WAIT_TEXT =
  "The CRM did not confirm the new record of this row. It is looked for again a minute later, before anything is sent twice.";

const ASK_TEXT =
  "Nobody can tell whether the new record of this row was made: it has no key. Look in the CRM: type its ID into the record ID cell, or clear the cell to create it again.";

function severalText(hits: readonly CrmRecord[]): string {
  const ids = hits.map((record) => record.id).join(", ");
  return `The new record of this row could be any of ${ids}. Type the right ID into the record ID cell.`;
}

function alikeText(records: readonly CrmRecord[]): string {
  const ids = records.map((record) => record.id).join(" or ");
  return `The new record of this row may be ${ids}: it holds the same values, but for its key. Type the ID into the record ID cell to link it, or clear the cell to create a new record.`;
}

function rowFinding(row: Row, severity: Finding["severity"], message: string): Finding {
  const title = `Row ${row.rowNumber}`;
  return { severity, rule: "R3", rowNumber: row.rowNumber, recordId: null, field: null, title, message };
}
