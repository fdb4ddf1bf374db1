import { useMemo } from "preact/hooks";
import type { AppView } from "../../src/contract/views";
import { DeskContext } from "../hooks/desk";
import { type Sidebar, useSidebar } from "../hooks/use-sidebar";
import { Confirm } from "../parts/confirm";
import { Loading } from "../parts/loading";
import { ProblemNotice } from "../parts/notice";
import type { Rpc } from "../rpc/client";
import { TEXT } from "../text";
import { ConnectView } from "./connect-view";
import { EditorView } from "./editor-view";
import { HistoryView } from "./history-view";
import { HomeView } from "./home-view";
import { RemoveView } from "./remove-view";
import { RunView } from "./run-view";
import { ScheduleView } from "./schedule-view";
import { StartView } from "./start-view";

/** The sidebar: loads the state of the file, then shows one view at a time. */
export function App({ rpc }: { readonly rpc: Rpc }) {
  const sidebar = useSidebar(rpc);
  const { app, spoken, leavingTo } = sidebar;
  return (
    <>
      {app.kind === "ready" ? (
        <Shown app={app.value} sidebar={sidebar} />
      ) : (
        <main>
          <h1>{TEXT.plain.product}</h1>
          {app.kind === "loading" ? (
            <Loading />
          ) : (
            <ProblemNotice problem={app.problem} onRetry={sidebar.desk.refresh} />
          )}
        </main>
      )}
      {leavingTo !== null && (
        <Confirm
          question={TEXT.editor.leaveAsk}
          explain={TEXT.editor.leaveExplain}
          confirm={TEXT.editor.leaveConfirm}
          onConfirm={sidebar.leave}
          onCancel={sidebar.stay}
        />
      )}
      <div class="unseen" role="status" aria-live="polite">
        <span key={spoken.number}>{spoken.text}</span>
      </div>
    </>
  );
}

function Shown({ app, sidebar }: { readonly app: AppView; readonly sidebar: Sidebar }) {
  const { desk, visit } = sidebar;
  const value = useMemo(() => ({ ...desk, app }), [desk, app]);
  return (
    <DeskContext.Provider value={value}>
      <RoutedView key={visit.number} sidebar={sidebar} />
    </DeskContext.Provider>
  );
}

function RoutedView({ sidebar }: { readonly sidebar: Sidebar }) {
  const { route } = sidebar.visit;
  switch (route.kind) {
    case "home":
      return <HomeView stale={sidebar.stale} />;
    case "connect":
      return <ConnectView />;
    case "start":
      return <StartView />;
    case "mapping":
      return <EditorView source={route.source} />;
    case "run":
      return <RunView start={route.start} />;
    case "history":
      return <HistoryView />;
    case "schedule":
      return <ScheduleView mapping={route.mapping} />;
    case "remove":
      return <RemoveView />;
  }
}
