import { createClock } from "../adapters/apps-script/clock";
import { createCodec } from "../adapters/apps-script/codec";
import { createGrid } from "../adapters/apps-script/grid";
import { createHttp } from "../adapters/apps-script/http";
import { createLock } from "../adapters/apps-script/lock";
import { createLog } from "../adapters/apps-script/log";
import { createMemory } from "../adapters/apps-script/memory";
import { newId } from "../adapters/apps-script/new-id";
import { createNotices } from "../adapters/apps-script/notices";
import { resolveSpreadsheet } from "../adapters/apps-script/spreadsheet";
import { createTokens } from "../adapters/apps-script/tokens";
import { createTriggers } from "../adapters/apps-script/triggers";
import { createUser } from "../adapters/apps-script/user";
import { createZone } from "../adapters/apps-script/zone";
import { createHubspot } from "../adapters/hubspot/create-hubspot";
import { createTable } from "../adapters/sheet/create-table";
import { createHistoryTab } from "../adapters/sheet/history-tab";
import { createSheetSetup } from "../adapters/sheet/setup/create-sheet-setup";
import { createStateTab } from "../adapters/sheet/state-tab";
import type { AppDeps } from "../app/app-deps";
import { SyncError } from "../domain/errors";
import type { CrmName } from "../domain/mapping";
import type { Crm } from "../ports/crm";
import { SCOPES } from "./scopes";

/**
 * Composition root: one set of dependencies per execution. `event` is what Google handed to the entry point.
 * Throws SyncError config `no-spreadsheet` where the execution has none.
 */
export function compose(event: unknown): AppDeps {
  const spreadsheet = resolveSpreadsheet(event);
  if (spreadsheet === null) {
    throw new SyncError("config", "no-spreadsheet", "This run has no spreadsheet to work on.", {
      hint: "Install the variant with the wider spreadsheet permission to let schedules run in the background.",
    });
  }
  const grid = createGrid(spreadsheet);
  const zone = createZone(grid.timeZone());
  const clock = createClock();
  const http = createHttp();
  return {
    grid,
    setup: createSheetSetup(grid),
    store: createStateTab(grid, createCodec()),
    history: createHistoryTab(grid, zone),
    tokens: createTokens(),
    memory: createMemory(),
    clock,
    lock: createLock(),
    log: createLog(),
    user: createUser(SCOPES),
    notices: createNotices(spreadsheet),
    triggers: createTriggers(grid.fileId()),
    zone,
    connect: (crm, token, deadlineMs) => createCrm(crm, { http, clock, token, deadlineMs: () => deadlineMs }),
    table: (mapping) => createTable(grid, mapping),
    newId,
  };
}

function createCrm(crm: CrmName, deps: Parameters<typeof createHubspot>[0]): Crm {
  if (crm === "hubspot") return createHubspot(deps);
  throw new SyncError("config", "crm-not-available", "Salesforce is not available in this version.", {
    hint: "Connect to HubSpot, or update CRM Sync when Salesforce is announced.",
  });
}
