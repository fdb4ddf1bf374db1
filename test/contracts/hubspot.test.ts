import type { ApiVersion } from "../../src/adapters/hubspot/endpoints";
import type { ObjectType } from "../../workbench/crm/hubspot/object-type";
import { type HubspotOnSandbox, startHubspotOnSandbox } from "../support/hubspot-on-sandbox";
import { describeCrm } from "./crm.contract";
import { type CrmUnderTest, HUBSPOT_NAMES } from "./crm-under-test";

let hubspot: HubspotOnSandbox;

beforeAll(async () => {
  hubspot = await startHubspotOnSandbox({ searchLagMs: 3_000 });
});

afterAll(() => hubspot?.stop());

function open(version: ApiVersion): CrmUnderTest {
  const { control, token } = hubspot.sandbox;
  return {
    crm: hubspot.open({ version }),
    names: HUBSPOT_NAMES,
    secret: token,
    world: {
      create: (type, values) => control.create(type as ObjectType, values),
      update: (type, id, values) => control.update(type as ObjectType, id, values),
      archive: (type, id) => control.archive(type as ObjectType, id),
      merge: (type, keptId, otherId) => control.merge(type as ObjectType, keptId, otherId),
      get: (type, id) => {
        const record = control.get(type as ObjectType, id);
        return record === null || record.archived || record.id !== id ? null : record.properties;
      },
      liveIds: (type) => control.all(type as ObjectType).map((record) => record.id),
      pass: hubspot.pass,
    },
  };
}

describeCrm("HubSpot on its sandbox", () => open("2026-03"));
describeCrm("HubSpot on its sandbox, paths of v3", () => open("v3"));
