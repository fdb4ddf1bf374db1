import { useEffect } from "preact/hooks";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { Notice } from "../parts/notice";
import { fill, withCrm } from "../phrase";
import type { Problem } from "../rpc/problem";
import { unmappedTab } from "../state/open-tab";
import { isOver } from "../state/route";
import { TEXT } from "../text";
import { MappingCard } from "./mapping-card";
import { NEW_CRM } from "./new-crm";
import { StartSteps } from "./start-steps";

/** What is synced in this file, and the ways to everything else. */
export function HomeView({ stale }: { readonly stale: Problem | null }) {
  const { app, go, refresh } = useDesk();
  const only = app.mappings.length === 1;
  const connected = app.connections.length > 0;
  const tab = connected ? unmappedTab(app) : null;
  // Whoever comes back from the sheet may have opened or made another tab there.
  useEffect(() => {
    window.addEventListener("focus", refresh);
    return () => window.removeEventListener("focus", refresh);
  }, [refresh]);
  return (
    <Frame heading={TEXT.home.heading} back={false}>
      {stale !== null && (
        <Notice tone="warning" title={TEXT.home.refreshFailed} urgent>
          <p>{stale.message}</p>
          <Button onClick={refresh}>{TEXT.plain.retry}</Button>
        </Notice>
      )}
      {app.notices.map((notice) => (
        <Notice tone="warning" key={notice}>
          <p>{notice}</p>
        </Notice>
      ))}
      <UnfinishedRun />
      <Connections />
      {app.mappings.length === 0 ? (
        <StartSteps />
      ) : (
        <ul class="cards">
          {app.mappings.map((mapping) => (
            <li key={mapping.id}>
              <MappingCard mapping={mapping} only={only} />
            </li>
          ))}
        </ul>
      )}
      <div class="footer">
        {app.mappings.length > 0 && (
          <>
            {tab !== null && <p>{fill(TEXT.home.mapHint, { tab: tab.name })}</p>}
            <Button onClick={() => go({ kind: "start" })} disabled={!connected}>
              {tab === null ? TEXT.home.add : TEXT.home.map}
            </Button>
          </>
        )}
        <div class="links">
          <Button look="quiet" onClick={() => go({ kind: "history" })}>
            {TEXT.home.history}
          </Button>
          <Button look="quiet" onClick={() => go({ kind: "remove" })}>
            {TEXT.home.remove}
          </Button>
        </div>
      </div>
    </Frame>
  );
}

function UnfinishedRun() {
  const { app, go } = useDesk();
  const { run } = app;
  if (run === null || isOver(run)) return null;
  const waiting = run.phase === "waiting";
  const text = TEXT.home;
  return (
    <Notice tone="info" title={fill(waiting ? text.waiting : text.moving, { name: run.mappingName })}>
      <Button onClick={() => go({ kind: "run", start: { kind: "resume", run } })}>
        {waiting ? text.waitingOpen : text.movingOpen}
      </Button>
    </Notice>
  );
}

function Connections() {
  const { app, go } = useDesk();
  const connected = app.connections.length > 0;
  // The first step of the start says the same with its own button.
  if (!connected && app.mappings.length === 0) return null;
  return (
    <section class="connections" aria-label={TEXT.home.connection}>
      {app.connections.map(({ crm, accountName }) => (
        <p key={crm}>
          <span class="dot good" aria-hidden="true" />
          {TEXT.crm[crm]}: {accountName}
        </p>
      ))}
      {!connected && (
        <p>
          <span class="dot bad" aria-hidden="true" />
          {TEXT.home.notConnected}. {withCrm(TEXT.home.notConnectedHint, NEW_CRM)}
        </p>
      )}
      <Button look={connected ? "quiet" : "primary"} onClick={() => go({ kind: "connect" })}>
        {connected ? TEXT.home.connection : withCrm(TEXT.home.connect, NEW_CRM)}
      </Button>
    </section>
  );
}
