import type { MappingIssue } from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { Button } from "../parts/button";
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

/** What keeps the mapping from being saved, and what is only worth knowing; each leads to its column. */
export function IssueSummary({ editor }: { readonly editor: Editor }) {
  const { issues } = editor;
  const problems = issues.filter(({ level }) => level === "problem");
  const warnings = issues.filter(({ level }) => level === "warning");
  return (
    <div id={SUMMARY_ID} tabIndex={-1} role="status" class="issues">
      {problems.length > 0 && (
        <IssueList
          tone="error"
          title={count(TEXT.editor.problems, problems.length)}
          issues={problems}
          editor={editor}
        />
      )}
      {warnings.length > 0 && (
        <IssueList
          tone="warning"
          title={count(TEXT.editor.warnings, warnings.length)}
          issues={warnings}
          editor={editor}
        />
      )}
    </div>
  );
}

interface IssueListProps {
  readonly tone: "error" | "warning";
  readonly title: string;
  readonly issues: readonly MappingIssue[];
  readonly editor: Editor;
}

function IssueList({ tone, title, issues, editor }: IssueListProps) {
  return (
    <div class={`notice ${tone}`}>
      <span class="mark" aria-hidden="true">
        {tone === "error" ? "✕" : "!"}
      </span>
      <div class="notice-body">
        <p class="notice-title">{title}</p>
        <ul>
          {issues.slice(0, MAX_SHOWN).map((issue) => (
            <li key={`${issue.column} ${issue.message}`}>
              {issue.column === 0 ? issue.message : <ColumnLink issue={issue} editor={editor} />}
            </li>
          ))}
        </ul>
      </div>
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
