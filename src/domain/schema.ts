/** What a CRM says about its objects and fields. */

/** API name of an object: "contacts", "companies", "Account", "p123_cars"... */
export type ObjectType = string;

/** API name of a field: "firstname", "MailingCity"... */
export type FieldName = string;

export type FieldType =
  | "text"
  | "long-text"
  | "email"
  | "phone"
  | "url"
  | "number"
  | "currency"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "choice"
  | "multi-choice"
  | "reference"
  | "id"
  | "other";

export interface Option {
  /** Internal value: what the CRM stores. */
  readonly value: string;
  /** What people see. */
  readonly label: string;
  /** A hidden option may be held by records but is not offered. */
  readonly hidden?: boolean;
}

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly type: FieldType;
  /** Group or section the CRM files it under. */
  readonly group: string;
  readonly description: string;
  /** May be written on existing records. */
  readonly updatable: boolean;
  /** May be given when a record is created. */
  readonly creatable: boolean;
  /** A create without it is refused. */
  readonly required: boolean;
  /** At most one record holds a value; usable as key with a consistent look-up. */
  readonly unique: boolean;
  readonly custom: boolean;
  /** The CRM hides it from its own forms. */
  readonly hidden: boolean;
  /** The CRM cuts white space off both ends. */
  readonly trims: boolean;
  /** Digits after the decimal point; null: as they come. */
  readonly scale: number | null;
  /** Longest text in characters; null: unknown. */
  readonly maxLength: number | null;
  /** Empty for types without choices and where the CRM keeps the list elsewhere. */
  readonly options: readonly Option[];
  /** The CRM works its value out: it may change while the modified time of the record stands still. */
  readonly unstamped?: true;
  /** Object that a reference leads to. */
  readonly referenceTo: ObjectType | null;
}

export interface ObjectInfo {
  readonly type: ObjectType;
  /** "Contact" */
  readonly label: string;
  /** "Contacts" */
  readonly pluralLabel: string;
  readonly custom: boolean;
}

export interface ObjectSchema extends ObjectInfo {
  readonly fields: readonly Field[];
  /** Each inner list is "at least one of these" for a create (HubSpot contact: email, firstname or lastname). */
  readonly requiredForCreate: readonly (readonly FieldName[])[];
  /** Fields that may be chosen as key, best first (contacts: email; companies: domain, name). */
  readonly keyFields: readonly FieldName[];
}

/** The field of that name, or null. */
export function findField(schema: ObjectSchema, name: FieldName): Field | null {
  return schema.fields.find((field) => field.name === name) ?? null;
}
