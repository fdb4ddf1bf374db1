import { canonicalKey } from "../domain/canonical-key";
import { canonicalCrm, canonicalSheet } from "../domain/canonical-value";
import type { CrmRecord, RecordId } from "../domain/record";
import { isUnlinked, type Row } from "../domain/row";
import type { PairShadows } from "../domain/snapshot";
import { type Cell, decodeValue, encodeValue } from "../domain/value";
import type { MatchInput, MatchState } from "./match-state";
import type { PlanField } from "./plan-field";
import { type RowKey, readRowKey } from "./row-key";
import { encodeRow } from "./row-values";

/**
 * Pairs of the base whose row was removed (R8-R10). R24: a pair whose key or values stand in a row that belongs to no pair
 * (without id, with a token or a wrong id, a copy) is none of them: that row may be its own.
 */
export function removedPairs(state: MatchState): readonly RecordId[] {
  const orphans = state.orphans();
  if (orphans.size === 0) return [];
  const paired = new Set(state.pairs.map((pair) => pair.row));
  const isOwn = (id: RecordId) => state.input.snapshot.has(id) && !state.doubled.has(id);
  const standing = state.input.rows.filter(
    (row) => !paired.has(row) && !isUnlinked(row.recordId) && !isOwn(row.recordId),
  );
  const stands = standingPairs(state.input, standing);
  return [...orphans].filter((id) => !stands(state.input.snapshot.get(id) ?? {}));
}

/** Tells of a base entry whether one of the rows may be the pair's. */
function standingPairs(input: MatchInput, rows: readonly Row[]): (shadows: PairShadows) => boolean {
  const keys = new Set<RowKey>();
  const values = new Set<string>();
  const vague: Row[] = [];
  for (const row of rows) {
    const key = shownKey(input, row);
    if (key) keys.add(key);
    values.add(encodeRow(row, input.fields));
    if (!key && isVague(row, input.fields)) vague.push(row);
  }
  return (shadows) =>
    pairKeys(shadows, input).some((key) => keys.has(key)) ||
    values.has(baseValues(shadows, input)) ||
    vague.some((row) => couldShow(row, shadows, input.fields));
}

/** Key that a row shows; `""` or null: none that can be used. */
export function shownKey({ keyField, zone }: MatchInput, row: Row): RowKey | null {
  const cell = keyField ? row.cells[keyField.name] : undefined;
  const read = keyField && cell ? readRowKey(keyField, cell, zone) : null;
  return read?.kind === "key" ? read.key : null;
}

/** Keys under which the base knows a pair: what the CRM stored and what the sheet showed; `""` is none. */
export function pairKeys(shadows: PairShadows, { keyField, zone }: MatchInput): readonly RowKey[] {
  const shadow = keyField ? shadows[keyField.name] : undefined;
  if (!keyField || !shadow) return [];
  const shown = readRowKey(keyField, { value: decodeValue(shadow.sheet), formula: null }, zone);
  const keys = [canonicalKey(keyField, shadow.crm, zone), shown.kind === "key" ? shown.key : ""];
  return [...new Set(keys)];
}

/** What the pair's row showed, comparable with `encodeRow`; `""`: nothing, which no row shows. */
export function baseValues(shadows: PairShadows, { fields }: MatchInput): string {
  const values = fields.map(({ field }) => shadows[field.name]?.sheet ?? "");
  return values.some((value) => value !== "") ? JSON.stringify(values) : "";
}

/** Does the row hold a cell that cannot be read (F8)? Then its values tell nothing for sure. */
export function isVague(row: Row, fields: readonly PlanField[]): boolean {
  return fields.some(({ field }) => row.cells[field.name]?.value.kind === "unreadable");
}

/** Does the row show what the base says in every cell that can be read? */
export function couldShow(row: Row, shadows: PairShadows, fields: readonly PlanField[]): boolean {
  return fields.every(({ field }) => {
    const value = row.cells[field.name]?.value;
    return (
      value === undefined || value.kind === "unreadable" || encodeValue(value) === (shadows[field.name]?.sheet ?? "")
    );
  });
}

/** May the record be what the create of a row with a token made? By key, and without one by every filled cell. */
export function mayBePending(state: MatchState, record: CrmRecord): boolean {
  const { keyField, zone } = state.input;
  const key = keyField && canonicalKey(keyField, record.values[keyField.name] ?? "", zone);
  return state.pendingRows.some((row) => {
    const shown = shownKey(state.input, row);
    return shown ? shown === key : holdsCells(state.input, row, record);
  });
}

function holdsCells({ fields, zone }: MatchInput, row: Row, record: CrmRecord): boolean {
  const filled = fields.filter(({ field }) => isFilled(row.cells[field.name]));
  const holds = filled.every(({ field }) => {
    const cell = row.cells[field.name];
    return (
      cell && canonicalSheet(field, cell.value, zone) === canonicalCrm(field, record.values[field.name] ?? "", zone)
    );
  });
  return holds && filled.length > 0;
}

function isFilled(cell: Cell | undefined): boolean {
  return cell !== undefined && cell.value.kind !== "blank" && cell.value.kind !== "unreadable";
}
