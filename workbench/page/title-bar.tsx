import { useState } from "preact/hooks";
import type { MenuItem } from "../apps-script/host-api";
import type { PageHub } from "./page-hub";

interface TitleBarProps {
  readonly hub: PageHub;
  readonly onRun: (functionName: string) => void;
}

/** Name of the file, what is running, and how to connect. */
export function TitleBar({ hub, onRun }: TitleBarProps) {
  const running = [...hub.running.values()];
  return (
    <header class="title-bar">
      <SheetIcon />
      <h1>{hub.state.name}</h1>
      <span class="badge">Workbench</span>
      <p class="running" role="status">
        {running.length === 0 ? "" : `Running ${running.join(", ")}…`}
      </p>
      <ScriptMenu hub={hub} onRun={onRun} />
      <button type="button" class="plain" popovertarget="connect-help">
        How to connect
      </button>
      <ConnectHelp hub={hub} />
    </header>
  );
}

/** The same entries as in Extensions, as buttons: the grid's own menu bar needs a mouse. */
function ScriptMenu({ hub, onRun }: TitleBarProps) {
  const [open, setOpen] = useState(false);
  const entries = open ? hub.state.menus.flatMap((menu) => toEntries(menu.items)) : [];
  const run = (functionName: string): void => {
    document.getElementById("script-menu")?.hidePopover();
    onRun(functionName);
  };
  return (
    <>
      <button type="button" class="plain" popovertarget="script-menu">
        Run
      </button>
      <div
        id="script-menu"
        popover="auto"
        class="help-card"
        onToggle={(event) => setOpen((event as unknown as ToggleEvent).newState === "open")}
      >
        <h2>Menu items of the script</h2>
        {open && entries.length === 0 ? <p>The script has made no menu.</p> : null}
        <ul class="menu-list">
          {entries.map(({ caption, functionName }) => (
            <li key={functionName}>
              <button type="button" onClick={() => run(functionName)}>
                {caption}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

interface MenuEntry {
  readonly caption: string;
  readonly functionName: string;
}

function toEntries(items: readonly MenuItem[]): readonly MenuEntry[] {
  return items.flatMap(({ caption = "", functionName, items: inner = [] }) => [
    ...(functionName === undefined ? [] : [{ caption, functionName }]),
    ...toEntries(inner),
  ]);
}

function ConnectHelp({ hub }: { readonly hub: PageHub }) {
  return (
    <div id="connect-help" popover="auto" class="help-card">
      <h2>Connect to a sandbox</h2>
      <p>
        Choose Extensions &gt; CRM Sync &gt; Open sidebar, and paste what stands here where the sidebar asks for it. The
        script believes it talks to the real service.
      </p>
      {hub.state.sandboxes.map(({ name, label, url, credentials, hosts }) => (
        <dl key={name}>
          {credentials.map((credential) => (
            <Credential key={credential.label} {...credential} />
          ))}
          <dt>{label} sandbox stands in for</dt>
          <dd>
            {hosts.join(", ")} at <code>{url}</code>
          </dd>
        </dl>
      ))}
    </div>
  );
}

function Credential({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>{" "}
        <button
          type="button"
          class="plain"
          aria-label={`Copy ${label}`}
          onClick={() => void navigator.clipboard.writeText(value)}
        >
          Copy
        </button>
      </dd>
    </>
  );
}

function SheetIcon() {
  return (
    <svg class="sheet-icon" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <path d="M6 2h9l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z" fill="#0f9d58" />
      <path d="M15 2l5 5h-5z" fill="#87ceac" />
      <path d="M7.5 11h9v8h-9zM7.5 13.7h9M7.5 16.4h9M11.2 11v8" fill="none" stroke="#fff" stroke-width="1.3" />
    </svg>
  );
}
