import { useState } from "preact/hooks";
import type { CrmName, ObjectView, TabView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { useLoad } from "../hooks/use-load";
import { Button } from "../parts/button";
import { ChoiceList } from "../parts/choice-list";
import { Frame } from "../parts/frame";
import { InputField } from "../parts/input-field";
import { LoadedPart } from "../parts/loading";
import { ActionProblem, Notice } from "../parts/notice";
import { SelectField } from "../parts/select-field";
import { fill, withCrm } from "../phrase";
import { TEXT } from "../text";
import { NEW_CRM } from "./new-crm";

type StartChoice = "people" | "companies" | "existing";

/** Chooses what to sync: a new sheet from a template, or a tab that is there. */
export function StartView() {
  const { app } = useDesk();
  const active = app.tabs.find((tab) => tab.active);
  const [chosen, setChosen] = useState<StartChoice | null>(null);
  const choice = chosen ?? (active && !active.empty ? "existing" : "people");
  const crm = app.connections[0]?.crm ?? NEW_CRM;
  const text = TEXT.start;
  const choices = [
    { value: "people", label: text.people, hint: text.peopleHint },
    { value: "companies", label: text.companies, hint: text.companiesHint },
    { value: "existing", label: text.existing, hint: withCrm(text.existingHint, crm) },
  ] as const;
  return (
    <Frame heading={text.heading}>
      <ChoiceList legend={text.legend} value={choice} choices={choices} onChange={(value) => setChosen(value)} />
      {choice === "existing" ? <ExistingTab crm={crm} /> : <NewSheet crm={crm} template={choice} />}
    </Frame>
  );
}

function NewSheet({ crm, template }: { readonly crm: CrmName; readonly template: "people" | "companies" }) {
  const { rpc, go } = useDesk();
  const action = useAction();
  const create = (): void =>
    action.run(
      () => rpc.call("template.create", { template }),
      ({ tabId, objectType }) =>
        go({ kind: "mapping", source: { crm, objectType, tabId, headerRow: null, mappingId: null } }),
    );
  return (
    <>
      <ActionProblem of={action} />
      <div class="buttons">
        <Button look="primary" busy={action.busy} onClick={create}>
          {action.busy ? TEXT.start.creating : TEXT.start.create}
        </Button>
      </div>
    </>
  );
}

function ExistingTab({ crm }: { readonly crm: CrmName }) {
  const { rpc } = useDesk();
  const objects = useLoad(() => rpc.call("objects.list", { crm }), crm);
  return <LoadedPart of={objects}>{(list) => <ExistingForm crm={crm} objects={list} />}</LoadedPart>;
}

function ExistingForm({ crm, objects }: { readonly crm: CrmName; readonly objects: readonly ObjectView[] }) {
  const { app, go } = useDesk();
  const { tabs } = app;
  const [chosenTab, setTab] = useState<string | null>(null);
  const [chosenObject, setObject] = useState<string | null>(null);
  const [headerRow, setHeaderRow] = useState("1");
  const text = TEXT.start;
  const tab = tabs.find(({ id, active }) => (chosenTab === null ? active : String(id) === chosenTab)) ?? tabs[0];
  const object = chosenObject ?? (objects.find(({ label }) => isNamed(tab, label)) ?? objects[0])?.type ?? "";
  const row = Number(headerRow);
  const rowWrong = !Number.isInteger(row) || row < 1;
  if (objects.length === 0) {
    return (
      <Notice tone="warning">
        <p>{withCrm(text.noObjects, crm)}</p>
      </Notice>
    );
  }
  const ready = tab !== undefined && !tab.empty && !rowWrong;
  const open = (): void => {
    if (!ready) return;
    go({ kind: "mapping", source: { crm, objectType: object, tabId: tab.id, headerRow: row, mappingId: null } });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <SelectField label={text.tab} value={String(tab?.id)} choices={tabs.map(toTabChoice)} onChange={setTab} />
      {tab?.empty && (
        <Notice tone="warning">
          <p>{text.emptyTab}</p>
        </Notice>
      )}
      <InputField
        label={text.headerRow}
        type="number"
        value={headerRow}
        hint={text.headerRowHint}
        problem={rowWrong ? text.headerRowWrong : ""}
        onInput={setHeaderRow}
      />
      <SelectField
        label={text.object}
        value={object}
        choices={objects.map(({ type, pluralLabel }) => ({ value: type, label: pluralLabel }))}
        onChange={setObject}
      />
      <div class="buttons">
        <Button look="primary" submit disabled={!ready}>
          {text.continue}
        </Button>
      </div>
    </form>
  );
}

/** "Company/Accounts Template" is about companies: a first guess, which anyone may change. */
function isNamed(tab: TabView | undefined, label: string): boolean {
  return tab?.name.toLowerCase().includes(label.toLowerCase()) ?? false;
}

function toTabChoice(tab: TabView) {
  const template = tab.active ? TEXT.start.tabOpen : tab.empty ? TEXT.start.tabEmpty : "{name}";
  return { value: String(tab.id), label: fill(template, { name: tab.name }) };
}
