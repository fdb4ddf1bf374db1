import type { FieldValue, Org, SRow } from "../org";
import type { SObjectDef } from "../sobject-def";
import type { RowError, WriteContext } from "../write-row";

const MESSAGE = "You're creating a duplicate record. We recommend you use an existing record instead.";

/**
 * The first duplicate rule that a row breaks. `allowSave` passes rules that only alert (REST guide, duplicate rule header). The
 * body of the single-row form is spelled `duplicateResut` by the org itself.
 */
export function findDuplicates(
  org: Org,
  object: SObjectDef,
  { row, changed }: { readonly row: SRow; readonly changed: Readonly<Record<string, FieldValue>> },
  { allowSave }: WriteContext,
): RowError | null {
  for (const rule of org.settings.duplicateRules) {
    if (rule.object !== object.name || (rule.action === "alert" && allowSave)) continue;
    const value = changed[rule.field] ?? null;
    if (value === null) continue;
    const others = org.rows.findBy(object, rule.field, String(value)).filter(({ id }) => id !== row.id);
    if (others.length === 0) continue;
    const { name, action } = rule;
    const duplicateResult = {
      allowSave: action === "alert",
      duplicateRule: name,
      duplicateRuleEntityType: object.name,
      errorMessage: MESSAGE,
      matchResults: [
        {
          entityType: object.name,
          errors: [],
          matchEngine: "ExactMatchEngine",
          matchRecords: others.map(toMatch),
          rule: name.replace(/_DR$/, "_MR"),
          size: others.length,
          success: true,
        },
      ],
    };
    return { errorCode: "DUPLICATES_DETECTED", message: MESSAGE, fields: [], status: 400, duplicateResult };
  }
  return null;
}

function toMatch({ id, object }: SRow) {
  const url = `/services/data/v66.0/sobjects/${object}/${id}`;
  return {
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: object, url }, Id: id },
  };
}
