import type {
  ConflictPolicy,
  EditorView,
  GonePolicy,
  MappingSettings,
  RemovedRowPolicy,
} from "../../src/contract/views";
import type { Editor } from "../hooks/use-editor";
import { ChoiceList } from "../parts/choice-list";
import { Notice } from "../parts/notice";
import { Tick } from "../parts/tick";
import { withCrm } from "../phrase";
import { isDefault } from "../state/mapping-settings";
import { TEXT } from "../text";
import { EditorLimits } from "./editor-limits";

interface EditorPoliciesProps {
  readonly view: EditorView;
  readonly editor: Editor;
  readonly unfolded: boolean;
}

/** What a change of one policy or limit makes of them all. */
export type ChangeSettings = (change: Partial<MappingSettings>) => void;

const CONFLICTS: readonly ConflictPolicy[] = ["ask", "sheet-wins", "crm-wins", "newest-wins"];
const GONE: readonly GonePolicy[] = ["mark", "remove-row", "unlink"];
const REMOVED: readonly RemovedRowPolicy[] = ["leave", "bring-back", "archive"];

/** What CRM Sync decides by itself, where it stops and asks, and who is told; folded, it says whether anything differs. */
export function EditorPolicies({ view, editor, unfolded }: EditorPoliciesProps) {
  const { draft, change } = editor;
  const { settings, crm } = draft;
  const text = TEXT.policies;
  const put: ChangeSettings = (part) => change({ ...draft, settings: { ...settings, ...part } });
  return (
    <details class="plan-section policies" open={unfolded}>
      <summary id="policies">
        <span class="plan-title">{text.heading}</span>
        <span class="muted">{isDefault(settings, view.defaults) ? text.standard : text.changed}</span>
      </summary>
      <div>
        {draft.direction === "both" && (
          <ChoiceList
            legend={text.conflicts.legend}
            value={settings.conflicts}
            choices={CONFLICTS.map((value) => ({ value, ...wordsOf(text.conflicts[value], crm) }))}
            onChange={(conflicts) => put({ conflicts })}
          />
        )}
        <ChoiceList
          legend={withCrm(text.gone.legend, crm)}
          value={settings.gone}
          choices={GONE.map((value) => ({ value, ...wordsOf(text.gone[value], crm) }))}
          onChange={(gone) => put({ gone })}
        />
        <ChoiceList
          legend={text.removedRows.legend}
          value={settings.removedRows}
          choices={REMOVED.map((value) => ({ value, ...wordsOf(text.removedRows[value], crm) }))}
          onChange={(removedRows) => put({ removedRows })}
        >
          {settings.removedRows === "archive" && (
            <Notice tone="warning">
              <p>{withCrm(text.archiveWarning, crm)}</p>
            </Notice>
          )}
        </ChoiceList>
        <EditorLimits guard={settings.guard} defaults={view.defaults.guard} onChange={(guard) => put({ guard })} />
        <MailChoice settings={settings} onChange={put} />
      </div>
    </details>
  );
}

function MailChoice({ settings: { notify }, onChange }: { settings: MappingSettings; onChange: ChangeSettings }) {
  const text = TEXT.policies.mail;
  return (
    <fieldset>
      <legend>{text.legend}</legend>
      <p class="hint">{text.hint}</p>
      <Tick
        label={text.onApproval}
        checked={notify.onApproval}
        onToggle={() => onChange({ notify: { ...notify, onApproval: !notify.onApproval } })}
      />
      <Tick
        label={text.onErrors}
        checked={notify.onErrors}
        onToggle={() => onChange({ notify: { ...notify, onErrors: !notify.onErrors } })}
      />
    </fieldset>
  );
}

function wordsOf(words: { readonly label: string; readonly hint: string }, crm: Editor["draft"]["crm"]) {
  return { label: withCrm(words.label, crm), hint: withCrm(words.hint, crm) };
}
