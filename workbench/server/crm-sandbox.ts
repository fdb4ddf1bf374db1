import type { FaultSpec } from "../crm/fault-list";
import type { HubspotSandbox } from "../crm/hubspot/sandbox-types";
import type { LoggedRequest } from "../crm/request-log";

/** A record of a sandbox, ready for a table. */
export interface SandboxRecord {
  readonly id: string;
  readonly updatedAtMs: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** A kind of record a sandbox holds. */
export interface SandboxObject {
  readonly name: string;
  readonly label: string;
  /** Properties that the page's table shows. */
  readonly columns: readonly string[];
}

/** What the workbench asks of any CRM sandbox: its address, and the hands of "somebody else" in it. */
export interface CrmSandbox {
  readonly name: string;
  readonly label: string;
  /** Real hosts that this sandbox stands in for. */
  readonly hosts: readonly string[];
  readonly url: string;
  /** What to paste to connect. */
  readonly token: string;
  readonly objects: readonly SandboxObject[];
  /** Records of an object, oldest first. Throws RangeError for an object that does not exist. */
  records(object: string): readonly SandboxRecord[];
  /** Returns the id. Throws Error for values that the CRM refuses. */
  create(object: string, properties: Readonly<Record<string, string>>): string;
  update(object: string, id: string, properties: Readonly<Record<string, string>>): void;
  archive(object: string, id: string): void;
  /** Returns the id of the survivor. */
  merge(object: string, primaryId: string, otherId: string): string;
  setSearchLag(ms: number): void;
  fault(spec: FaultSpec): void;
  clearFaults(): void;
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
}

const hubspotObjects: readonly SandboxObject[] = [
  {
    name: "contacts",
    label: "Contacts",
    columns: ["firstname", "lastname", "email", "phone", "company", "jobtitle", "lifecyclestage"],
  },
  { name: "companies", label: "Companies", columns: ["name", "domain", "phone", "city", "country", "industry"] },
];

/** HubSpot's sandbox as the workbench sees it. */
export function toCrmSandbox(sandbox: HubspotSandbox): CrmSandbox {
  const { control } = sandbox;
  return {
    name: "hubspot",
    label: "HubSpot",
    hosts: ["api.hubapi.com"],
    url: sandbox.url,
    token: sandbox.token,
    objects: hubspotObjects,
    records: (object) =>
      control.all(requireObject(object)).map(({ id, updatedAtMs, properties }) => ({ id, updatedAtMs, properties })),
    create: (object, properties) => control.create(requireObject(object), properties),
    update: (object, id, properties) => control.update(requireObject(object), id, properties),
    archive: (object, id) => control.archive(requireObject(object), id),
    merge: (object, primaryId, otherId) => control.merge(requireObject(object), primaryId, otherId),
    setSearchLag: (ms) => control.setSearchLag(ms),
    fault: (spec) => control.fault(spec),
    clearFaults: () => control.clearFaults(),
    requests: () => control.requests(),
    clearRequests: () => control.clearRequests(),
  };
}

function requireObject(name: string): "contacts" | "companies" {
  if (name === "contacts" || name === "companies") return name;
  throw new RangeError(`The sandbox has no object "${name}".`);
}
