import type { CatalogChanges, ChildRelationship, SField, SObjectCatalog, SObjectDef } from "../sobject-def";
import { ACCOUNT_TABLE } from "./account-table";
import { CONTACT_TABLE } from "./contact-table";
import { LEAD_TABLE } from "./lead-table";
import { type ObjectTable, toObjectDef } from "./object-table";
import { OPPORTUNITY_TABLE } from "./opportunity-table";
import { CUSTOM_FIELDS, OWN_TABLES } from "./own-tables";

/** Children of an object, as its describe names them. */
const CHILDREN: Readonly<Record<string, readonly ChildRelationship[]>> = {
  Account: [
    child("Account", "ParentId", "ChildAccounts"),
    child("Contact", "AccountId", "Contacts", true),
    child("Opportunity", "AccountId", "Opportunities", true),
    child("Project__c", "Account__c", "Projects__r"),
  ],
  Contact: [child("Opportunity", "ContactId", "Opportunities")],
};

function child(
  childSObject: string,
  field: string,
  relationshipName: string,
  cascadeDelete = false,
): ChildRelationship {
  return { childSObject, field, relationshipName, cascadeDelete };
}

/** The objects that every org of the sandbox has. They are the same for all orgs and read-only, so they are built once. */
const STANDARD: readonly SObjectDef[] = [
  CONTACT_TABLE,
  ACCOUNT_TABLE,
  LEAD_TABLE,
  OPPORTUNITY_TABLE,
  ...OWN_TABLES,
].map((table) => ({ ...toObjectDef(withCustomFields(table)), childRelationships: CHILDREN[table.name] ?? [] }));

function withCustomFields(table: ObjectTable): ObjectTable {
  const custom = CUSTOM_FIELDS[table.name];
  if (custom === undefined) return table;
  const picklists = { ...table.picklists, ...custom.picklists };
  return { ...table, fields: table.fields.trimEnd() + custom.fields, picklists };
}

export const NO_CHANGES: CatalogChanges = { fields: {}, changedAtMs: {} };

/**
 * A catalogue with these changes. `isHidden`: the API user may not see a field ("Contact.Phone"); it is left out then.
 * `createdAtMs`: when the definitions that nobody changed came to be.
 */
export function createCatalog(
  changes: CatalogChanges,
  isHidden: (name: string) => boolean,
  createdAtMs: number,
): SObjectCatalog {
  const objects = STANDARD.map((object) => withChanges(object, changes.fields[object.name] ?? []));
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.keyPrefix ?? "", object]));
  const fields = new Map(objects.map((object) => [object.name, indexFields(object)]));
  return {
    all: () => objects,
    find: (name) => byName.get(name.toLowerCase()) ?? null,
    findByPrefix: (prefix) => byPrefix.get(prefix) ?? null,
    findField: (object, name) => {
      const field = fields.get(object.name)?.get(name.toLowerCase()) ?? null;
      return field === null || isHidden(`${object.name}.${field.name}`) ? null : field;
    },
    changedAtMs: (object) => changes.changedAtMs[object.name] ?? createdAtMs,
  };
}

function withChanges(object: SObjectDef, changed: readonly SField[]): SObjectDef {
  if (changed.length === 0) return object;
  const names = new Set(changed.map(({ name }) => name));
  const kept = object.fields.filter(({ name }) => !names.has(name));
  return { ...object, fields: [...kept, ...changed] };
}

function indexFields(object: SObjectDef): ReadonlyMap<string, SField> {
  return new Map(object.fields.map((field) => [field.name.toLowerCase(), field]));
}
