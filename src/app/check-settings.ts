import type { GuardLimitsView, MappingDraft, MappingIssue } from "../contract/views";

/** Largest number that a limit may always allow: beyond it, it limits nothing that a spreadsheet holds. */
const MAX_COUNT = 10_000;

/** From here on a limit hardly ever stops anything: this share of what is linked, or this number in one run. */
const OFF_SHARE = 0.9;
const OFF_COUNT = 1_000;

/** One limit with its words: "more than … would be {what}". */
interface Limit {
  readonly what: string;
  readonly share: keyof GuardLimitsView;
  readonly floor: keyof GuardLimitsView;
}

const LIMITS: readonly Limit[] = [
  { what: "removed from the sheet or archived in the CRM", share: "deleteShare", floor: "deleteFloor" },
  { what: "cleared", share: "clearShare", floor: "clearFloor" },
  { what: "changed", share: "changeShare", floor: "changeFloor" },
  { what: "created", share: "createShare", floor: "createFloor" },
];

/** What there is to say about policies and limits: a number that is no limit, and choices that can do harm. */
export function checkSettings({ settings, direction }: MappingDraft): readonly MappingIssue[] {
  const { guard, removedRows, gone } = settings;
  const issues: MappingIssue[] = [];
  const counts = [...LIMITS.map(({ floor }) => guard[floor]), guard.createMax];
  const tooLarge = counts.find((count) => count > MAX_COUNT);
  if (tooLarge !== undefined)
    issues.push(about("problem", `A limit may allow at most ${MAX_COUNT} without asking, not ${tooLarge}.`));
  if (removedRows === "archive") {
    const pulls = "This mapping only pulls, so nothing is archived.";
    const archives =
      "Records are archived in the CRM when their rows are removed from the sheet, also by mistake. CRM Sync asks before each such run, but undo cannot bring archived records back: only the CRM can.";
    issues.push(about("warning", direction === "pull" ? pulls : archives));
  }
  if (gone === "remove-row")
    issues.push(
      about("warning", "Rows are removed with all their cells, unmapped ones too, when their records are gone."),
    );
  for (const limit of LIMITS) if (isOff(limit, guard)) issues.push(about("warning", offText(limit)));
  return issues;
}

/** New records have an upper bound of their own, which holds whatever the others say. */
function isOff({ share, floor }: Limit, guard: GuardLimitsView): boolean {
  const large = guard[share] >= OFF_SHARE || guard[floor] >= OFF_COUNT;
  return large && (share !== "createShare" || guard.createMax >= OFF_COUNT);
}

function offText({ what }: Limit): string {
  return `The limit for what is ${what} is so high that it hardly ever stops a run. A slip would go through unasked.`;
}

function about(level: MappingIssue["level"], message: string): MappingIssue {
  return { level, column: 0, message };
}
