import type { ColumnDraft, ColumnView, EditorView, FieldView, MappingIssue } from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { Button } from "../parts/button";
import { describeField } from "../parts/field-option";
import { FieldPicker } from "../parts/field-picker";
import { fill } from "../phrase";
import { acceptSuggestions, assignField } from "../state/mapping-draft";
import { TEXT } from "../text";
import { ColumnOptions } from "./column-options";
import { columnElementId } from "./editor-issues";

interface EditorColumnProps {
  readonly column: ColumnView;
  readonly draft: ColumnDraft;
  readonly field: FieldView | null;
  readonly usedIn: ReadonlyMap<string, number>;
  readonly view: EditorView;
  readonly editor: Editor;
}

/** One column: what stands in it, the field it is bound to, and how it moves. */
export function EditorColumn({ column, draft, field, usedIn, view, editor }: EditorColumnProps) {
  const issues = editor.issues.filter((issue) => issue.column === column.column);
  const header = column.header || TEXT.plain.unnamedColumn;
  const issuesId = `${columnElementId(column.column)}-issues`;
  const suggested = field !== null && draft.suggestion !== "none";
  const text = TEXT.editor;
  return (
    <div class="column card" id={columnElementId(column.column)}>
      <ColumnHead column={column} />
      <FieldPicker
        label={fill(text.field, { letter: column.letter, header })}
        fields={view.fields}
        chosen={field}
        usedIn={usedIn}
        invalid={issues.some(({ level }) => level === "problem")}
        describedBy={issues.length > 0 ? issuesId : undefined}
        onChoose={(name) => editor.change(assignField(editor.draft, column.column, name, view.fields))}
      />
      {field !== null && <p class="hint">{describeField(field)}</p>}
      {suggested && (
        <p class="line">
          <span class={`chip ${draft.suggestion === "sure" ? "good" : "warn"}`}>
            {draft.suggestion === "sure" ? text.sure : text.likely}
          </span>
          {draft.suggestion === "likely" && (
            <Button
              look="quiet"
              name={`${text.accept}: ${header}`}
              onClick={() => editor.change(acceptSuggestions(editor.draft, column.column))}
            >
              {text.accept}
            </Button>
          )}
        </p>
      )}
      {issues.length > 0 && <ColumnIssues id={issuesId} issues={issues} />}
      {field !== null && <ColumnOptions draft={draft} header={header} field={field} editor={editor} />}
    </div>
  );
}

/** Samples tell what a column holds; the sheet itself shows all of it. */
const MAX_SAMPLE = 40;

function shorten(sample: string): string {
  return sample.length > MAX_SAMPLE ? `${sample.slice(0, MAX_SAMPLE - 1)}…` : sample;
}

/** A column that the add-on writes itself. */
export function OwnColumn({ column }: { readonly column: ColumnView }) {
  return (
    <div class="column card own">
      <ColumnHead column={column} />
      {column.role !== "data" && <p class="hint">{TEXT.editor.ownColumn[column.role]}</p>}
    </div>
  );
}

function ColumnHead({ column }: { readonly column: ColumnView }) {
  const samples = column.samples.filter((sample) => sample !== "").map(shorten);
  return (
    <>
      <h3>
        <span class="letter">
          <span class="unseen">{fill(TEXT.editor.columnTitle, { letter: column.letter })}</span>
          <span aria-hidden="true">{column.letter}</span>
        </span>
        <span>{column.header || TEXT.plain.unnamedColumn}</span>
      </h3>
      {column.role === "data" && (
        <p class="hint">
          {samples.length > 0 ? fill(TEXT.editor.samples, { samples: samples.join(" · ") }) : TEXT.editor.noSamples}
        </p>
      )}
    </>
  );
}

function ColumnIssues({ id, issues }: { readonly id: string; readonly issues: readonly MappingIssue[] }) {
  return (
    <ul class="column-issues" id={id}>
      {issues.map(({ level, message }) => (
        <li key={message} class={level}>
          {message}
        </li>
      ))}
    </ul>
  );
}
