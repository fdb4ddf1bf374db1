import type { Field, FieldName, ObjectSchema, ObjectType } from "../../domain/schema";
import type { Endpoints } from "./endpoints";
import type { HubspotClient } from "./hubspot-client";
import { requireFacts } from "./object-facts";
import { toSchema } from "./to-schema";
import { parseWire, propertiesWire } from "./wire";

/** Schemas by object: one call an object, kept for the execution because values cannot be read without their types. */
export class PropertyDefinitions {
  private readonly schemas = new Map<ObjectType, ObjectSchema>();

  constructor(
    private readonly client: HubspotClient,
    private readonly endpoints: Endpoints,
  ) {}

  /** Asks HubSpot now. */
  fetch(type: ObjectType): ObjectSchema {
    const facts = requireFacts(type);
    const { results } = parseWire(propertiesWire, this.client.get(this.endpoints.properties(type)));
    const schema = toSchema(facts, results);
    this.schemas.set(type, schema);
    return schema;
  }

  /** Finds fields of an object by name; asks HubSpot only the first time. */
  finder(type: ObjectType): (name: FieldName) => Field | null {
    const schema = this.schemas.get(type) ?? this.fetch(type);
    const byName = new Map(schema.fields.map((field) => [field.name, field]));
    return (name) => byName.get(name) ?? null;
  }
}
