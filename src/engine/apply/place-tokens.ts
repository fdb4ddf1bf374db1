import type { RecordId } from "../../domain/record";
import type { Row } from "../../domain/row";
import { encodeValue } from "../../domain/value";
import type { IdReplacement, IdWrite, RowMatch } from "../../ports/table";
import type { RunDeps } from "../run-deps";
import type { WorkMode } from "./group-result";

/** Ids of the operations whose token stands on their row. After a cut-off some of them stand there already. */
export function placeTokens(deps: RunDeps, tokens: readonly IdWrite[], mode: WorkMode): ReadonlySet<string> {
  const placed = new Set<string>();
  if (tokens.length === 0) return placed;
  const standing = mode === "fresh" ? new Map<string, Row[]>() : rowsById(deps, tokens);
  const open: IdWrite[] = [];
  for (const token of tokens) {
    const rows = standing.get(token.id) ?? [];
    if (rows.length === 0) open.push(token);
    else if (rows.length === 1 && rows.every((row) => showsRow(row, token))) placed.add(token.operationId);
  }
  if (open.length === 0) return placed;
  for (const outcome of deps.table.writeIds(open)) if (outcome.placed) placed.add(outcome.operationId);
  return placed;
}

function rowsById(deps: RunDeps, tokens: readonly IdWrite[]): Map<string, Row[]> {
  const wanted = new Set(tokens.map((token) => token.id));
  const found = new Map<string, Row[]>();
  for (const row of deps.table.read().rows) {
    if (wanted.has(row.recordId)) found.set(row.recordId, [...(found.get(row.recordId) ?? []), row]);
  }
  return found;
}

/** Does the row show these values in all mapped cells? */
export function showsRow(row: Row, match: Pick<RowMatch, "row">): boolean {
  return Object.entries(match.row).every(([field, encoded]) => {
    const cell = row.cells[field];
    return cell !== undefined && encodeValue(cell.value) === encoded;
  });
}

/** Tells a person about a row. */
export type ReportRow = (row: Row, message: string) => void;

/**
 * Puts record ids where tokens stand, and blanks the tokens of rows that get none. A token that was copied into several
 * rows belongs to the only one that shows what was sent; the copies are blanked. Where none or several show it, all keep it:
 * those tokens are given back (section 6.2).
 */
export function replaceTokens(
  deps: RunDeps,
  tokens: readonly IdWrite[],
  settled: ReadonlyMap<string, RecordId>,
  report: ReportRow,
): ReadonlySet<string> {
  const open = new Set<string>();
  if (tokens.length === 0) return open;
  const toId = (token: IdWrite): IdReplacement => ({ from: token.id, to: settled.get(token.operationId) ?? "" });
  const counts = new Map(deps.table.replaceIds(tokens.map(toId)).map(({ from, rows }) => [from, rows]));
  const copied = tokens.filter((token) => (counts.get(token.id) ?? 0) > 1);
  const standing = copied.length > 0 ? rowsById(deps, copied) : new Map<string, Row[]>();
  for (const token of copied) {
    const rows = standing.get(token.id) ?? [];
    const equal = rows.filter((row) => showsRow(row, token));
    const own = equal.length === 1 ? equal[0] : undefined;
    for (const row of rows) {
      if (row === own) continue;
      if (own) blank(deps, token, row);
      report(row, own ? COPY_TEXT : COPIES_TEXT);
    }
    if (own) deps.table.replaceIds([toId(token)]);
    else open.add(token.id);
  }
  return open;
}

const COPY_TEXT =
  "This row is a copy of one that was just being created. It was not sent; the next sync takes it as a new row.";

const COPIES_TEXT =
  "This row was copied while its record was being created, so nobody can tell which row it belongs to. Delete the copies, and clear the record ID cell of the row that is left.";

function blank(deps: RunDeps, token: IdWrite, row: Row): void {
  const shown = Object.fromEntries(Object.entries(row.cells).map(([field, cell]) => [field, encodeValue(cell.value)]));
  deps.table.writeIds([
    { operationId: token.operationId, id: "", expectedId: token.id, rowNumber: row.rowNumber, row: shown },
  ]);
}
