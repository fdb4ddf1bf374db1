import type { Account } from "../../domain/account";
import type { Outcome, WriteOperation } from "../../domain/outcome";
import type { KeyRead, RecordId, RecordPage, RecordRead } from "../../domain/record";
import type { FieldName, ObjectInfo, ObjectSchema, ObjectType } from "../../domain/schema";
import type { CrmValue } from "../../domain/value";
import type { Crm, ListQuery, RecordFilter, WindowQuery } from "../../ports/crm";
import { changedRecords } from "./changed-records";
import { type ApiVersion, Endpoints } from "./endpoints";
import { findRecords } from "./find-records";
import { HubspotClient, type HubspotDeps } from "./hubspot-client";
import { createDesk, type HubspotDesk } from "./hubspot-desk";
import { HUBSPOT_LIMITS } from "./hubspot-limits";
import { countRecords, listRecords } from "./list-records";
import { listObjects } from "./object-facts";
import { PropertyDefinitions } from "./property-definitions";
import { readAccount, toRecordUrl } from "./read-account";
import { readRecords } from "./read-records";
import { writeRecords } from "./write-records";

class Hubspot implements Crm {
  readonly name = "hubspot" as const;
  readonly limits = HUBSPOT_LIMITS;
  private readonly client: HubspotClient;
  private readonly definitions: PropertyDefinitions;
  private readonly desk: HubspotDesk;

  constructor(
    deps: HubspotDeps,
    private readonly endpoints: Endpoints,
  ) {
    this.client = new HubspotClient(deps);
    this.definitions = new PropertyDefinitions(this.client, endpoints);
    this.desk = createDesk(this.client, endpoints, this.definitions);
  }

  check(): Account {
    return readAccount(this.client, this.endpoints);
  }

  objects(): readonly ObjectInfo[] {
    return listObjects();
  }

  describe(type: ObjectType): ObjectSchema {
    return this.definitions.fetch(type);
  }

  count(type: ObjectType, _filter: RecordFilter): number {
    return countRecords(this.desk, type);
  }

  list(type: ObjectType, query: ListQuery): RecordPage {
    return listRecords(this.desk, type, query);
  }

  changedSince(type: ObjectType, query: WindowQuery): RecordPage {
    return changedRecords(this.desk, type, query);
  }

  now(): number {
    return this.client.now();
  }

  read(type: ObjectType, fields: readonly FieldName[], ids: readonly RecordId[]): readonly RecordRead[] {
    return readRecords(this.desk, type, fields, ids);
  }

  find(
    type: ObjectType,
    keyField: FieldName,
    keys: readonly CrmValue[],
    fields: readonly FieldName[],
  ): readonly KeyRead[] {
    return findRecords(this.desk, type, keyField, { keys, fields });
  }

  write(type: ObjectType, operations: readonly WriteOperation[]): readonly Outcome[] {
    return writeRecords(this.desk, type, operations);
  }

  recordUrl(account: Account, type: ObjectType, id: RecordId): string {
    return toRecordUrl(account, type, id);
  }
}

/**
 * HubSpot behind the port. One instance serves one execution: it keeps the property definitions and the count of calls
 * in the limits' windows. `version` is for tests; the product uses one.
 */
export function createHubspot(deps: HubspotDeps, version?: ApiVersion): Crm {
  return new Hubspot(deps, new Endpoints(version));
}
