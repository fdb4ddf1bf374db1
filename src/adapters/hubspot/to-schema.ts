import type { Field, FieldName, ObjectSchema } from "../../domain/schema";
import { ASSUMED } from "./assumed";
import { toFieldType, toReference } from "./field-type";
import { TEXT_CHARACTERS } from "./hubspot-limits";
import { ID_PROPERTY, type ObjectFacts } from "./object-facts";
import type { PropertyWire } from "./wire";

/** Schema of an object from its property definitions and the documented facts. */
export function toSchema(facts: ObjectFacts, properties: readonly PropertyWire[]): ObjectSchema {
  const fields = properties.map((property) => toField(facts, property));
  const { type, label, pluralLabel, custom, requiredForCreate } = facts;
  return { type, label, pluralLabel, custom, fields, requiredForCreate, keyFields: toKeyFields(facts, fields) };
}

/** Field of a property definition. */
function toField(facts: ObjectFacts, property: PropertyWire): Field {
  const type = toFieldType(property);
  const isReadOnly =
    type === "id" || property.calculated === true || property.modificationMetadata?.readOnlyValue === true;
  const isText = property.type === "string";
  return {
    name: property.name,
    label: property.label || property.name,
    type,
    group: property.groupName ?? "",
    description: property.description ?? "",
    updatable: !isReadOnly,
    creatable: !isReadOnly,
    required: false,
    unique: property.name === facts.uniqueProperty || property.hasUniqueValue === true,
    custom: property.hubspotDefined !== true,
    hidden: property.hidden === true,
    // Since April 2025 HubSpot refuses outer blanks in all but text properties, so the adapter cuts them off; text is
    // kept as it comes, and e-mail addresses are trimmed by HubSpot.
    trims: !isText || type === "email",
    scale: null,
    maxLength: isText ? TEXT_CHARACTERS : null,
    options: toOptions(type, property),
    ...(ASSUMED.calculatedWithoutStamp && property.calculated === true ? { unstamped: true as const } : {}),
    referenceTo: toReference(property),
  };
}

function toOptions(type: Field["type"], property: PropertyWire): Field["options"] {
  if (type !== "choice" && type !== "multi-choice") return [];
  return (property.options ?? []).map((option) => ({
    value: option.value,
    label: option.label || option.value,
    ...(option.hidden ? { hidden: true } : {}),
  }));
}

/** Contacts: e-mail first; companies: a unique property before domain and name, which several may share. */
function toKeyFields(facts: ObjectFacts, fields: readonly Field[]): readonly FieldName[] {
  const own = fields.filter((field) => field.unique && field.creatable && !field.hidden && field.name !== ID_PROPERTY);
  const unique = own.map((field) => field.name).filter((name) => name !== facts.uniqueProperty);
  const first = facts.uniqueProperty === null ? [] : [facts.uniqueProperty];
  const known = new Set(fields.map((field) => field.name));
  return [...first, ...unique, ...facts.sharedKeys].filter((name) => known.has(name));
}
