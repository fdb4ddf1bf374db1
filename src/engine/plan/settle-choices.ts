import { settleConflicts } from "../../merge/settle-conflicts";
import { loadPlan, savePlan } from "../../state/plan-document";
import { type RunDocument, saveRun } from "../../state/run-document";
import { readTable } from "../read/read-table";
import type { RunDeps } from "../run-deps";
import { planFields } from "./plan-fields";

/**
 * Takes the conflicts that a person settled into the plan, as ordinary changes. Cut off and done again it finds them no
 * longer open.
 */
export function settleChoices(deps: RunDeps, run: RunDocument): RunDocument {
  const { mapping, store, zone } = deps;
  const schema = deps.crm.describe(mapping.objectType);
  const { fields } = planFields(mapping, schema, readTable(deps));
  const { plan } = settleConflicts(loadPlan(store, run.id), run.settle ?? [], { fields, zone });
  savePlan(store, run.id, plan);
  const settled: RunDocument = { ...run, settle: [] };
  saveRun(store, settled);
  store.flush();
  return settled;
}
