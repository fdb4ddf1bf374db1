import { useEffect, useRef, useState } from "preact/hooks";
import type { EditorView as EditorData, MappingSummary } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useEditor } from "../hooks/use-editor";
import { useLoad } from "../hooks/use-load";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { LoadedPart } from "../parts/loading";
import { Notice, ProblemNotice } from "../parts/notice";
import { type EditorSource, HOME, startRun } from "../state/route";
import { TEXT } from "../text";
import { EditorColumns } from "./editor-columns";
import { focusIssues, IssueSummary } from "./editor-issues";
import { EditorPolicies } from "./editor-policies";
import { EditorSettings } from "./editor-settings";
import { RemoveMapping } from "./remove-mapping";

/** Binds the columns of a tab to fields of the CRM. */
export function EditorView({ source }: { readonly source: EditorSource }) {
  const { rpc } = useDesk();
  const [headerRow, setHeaderRow] = useState(source.headerRow);
  const { crm, objectType, tabId, mappingId } = source;
  const view = useLoad(
    () => rpc.call("editor.open", { crm, objectType, tabId, headerRow, mappingId }),
    String(headerRow),
  );
  return (
    <Frame heading={TEXT.editor.heading}>
      <LoadedPart of={view}>
        {(data) => <EditorForm view={data} atPolicies={source.atPolicies ?? false} onHeaderRow={setHeaderRow} />}
      </LoadedPart>
    </Frame>
  );
}

interface EditorFormProps {
  readonly view: EditorData;
  readonly atPolicies: boolean;
  onHeaderRow(row: number): void;
}

function EditorForm({ view, atPolicies, onHeaderRow }: EditorFormProps) {
  const editor = useEditor(view);
  const text = TEXT.editor;
  useEffect(() => {
    if (atPolicies) document.getElementById("policies")?.focus();
  }, [atPolicies]);
  if (editor.saved !== null) return <Saved mapping={editor.saved} />;
  return (
    <>
      <IssueSummary editor={editor} />
      <EditorSettings view={view} editor={editor} onHeaderRow={onHeaderRow} />
      <EditorPolicies view={view} editor={editor} unfolded={atPolicies} />
      <EditorColumns view={view} editor={editor} />
      <div class="save-bar">
        {editor.saving.problem !== null && (
          <ProblemNotice problem={editor.saving.problem} onRetry={editor.saving.retry} />
        )}
        <div class="buttons">
          <Button look="primary" busy={editor.saving.busy} onClick={() => editor.save(focusIssues)}>
            {editor.saving.busy ? text.saving : text.save}
          </Button>
          <span class="muted" role="status">
            {editor.checking ? text.checking : ""}
          </span>
        </div>
      </div>
      {editor.draft.id !== null && <RemoveMapping id={editor.draft.id} name={editor.draft.name} />}
    </>
  );
}

function Saved({ mapping }: { readonly mapping: MappingSummary }) {
  const { go } = useDesk();
  const next = useRef<HTMLButtonElement>(null);
  const { savedHint } = TEXT.editor;
  // The button that was pressed is gone; the next step takes the focus.
  useEffect(() => next.current?.focus(), []);
  return (
    <Notice tone="good" title={TEXT.editor.saved} urgent>
      <p>{mapping.state === "never" ? savedHint.first : savedHint.again}</p>
      <div class="buttons">
        <Button look="primary" buttonRef={next} onClick={() => go(startRun(mapping, mapping.direction, true))}>
          {TEXT.home.preview}
        </Button>
        <Button onClick={() => go(HOME)}>{TEXT.plain.done}</Button>
      </div>
    </Notice>
  );
}
