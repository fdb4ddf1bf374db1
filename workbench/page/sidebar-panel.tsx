import { useEffect, useRef } from "preact/hooks";
import type { RunAnswer } from "../server/api-script";
import type { SidebarState } from "../server/sidebar-frame";
import { postJson } from "./api-client";

const sandbox = "allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads";

interface RunMessage {
  readonly workbench: "run";
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The sidebar of the script: its frame, and the way of its calls to the server. */
export function SidebarPanel({ sidebar }: { readonly sidebar: SidebarState }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const listen = (event: MessageEvent<unknown>): void => {
      if (event.source === frame.current?.contentWindow) answer(event.data, frame.current);
    };
    window.addEventListener("message", listen);
    // The grid is as wide as what the sidebar leaves; it measures itself when the window changes.
    window.dispatchEvent(new Event("resize"));
    return () => {
      window.removeEventListener("message", listen);
      window.dispatchEvent(new Event("resize"));
    };
  }, []);
  return (
    <aside class="sidebar" aria-label={sidebar.title}>
      <div class="sidebar-title">
        <h2>{sidebar.title}</h2>
        <button type="button" class="icon" aria-label="Close sidebar" onClick={close}>
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
            <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2" fill="none" />
          </svg>
        </button>
      </div>
      <iframe ref={frame} title={sidebar.title} src={sidebar.path} sandbox={sandbox} />
    </aside>
  );
}

function close(): void {
  void postJson("/sidebar/close");
}

function answer(message: unknown, frame: HTMLIFrameElement): void {
  if (typeof message !== "object" || message === null || !("workbench" in message)) return;
  if (message.workbench === "close") close();
  if (message.workbench === "focus") document.querySelector<HTMLElement>("#grid .o-grid")?.focus();
  if (message.workbench === "run") void run(message as RunMessage, frame);
}

async function run({ call, name, args }: RunMessage, frame: HTMLIFrameElement): Promise<void> {
  const reply = (result: object): void => {
    // The frame's origin is opaque, so no other target can be named.
    frame.contentWindow?.postMessage({ workbench: "ran", call, ...result }, "*");
  };
  try {
    const { outcome, value, error } = await postJson<RunAnswer>("/run", { function: String(name), args });
    reply(outcome === "completed" ? { ok: true, value } : { ok: false, error: error ?? `The script ${outcome}.` });
  } catch (error) {
    reply({ ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}
