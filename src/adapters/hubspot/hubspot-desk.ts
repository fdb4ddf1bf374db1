import type { FieldName, ObjectType } from "../../domain/schema";
import type { Endpoints } from "./endpoints";
import type { HubspotClient } from "./hubspot-client";
import { requireFacts } from "./object-facts";
import type { PropertyDefinitions } from "./property-definitions";
import type { RecordShape } from "./to-record";
import type { RecordWire } from "./wire";

/** What every operation on records works with. */
export interface HubspotDesk {
  readonly client: HubspotClient;
  readonly endpoints: Endpoints;
  /** How records of this object are to be read; asks HubSpot for the definitions once an execution. */
  shape(type: ObjectType, fields: readonly FieldName[] | null): RecordShape;
  /** Lists that are asked for once an execution, by what was asked; null: asked, and too long to be listed. */
  readonly lists: Map<string, readonly RecordWire[] | null>;
}

/** Puts the desk together. */
export function createDesk(client: HubspotClient, endpoints: Endpoints, definitions: PropertyDefinitions): HubspotDesk {
  return {
    client,
    endpoints,
    shape: (type, fields) => ({ facts: requireFacts(type), findField: definitions.finder(type), fields }),
    lists: new Map(),
  };
}
