import type { MappingIssue } from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { count, fill } from "../phrase";
import { columnLetter } from "../state/mapping-draft";
import { TEXT } from "../text";

const SUMMARY_ID = "issues";

/** More links at the top than that are no help; the columns show their own. */
const MAX_SHOWN = 5;

/** Puts the focus on the summary, for a save that problems prevent. */
export function focusIssues(): void {
  document.getElementById(SUMMARY_ID)?.focus();
}

/** Id of a column's part of the page. */
export function columnElementId(column: number): string {
  return `column-${column}`;
}

const LEVELS = [
  { level: "problem", tone: "error", title: TEXT.editor.problems },
  { level: "warning", tone: "warning", title: TEXT.editor.warnings },
] as const;

/** What keeps the mapping from being saved, and what is only worth knowing; each leads to its column. */
export function IssueSummary({ editor }: { readonly editor: Editor }) {
  return (
    <div id={SUMMARY_ID} tabIndex={-1} role="status" class="issues">
      {LEVELS.map(({ level, tone, title }) => {
        const issues = editor.issues.filter((issue) => issue.level === level);
        if (issues.length === 0) return null;
        return (
          <Notice key={level} tone={tone} title={count(title, issues.length)}>
            <ul>
              {issues.slice(0, MAX_SHOWN).map((issue) => (
                <li key={`${issue.column} ${issue.message}`}>
                  {issue.column === 0 ? issue.message : <ColumnLink issue={issue} editor={editor} />}
                </li>
              ))}
            </ul>
          </Notice>
        );
      })}
    </div>
  );
}

function ColumnLink({ issue, editor }: { readonly issue: MappingIssue; readonly editor: Editor }) {
  const show = (): void => {
    editor.setChoice("all");
    // The column may have to be listed first.
    setTimeout(() => {
      const element = document.getElementById(columnElementId(issue.column));
      element?.scrollIntoView({ block: "center" });
      element?.querySelector("input")?.focus({ preventScroll: true });
    });
  };
  return (
    <Button look="quiet" onClick={show}>
      {fill(TEXT.editor.goToColumn, { letter: columnLetter(issue.column), message: issue.message })}
    </Button>
  );
}
