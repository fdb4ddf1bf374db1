import { createHubspot } from "../../src/adapters/hubspot/create-hubspot";
import { API_HOST, type ApiVersion } from "../../src/adapters/hubspot/endpoints";
import type { ObjectType } from "../../workbench/crm/hubspot/object-type";
import { createManualClock } from "../support/manual-clock";
import { type SandboxProcess, startHubspotSandbox } from "../support/sandbox-process";
import { createSyncHttp, type SyncHttp } from "../support/sync-http";
import { describeCrm } from "./crm.contract";
import { type CrmUnderTest, HUBSPOT_NAMES, type OutsideWorld } from "./crm-under-test";

let sandbox: SandboxProcess;
let http: SyncHttp;
let clock = createManualClock();

beforeAll(async () => {
  sandbox = await startHubspotSandbox({ searchLagMs: 3_000 });
  http = createSyncHttp({
    toUrl: (url) => url.replace(API_HOST, sandbox.url),
    extraHeaders: () => ({ "x-workbench-now": String(clock.now()) }),
  });
});

afterAll(async () => {
  await http?.close();
  await sandbox?.stop();
});

/** A clean portal a day later than the one before: limits and index of the last test are forgotten. */
function open(version: ApiVersion): CrmUnderTest {
  clock = createManualClock(clock.now() + 86_400_000);
  sandbox.control.resetTo(1, 0, 0);
  sandbox.control.setClock(clock.now());
  const { token } = sandbox;
  const deadlineMs = (): number => clock.now() + 240_000;
  return {
    crm: createHubspot({ http, clock, token, deadlineMs }, version),
    names: HUBSPOT_NAMES,
    secret: token,
    world: outsideWorld(),
  };
}

function outsideWorld(): OutsideWorld {
  const { control } = sandbox;
  return {
    create: (type, values) => control.create(type as ObjectType, values),
    update: (type, id, values) => control.update(type as ObjectType, id, values),
    archive: (type, id) => control.archive(type as ObjectType, id),
    merge: (type, keptId, otherId) => control.merge(type as ObjectType, keptId, otherId),
    get: (type, id) => {
      const record = control.get(type as ObjectType, id);
      return record === null || record.archived ? null : record.properties;
    },
    liveIds: (type) => control.all(type as ObjectType).map((record) => record.id),
    pass: (ms) => {
      clock.advance(ms);
      control.setClock(clock.now());
    },
  };
}

describeCrm("HubSpot on its sandbox", () => open("2026-03"));
describeCrm("HubSpot on its sandbox, paths of v3", () => open("v3"));
