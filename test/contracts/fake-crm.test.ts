import { createFakeCrm } from "../support/fake-crm";
import { createManualClock } from "../support/manual-clock";
import { describeCrm } from "./crm.contract";
import { HUBSPOT_NAMES } from "./crm-under-test";

describeCrm("the in-memory CRM", () => {
  const clock = createManualClock();
  const crm = createFakeCrm({ clock });
  return {
    crm,
    names: HUBSPOT_NAMES,
    secret: null,
    world: {
      create: (type, values) => crm.world.create(type, values),
      update: (type, id, values) => crm.world.update(type, id, values),
      archive: (type, id) => crm.world.archive(type, id),
      merge: (type, keptId, otherId) => {
        crm.world.merge(type, keptId, otherId);
        return keptId;
      },
      get: (type, id) => crm.world.get(type, id),
      liveIds: (type) => crm.world.all(type).map((record) => record.id),
      pass: clock.advance,
    },
  };
});
