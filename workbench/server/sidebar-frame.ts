import { randomBytes } from "node:crypto";
import type { SidebarView } from "../apps-script/host-api";
import { bridgeScript } from "./bridge-script";

/**
 * What a sidebar's frame may do, as Google's own frame allows it, less `allow-same-origin`: Google serves the frame from
 * another origin, here an opaque one keeps the page and its token out of reach.
 */
export const frameSandbox =
  "allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** The open sidebar: where its frame is loaded from. */
export interface SidebarState {
  readonly id: number;
  readonly title: string;
  /** Path of the frame; only known to who may ask for it. */
  readonly path: string;
}

/** Gives each sidebar a path of its own that cannot be guessed. */
export interface SidebarFrames {
  stateOf(sidebar: SidebarView): SidebarState;
  /** The document behind a path's last part, or `null` when that sidebar is not open. */
  documentOf(key: string, open: SidebarView | null): string | null;
}

/** Creates the list of frames. */
export function createSidebarFrames(): SidebarFrames {
  const keys = new Map<string, string>();
  const keyOf = (sidebar: SidebarView): string => {
    // A reset starts to count ids again, so the document is part of what names a sidebar.
    const name = `${sidebar.id} ${sidebar.html}`;
    const key = keys.get(name) ?? randomBytes(18).toString("base64url");
    keys.clear();
    keys.set(name, key);
    return key;
  };
  return {
    stateOf: (sidebar) => ({ id: sidebar.id, title: sidebar.title, path: `/frame/${keyOf(sidebar)}` }),
    documentOf: (key, open) => (open !== null && keyOf(open) === key ? withBridge(open.html) : null),
  };
}

/** The sidebar's document with `google.script` in its head, before any script of its own. */
function withBridge(html: string): string {
  const script = `<base target="_top"><script>${bridgeScript}</script>`;
  const head = /<head[^>]*>/i.exec(html) ?? /<html[^>]*>/i.exec(html) ?? /^\s*<!doctype[^>]*>/i.exec(html);
  const at = head === null ? 0 : head.index + head[0].length;
  return `${html.slice(0, at)}${script}${html.slice(at)}`;
}
