import { useMemo } from "preact/hooks";
import type { EditorView } from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { SelectField } from "../parts/select-field";
import { count, fill } from "../phrase";
import { acceptSuggestions, isListed, mappedColumns, openSuggestions } from "../state/mapping-draft";
import { TEXT } from "../text";
import { EditorColumn, OwnColumn } from "./editor-column";

interface EditorColumnsProps {
  readonly view: EditorView;
  readonly editor: Editor;
}

/** The columns of the tab; those that the add-on keeps for itself are named but not offered. */
export function EditorColumns({ view, editor }: EditorColumnsProps) {
  const { draft, issues, choice } = editor;
  const drafts = useMemo(() => new Map(draft.columns.map((column) => [column.column, column])), [draft]);
  const fields = useMemo(() => new Map(view.fields.map((field) => [field.name, field])), [view]);
  const usedIn = useMemo(
    () => new Map(draft.columns.flatMap(({ field, column }) => (field === null ? [] : [[field, column] as const]))),
    [draft],
  );
  // Chosen once per choice: a column that one is working on must not vanish from the list.
  const listed = useMemo(
    () =>
      view.columns.filter((column) => {
        const own = drafts.get(column.column);
        return own === undefined ? choice === "all" : isListed(choice, own, issues);
      }),
    [choice, view],
  );
  const text = TEXT.editor;
  if (view.columns.length === 0) {
    return (
      <Notice tone="warning">
        <p>{fill(text.noColumns, { row: String(draft.headerRow) })}</p>
      </Notice>
    );
  }
  return (
    <section aria-labelledby="columns-heading">
      <h2 id="columns-heading">{text.columnsHeading}</h2>
      <ColumnsSummary view={view} editor={editor} />
      {listed.length === 0 && <p class="muted">{text.showNone}</p>}
      <ul class="cards">
        {listed.map((column) => {
          const own = drafts.get(column.column);
          return (
            <li key={column.column}>
              {own === undefined || column.role !== "data" ? (
                <OwnColumn column={column} />
              ) : (
                <EditorColumn
                  column={column}
                  draft={own}
                  field={own.field === null ? null : (fields.get(own.field) ?? null)}
                  usedIn={usedIn}
                  view={view}
                  editor={editor}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ColumnsSummary({ view, editor }: EditorColumnsProps) {
  const { draft, issues, change, choice, setChoice } = editor;
  const text = TEXT.editor;
  const total = view.columns.filter(({ role }) => role === "data").length;
  const suggested = openSuggestions(draft).length;
  const toCheck = openSuggestions(draft, "likely").length;
  const choices = [
    { value: "all", label: text.showAll },
    { value: "open", label: text.showOpen },
    { value: "suggested", label: text.showSuggested },
    { value: "issues", label: text.showIssues },
  ] as const;
  return (
    <>
      <p>{fill(text.mapped, { n: mappedColumns(draft).length, total })}</p>
      {suggested > 0 && (
        <p class="line">
          <span>
            {count(text.suggested, suggested)}
            {toCheck > 0 && `, ${count(text.toCheck, toCheck)}`}
          </span>
          <Button onClick={() => change(acceptSuggestions(draft))}>{text.acceptAll}</Button>
        </p>
      )}
      {(total > 8 || issues.some(({ column }) => column > 0)) && (
        <SelectField label={text.show} value={choice} choices={choices} onChange={(value) => setChoice(value)} />
      )}
    </>
  );
}
