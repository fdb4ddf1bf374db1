import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ClockTab } from "./clock-tab";
import { ExecutionsTab } from "./executions-tab";
import { OutboxTab } from "./outbox-tab";
import type { PageHub } from "./page-hub";
import { RecordsTab } from "./records-tab";
import { RequestsTab } from "./requests-tab";
import { ResetTab } from "./reset-tab";
import { StoredTab } from "./stored-tab";

interface TabProps {
  readonly hub: PageHub;
}

const tabs: readonly {
  readonly id: string;
  readonly label: string;
  readonly View: (props: TabProps) => JSX.Element;
}[] = [
  { id: "executions", label: "Executions", View: ExecutionsTab },
  { id: "requests", label: "CRM requests", View: RequestsTab },
  { id: "records", label: "Sandbox data", View: RecordsTab },
  { id: "clock", label: "Clock and triggers", View: ClockTab },
  { id: "outbox", label: "Mail outbox", View: OutboxTab },
  { id: "stored", label: "Properties", View: StoredTab },
  { id: "reset", label: "Reset", View: ResetTab },
];

/** The drawer at the bottom: what the script did, and the world it does it in. */
export function Drawer({ hub }: TabProps) {
  const [chosen, setChosen] = useState("executions");
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.dispatchEvent(new Event("resize"));
  }, [open]);
  const choose = (id: string): void => {
    setOpen(!open || id !== chosen);
    setChosen(id);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    setChosen(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  const current = tabs.find(({ id }) => id === chosen);
  return (
    <section class={open ? "drawer open" : "drawer"} aria-label="Workbench tools">
      <div class="drawer-bar">
        <div role="tablist" aria-label="Workbench tools" ref={list} onKeyDown={onKey}>
          {tabs.map(({ id, label }) => (
            <button
              type="button"
              role="tab"
              key={id}
              id={`tab-${id}`}
              aria-selected={id === chosen && open}
              aria-controls="drawer-panel"
              tabIndex={id === chosen ? 0 : -1}
              onClick={() => choose(id)}
            >
              {label}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="plain"
          aria-expanded={open}
          aria-controls="drawer-panel"
          onClick={() => setOpen(!open)}
        >
          {open ? "Hide tools" : "Show tools"}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by keyboard */}
      <div id="drawer-panel" role="tabpanel" aria-labelledby={`tab-${chosen}`} hidden={!open} tabIndex={0}>
        {open && current !== undefined ? <current.View hub={hub} /> : null}
      </div>
    </section>
  );
}
