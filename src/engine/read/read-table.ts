import type { TableRead } from "../../ports/table";
import type { RunDeps } from "../run-deps";
import { tableProblemError } from "./table-problem";

/** The mapped tab as it is now. Throws SyncError config for rule R18. */
export function readTable(deps: RunDeps): TableRead {
  const table = deps.table.read();
  if (table.problem) throw tableProblemError(table.problem, deps.mapping);
  return table;
}
