import type { HubspotSandbox } from "../crm/hubspot/sandbox-types";
import type { CrmSandbox, SandboxObject } from "./crm-sandbox";

const objects: readonly SandboxObject[] = [
  {
    name: "contacts",
    label: "Contacts",
    columns: ["firstname", "lastname", "email", "phone", "company", "jobtitle", "lifecyclestage"],
  },
  { name: "companies", label: "Companies", columns: ["name", "domain", "phone", "city", "country", "industry"] },
];

/** HubSpot's sandbox as the workbench sees it. */
export function toHubspotCrm(sandbox: HubspotSandbox): CrmSandbox {
  const { control } = sandbox;
  return {
    name: "hubspot",
    label: "HubSpot",
    hosts: ["api.hubapi.com", "app.hubspot.com"],
    url: sandbox.url,
    credentials: [{ label: "HubSpot token", value: sandbox.token }],
    objects,
    records: (object) =>
      control.all(requireObject(object)).map(({ id, updatedAtMs, properties }) => ({ id, updatedAtMs, properties })),
    create: (object, properties) => control.create(requireObject(object), properties),
    update: (object, id, properties) => control.update(requireObject(object), id, properties),
    archive: (object, id) => control.archive(requireObject(object), id),
    restore: (object, id) => control.restore(requireObject(object), id),
    merge: (object, primaryId, otherId) => control.merge(requireObject(object), primaryId, otherId),
    setSearchLag: (ms) => control.setSearchLag(ms),
    fault: (spec) => control.fault(spec),
    clearFaults: () => control.clearFaults(),
    requests: () => control.requests(),
    clearRequests: () => control.clearRequests(),
    reset: (seed, { contacts, companies }) => {
      control.resetTo(seed, contacts, companies);
      control.clearFaults();
      control.clearRequests();
    },
    save: () => control.save(),
    close: () => sandbox.close(),
  };
}

function requireObject(name: string): "contacts" | "companies" {
  if (name === "contacts" || name === "companies") return name;
  throw new RangeError(`The sandbox has no object "${name}".`);
}
