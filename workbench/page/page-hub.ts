import type { PageState } from "../server/api-script";
import type { PageEvent } from "../server/event-stream";
import { clientName } from "./api-client";
import type { Notice } from "./notice";

/** What all parts of the page share: the state around the grid, the server's events, notices for the person. */
export interface PageHub {
  readonly state: PageState;
  readonly notices: readonly Notice[];
  /** Functions that are running, by execution. */
  readonly running: ReadonlyMap<number, string>;
  setState(state: PageState): void;
  notify(notice: Omit<Notice, "id">): void;
  dismiss(id: number): void;
  /** Called when any of the above changes. */
  onChange(listener: () => void): () => void;
  /** Called with each event of the server. */
  onEvent(listener: (event: PageEvent) => void): () => void;
  /** Called when the page begins to hear the server, at first or again: what happened before it did not hear. */
  onConnect(listener: () => void): void;
}

const noticeMs = 8_000;
const restarted = "The workbench was restarted. Open the new address.";

/** Creates the hub and listens to the server. */
export function createPageHub(first: PageState): PageHub {
  const changeListeners = new Set<() => void>();
  const eventListeners = new Set<(event: PageEvent) => void>();
  const running = new Map<number, string>();
  let state = first;
  let notices: readonly Notice[] = [];
  let lastId = 0;
  const changed = (): void => {
    for (const listener of changeListeners) listener();
  };
  const dismiss = (id: number): void => {
    notices = notices.filter((notice) => notice.id !== id);
    changed();
  };
  const notify = (notice: Omit<Notice, "id">): void => {
    lastId += 1;
    const id = lastId;
    notices = [...notices.slice(-3), { ...notice, id }];
    if (notice.kind === "toast") window.setTimeout(() => dismiss(id), noticeMs);
    changed();
  };
  const source = new EventSource(`/api/events?client=${encodeURIComponent(clientName)}`);
  source.onerror = () => {
    // A browser tries again by itself, but gives up when it is refused: this server knows another token.
    if (source.readyState === EventSource.CLOSED) notify({ kind: "error", title: "Workbench", text: restarted });
  };
  source.onmessage = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as PageEvent;
    if (event.kind === "execution-started") running.set(event.id, event.functionName);
    if (event.kind === "execution-ended") running.delete(event.record.id);
    if (event.kind === "toast") notify({ kind: "toast", title: event.title, text: event.message });
    if (event.kind === "alert") notify({ kind: "alert", title: event.title, text: event.message });
    for (const listener of eventListeners) listener(event);
    changed();
  };
  return {
    get state() {
      return state;
    },
    get notices() {
      return notices;
    },
    running,
    setState: (next) => {
      state = next;
      changed();
    },
    notify,
    dismiss,
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onEvent: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onConnect: (listener) => source.addEventListener("open", listener),
  };
}
