import type { LinkOperation } from "../../domain/plan";
import type { IdWrite } from "../../ports/table";
import { loadSnapshot } from "../../state/snapshot-store";
import type { GroupWork } from "./group-result";
import { showsRow } from "./place-tokens";

/** Puts record ids into rows (R2, R11, R24); a row of a merged record keeps its base under the new id. */
export function applyLinks(work: GroupWork, operations: readonly LinkOperation[]): void {
  const { deps, result } = work;
  const base = loadSnapshot(deps.store, deps.mapping.id).pairs;
  const placed = placeIds(
    work,
    operations.map((operation) => ({ ...operation, operationId: operation.id, id: operation.recordId })),
  );
  for (const operation of operations) {
    const { recordId, title, baseId, expectedId } = operation;
    if (!placed.has(operation.id)) {
      if (work.mode === "look") continue;
      result.report("note", operation, "The row changed while the sync ran; it is linked by the next sync.");
      result.failed.add(operation.id);
      continue;
    }
    const shadows = baseId === recordId ? undefined : base.get(baseId);
    if (shadows) {
      result.shadows(recordId, shadows);
      result.delta.set(baseId, null);
    }
    result.effects.push({ kind: "linked", recordId, title, before: expectedId });
    result.count("successes");
    result.count("linked");
  }
}

/** Writes ids into rows; gives the operations whose id stands on its row. After a cut-off some of them stand there already. */
function placeIds(work: GroupWork, writes: readonly IdWrite[]): ReadonlySet<string> {
  const { table } = work.deps;
  const placed = new Set<string>();
  if (work.mode !== "fresh") {
    const { rows } = table.read();
    for (const write of writes) {
      const standing = rows.filter((row) => row.recordId === write.id);
      if (standing.length === 1 && standing.every((row) => showsRow(row, write))) placed.add(write.operationId);
    }
  }
  const open = work.mode === "look" ? [] : writes.filter((write) => !placed.has(write.operationId));
  for (const outcome of open.length > 0 ? table.writeIds(open) : []) {
    if (outcome.placed) placed.add(outcome.operationId);
  }
  return placed;
}
