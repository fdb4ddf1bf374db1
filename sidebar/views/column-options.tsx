import type { BlankPolicy, ColumnDraft, FieldView } from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { SelectField } from "../parts/select-field";
import { withCrm } from "../phrase";
import { allowedDirections, setColumnBlank, setColumnDirection } from "../state/mapping-draft";
import { TEXT } from "../text";

interface ColumnOptionsProps {
  readonly draft: ColumnDraft;
  readonly header: string;
  readonly field: FieldView;
  readonly editor: Editor;
}

const BLANKS: readonly BlankPolicy[] = ["keep", "clear"];

/** Direction and blank cells of one column; closed, it says what is set. */
export function ColumnOptions({ draft, field, editor, header }: ColumnOptionsProps) {
  const mapping = editor.draft;
  const { crm } = mapping;
  const text = TEXT.editor;
  const directions = allowedDirections(mapping.direction, field);
  const pushes = draft.direction !== "pull";
  if (field.readOnly) return <p class="hint">{withCrm(text.columnReadOnly, crm)}</p>;
  if (directions.length < 2 && !pushes) return null;
  const direction = withCrm(TEXT.direction[draft.direction].name, crm);
  return (
    <details>
      <summary aria-label={`${direction}. ${header}`}>
        {direction}
        {pushes && ` · ${text.optionsBlank[draft.blank]}`}
      </summary>
      {directions.length > 1 && (
        <SelectField
          label={text.columnDirection}
          value={draft.direction}
          choices={directions.map((value) => ({ value, label: withCrm(TEXT.direction[value].name, crm) }))}
          onChange={(value) => editor.change(setColumnDirection(mapping, draft.column, value))}
        />
      )}
      {pushes && (
        <SelectField
          label={text.blankLabel}
          value={draft.blank}
          choices={BLANKS.map((value) => ({
            value,
            label: withCrm(value === "keep" ? text.blankKeep : text.blankClear, crm),
          }))}
          onChange={(value) => editor.change(setColumnBlank(mapping, draft.column, value))}
        />
      )}
    </details>
  );
}
