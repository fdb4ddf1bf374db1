/** What the org knows about its objects: the facts behind the describe answers. */

/** Types of fields as describe names them. */
export type SFieldType =
  | "id"
  | "string"
  | "textarea"
  | "email"
  | "phone"
  | "url"
  | "int"
  | "double"
  | "currency"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "picklist"
  | "multipicklist"
  | "combobox"
  | "reference"
  | "address"
  | "location"
  | "encryptedstring"
  | "time"
  | "base64"
  | "anyType";

export interface PicklistValue {
  readonly active: boolean;
  readonly defaultValue: boolean;
  readonly label: string;
  readonly validFor: string | null;
  readonly value: string;
}

/** One field with the flags of its describe; what a describe shows beyond these is derived from them. */
export interface SField {
  readonly name: string;
  readonly label: string;
  readonly type: SFieldType;
  /** Longest text in characters; 0 where the type has no length. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly digits: number;
  readonly custom: boolean;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly calculated: boolean;
  readonly autoNumber: boolean;
  readonly nameField: boolean;
  readonly namePointing: boolean;
  readonly idLookup: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  readonly aggregatable: boolean;
  readonly restrictedPicklist: boolean;
  readonly permissionable: boolean;
  readonly polymorphicForeignKey: boolean;
  readonly queryByDistance: boolean;
  readonly searchPrefilterable: boolean;
  readonly compoundFieldName: string | null;
  readonly extraTypeInfo: string | null;
  readonly defaultValue: string | number | boolean | null;
  readonly picklistValues: readonly PicklistValue[];
  /** Objects that a reference may lead to. */
  readonly referenceTo: readonly string[];
  /** Name under which a query reaches the parent: "Account" for AccountId. */
  readonly relationshipName: string | null;
}

export interface ChildRelationship {
  readonly childSObject: string;
  readonly field: string;
  /** Name under which a sub-query reaches the children: "Contacts"; null: none. */
  readonly relationshipName: string | null;
  readonly cascadeDelete: boolean;
}

/** One object. */
export interface SObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of its ids; null for objects without own ids. */
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly mergeable: boolean;
  readonly queryable: boolean;
  readonly fields: readonly SField[];
  readonly childRelationships: readonly ChildRelationship[];
}

/** The objects and fields of one org. Names are found whatever their case. Hidden fields (field-level security) are left out. */
export interface SObjectCatalog {
  all(): readonly SObjectDef[];
  find(name: string): SObjectDef | null;
  findByPrefix(keyPrefix: string): SObjectDef | null;
  /** The field of an object as the API user sees it. */
  findField(object: SObjectDef, name: string): SField | null;
  /** When the definition last changed, epoch ms: what If-Modified-Since of a describe is compared with. */
  changedAtMs(object: SObjectDef): number;
}

/** A change of definitions by an administrator; kept with the org. */
export interface CatalogChanges {
  /** Fields by object, in place of those with the same name or behind the others. */
  readonly fields: Readonly<Record<string, readonly SField[]>>;
  readonly changedAtMs: Readonly<Record<string, number>>;
}
