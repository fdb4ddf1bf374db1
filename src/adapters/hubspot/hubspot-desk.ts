import type { FieldName, ObjectType } from "../../domain/schema";
import type { Endpoints } from "./endpoints";
import type { HubspotClient } from "./hubspot-client";
import { requireFacts } from "./object-facts";
import type { PropertyDefinitions } from "./property-definitions";
import type { RecordShape } from "./to-record";

/** What every operation on records works with. */
export interface HubspotDesk {
  readonly client: HubspotClient;
  readonly endpoints: Endpoints;
  /** How records of this object are to be read; asks HubSpot for the definitions once an execution. */
  shape(type: ObjectType, fields: readonly FieldName[] | null): RecordShape;
}

/** Puts the desk together. */
export function createDesk(client: HubspotClient, endpoints: Endpoints, definitions: PropertyDefinitions): HubspotDesk {
  return {
    client,
    endpoints,
    shape: (type, fields) => ({ facts: requireFacts(type), findField: definitions.finder(type), fields }),
  };
}
