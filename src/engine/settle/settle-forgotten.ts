import { canonicalKey } from "../../domain/canonical-key";
import type { RecordId } from "../../domain/record";
import type { Row } from "../../domain/row";
import { findField, type ObjectSchema } from "../../domain/schema";
import { toCrmValue } from "../../domain/to-crm-value";
import type { CrmValue } from "../../domain/value";
import type { RowKey } from "../../merge/row-key";
import type { TableRead } from "../../ports/table";
import type { RunDeps } from "../run-deps";

/** What becomes of tokens. */
export interface TokenSettling {
  /** Record id by token; a token of `freed` gives way to a blank. */
  readonly settled: Map<string, RecordId>;
  readonly freed: Set<string>;
}

/**
 * Tokens of which only the row knows: by a unique key one hit is that record (R2), none frees the row (R1). A record that a
 * row stands for already, or a key that several rows share, frees them too: the plan names the others (R4, R16).
 */
export function settleForgotten(
  deps: RunDeps,
  schema: ObjectSchema,
  at: { readonly rows: readonly Row[]; readonly table: TableRead; readonly settling: TokenSettling },
): void {
  const keyField = deps.mapping.keyField === null ? null : findField(schema, deps.mapping.keyField);
  if (at.rows.length === 0 || !keyField?.unique) return;
  const keyed = new Map<RowKey, { readonly rows: Row[]; readonly wire: CrmValue }>();
  for (const row of at.rows) {
    const cell = row.cells[keyField.name];
    const wire = cell ? toCrmValue(keyField, cell.value, deps.zone) : null;
    const key = wire?.kind === "value" ? canonicalKey(keyField, wire.value, deps.zone) : "";
    if (wire?.kind !== "value" || key === "") continue;
    const sharing = keyed.get(key);
    if (sharing) sharing.rows.push(row);
    else keyed.set(key, { rows: [row], wire: wire.value });
  }
  if (keyed.size === 0) return;
  const taken = new Set(at.table.rows.map((row) => row.recordId));
  const asked = [...keyed.values()].map(({ wire }) => wire);
  for (const found of deps.crm.find(schema.type, keyField.name, asked, [keyField.name])) {
    const rows = keyed.get(canonicalKey(keyField, found.key, deps.zone))?.rows ?? [];
    const [record, ...others] = found.records;
    if (others.length > 0) continue;
    for (const { recordId: token } of rows) {
      if (record && rows.length === 1 && !taken.has(record.id)) at.settling.settled.set(token, record.id);
      else at.settling.freed.add(token);
    }
  }
}
