import type { CrmName } from "../../src/contract/views";
import type { FaultSpec } from "../crm/fault-list";
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

/** Something to paste into the sidebar to connect, by what the sidebar calls it. */
export interface SandboxCredential {
  readonly label: string;
  readonly value: string;
}

/** Records to start with. */
export interface RecordCounts {
  readonly contacts: number;
  readonly companies: number;
}

/** What the workbench asks of any CRM sandbox: its address, and the hands of "somebody else" in it. */
export interface CrmSandbox {
  readonly name: CrmName;
  readonly label: string;
  /** Real hosts that this sandbox stands in for; a first label `*` stands for any one. */
  readonly hosts: readonly string[];
  readonly url: string;
  readonly credentials: readonly SandboxCredential[];
  readonly objects: readonly SandboxObject[];
  /** Records of an object, oldest first. Throws RangeError for an object that does not exist. */
  records(object: string): readonly SandboxRecord[];
  /** Returns the id. Throws Error for values that the CRM refuses. */
  create(object: string, properties: Readonly<Record<string, string>>): string;
  update(object: string, id: string, properties: Readonly<Record<string, string>>): void;
  archive(object: string, id: string): void;
  restore(object: string, id: string): void;
  /** Returns the id of the survivor. */
  merge(object: string, primaryId: string, otherId: string): string;
  /** How long a search may lag behind a write; without effect where the CRM has no such lag. */
  setSearchLag(ms: number): void;
  fault(spec: FaultSpec): void;
  clearFaults(): void;
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
  /** Forgets all records, faults and requests and seeds again. */
  reset(seed: number, counts: RecordCounts): void;
  /** JSON-safe copy of all records. */
  save(): unknown;
  close(): Promise<void>;
}
