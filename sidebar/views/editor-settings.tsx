import { useState } from "preact/hooks";
import type { Direction, EditorView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import type { Editor } from "../hooks/use-editor";
import { Button } from "../parts/button";
import { InputField } from "../parts/input-field";
import { Notice } from "../parts/notice";
import { SelectField } from "../parts/select-field";
import { fill, withCrm } from "../phrase";
import { mappedColumns, setMappingDirection } from "../state/mapping-draft";
import { TEXT } from "../text";

interface EditorSettingsProps {
  readonly view: EditorView;
  readonly editor: Editor;
  onHeaderRow(row: number): void;
}

const DIRECTIONS: readonly Direction[] = ["pull", "push", "both"];

/** What holds for the mapping as a whole. */
export function EditorSettings({ view, editor, onHeaderRow }: EditorSettingsProps) {
  const { app } = useDesk();
  const { draft, change } = editor;
  const { crm } = draft;
  const text = TEXT.editor;
  const tab = app.tabs.find(({ id }) => id === draft.tabId)?.name ?? "";
  return (
    <section>
      <p class="muted">{fill(text.source, { object: `${TEXT.crm[crm]} ${draft.objectType}`, tab })}</p>
      <InputField label={text.name} value={draft.name} onInput={(name) => change({ ...draft, name })} />
      <SelectField
        label={text.directionLabel}
        value={draft.direction}
        choices={DIRECTIONS.map((value) => ({ value, label: withCrm(TEXT.direction[value].name, crm) }))}
        hint={draft.direction === "both" ? undefined : withCrm(TEXT.direction[draft.direction].hint, crm)}
        onChange={(direction) => change(setMappingDirection(draft, direction, view.fields))}
      />
      {draft.direction === "both" && (
        <Notice tone="warning">
          <p>{withCrm(text.bothCaution, crm)}</p>
        </Notice>
      )}
      <KeyChoice view={view} editor={editor} />
      <HeaderRow current={draft.headerRow} onHeaderRow={onHeaderRow} />
    </section>
  );
}

const NO_KEY = "";

function KeyChoice({ view, editor }: { readonly view: EditorView; readonly editor: Editor }) {
  const { draft, change } = editor;
  const text = TEXT.editor;
  const mapped = new Set(mappedColumns(draft).map(({ field }) => field));
  const choices = view.keyFields.map((name) => {
    const label = view.fields.find((field) => field.name === name)?.label ?? name;
    return { value: name, label: mapped.has(name) ? label : fill(text.keyUnmapped, { label }) };
  });
  const warning =
    draft.keyField === null ? text.keyNoneWarning : mapped.has(draft.keyField) ? "" : text.keyUnmappedWarning;
  return (
    <>
      <SelectField
        label={text.keyLabel}
        value={draft.keyField ?? NO_KEY}
        choices={[...choices, { value: NO_KEY, label: text.keyNone }]}
        hint={text.keyHint}
        onChange={(name) => change({ ...draft, keyField: name === NO_KEY ? null : name })}
      />
      {warning !== "" && (
        <Notice tone="warning">
          <p>{warning}</p>
        </Notice>
      )}
    </>
  );
}

function HeaderRow({ current, onHeaderRow }: { readonly current: number; onHeaderRow(row: number): void }) {
  const [row, setRow] = useState(String(current));
  const number = Number(row);
  const wrong = !Number.isInteger(number) || number < 1;
  const changed = !wrong && number !== current;
  return (
    <>
      <InputField
        label={TEXT.editor.headerRow}
        type="number"
        value={row}
        hint={TEXT.editor.headerRowHint}
        problem={wrong ? TEXT.start.headerRowWrong : ""}
        onInput={setRow}
      />
      {changed && (
        <div class="buttons">
          <Button onClick={() => onHeaderRow(number)}>{TEXT.editor.headerRowReload}</Button>
        </div>
      )}
    </>
  );
}
