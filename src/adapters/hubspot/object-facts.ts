import { SyncError } from "../../domain/errors";
import type { FieldName, ObjectInfo, ObjectType } from "../../domain/schema";

/** What HubSpot's documentation says about an object and its property definitions do not. */
export interface ObjectFacts extends ObjectInfo {
  /** Object type id, part of a record's address. */
  readonly typeId: string;
  /** Property that moves with every change of the record. */
  readonly modifiedProperty: FieldName;
  readonly requiredForCreate: readonly (readonly FieldName[])[];
  /** Property that is unique although its definition does not say so. */
  readonly uniqueProperty: FieldName | null;
  /** Keys that several records may share, best first. */
  readonly sharedKeys: readonly FieldName[];
}

const FACTS: readonly ObjectFacts[] = [
  {
    type: "contacts",
    label: "Contact",
    pluralLabel: "Contacts",
    custom: false,
    typeId: "0-1",
    modifiedProperty: "lastmodifieddate",
    requiredForCreate: [["email", "firstname", "lastname"]],
    uniqueProperty: "email",
    sharedKeys: [],
  },
  {
    type: "companies",
    label: "Company",
    pluralLabel: "Companies",
    custom: false,
    typeId: "0-2",
    modifiedProperty: "hs_lastmodifieddate",
    requiredForCreate: [["name", "domain"]],
    uniqueProperty: null,
    sharedKeys: ["domain", "name"],
  },
];

/** Objects that the adapter serves. */
export function listObjects(): readonly ObjectInfo[] {
  return FACTS.map(({ type, label, pluralLabel, custom }) => ({ type, label, pluralLabel, custom }));
}

/** Facts of an object; throws `SyncError` config `unknown-object` for any other. */
export function requireFacts(type: ObjectType): ObjectFacts {
  const facts = FACTS.find((one) => one.type === type);
  if (facts) return facts;
  throw new SyncError("config", "unknown-object", `The add-on cannot sync ${type} with HubSpot.`, {
    hint: "Choose contacts or companies in the mapping.",
  });
}

/** List of the ids that were merged into a record; every object has it. */
export const MERGED_IDS_PROPERTY = "hs_merged_object_ids";
/** Further addresses of a contact: unique like the first. */
export const ADDITIONAL_EMAILS_PROPERTY = "hs_additional_emails";
/** The record's own id as a property. */
export const ID_PROPERTY = "hs_object_id";
