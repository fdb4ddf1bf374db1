import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Drawer } from "./drawer";
import { NoticeList } from "./notice-list";
import type { PageHub } from "./page-hub";
import { SidebarPanel } from "./sidebar-panel";
import { TitleBar } from "./title-bar";

interface AppProps {
  readonly hub: PageHub;
  /** Element of the grid; it is not Preact's. */
  readonly gridElement: HTMLElement;
  readonly onRun: (functionName: string) => void;
}

/** The page: title bar, grid with the sidebar at its right, drawer below. */
export function App({ hub, gridElement, onRun }: AppProps) {
  useHubChanges(hub);
  const place = useRef<HTMLDivElement>(null);
  const { sidebar } = hub.state;
  // Before render returns, not after the next paint: the grid can be mounted only into an element of the document.
  useLayoutEffect(() => {
    place.current?.append(gridElement);
  }, [gridElement]);
  return (
    <div class="page">
      <TitleBar hub={hub} onRun={onRun} />
      <div class="desk">
        <main class="sheet" aria-label="Spreadsheet">
          <div ref={place} />
          <NoticeList hub={hub} />
        </main>
        {sidebar === null ? null : <SidebarPanel key={sidebar.path} sidebar={sidebar} />}
      </div>
      <Drawer hub={hub} />
    </div>
  );
}

/** Draws the component again whenever the hub changes. */
function useHubChanges(hub: PageHub): void {
  const [, setCount] = useState(0);
  useLayoutEffect(() => hub.onChange(() => setCount((count) => count + 1)), [hub]);
}
