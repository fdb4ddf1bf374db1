import type { FieldValue, SRow } from "../org";
import type { SField } from "../sobject-def";

/** A compound address as answers show it. */
export interface AddressValue {
  readonly city: FieldValue;
  readonly country: FieldValue;
  readonly geocodeAccuracy: FieldValue;
  readonly latitude: FieldValue;
  readonly longitude: FieldValue;
  readonly postalCode: FieldValue;
  readonly state: FieldValue;
  readonly street: FieldValue;
}

/** ISO time in UTC with milliseconds, as times are stored. */
function toStoredTime(ms: number): string {
  return new Date(ms).toISOString();
}

type Derived = (row: SRow) => FieldValue;

/** Fields that every row has without storing them. */
const SYSTEM: Readonly<Record<string, Derived>> = {
  Id: (row) => row.id,
  IsDeleted: (row) => row.deletedMs !== null,
  MasterRecordId: (row) => row.masterId,
  CreatedDate: (row) => toStoredTime(row.createdMs),
  CreatedById: (row) => row.createdById,
  LastModifiedDate: (row) => toStoredTime(row.modifiedMs),
  LastModifiedById: (row) => row.modifiedById,
  SystemModstamp: (row) => toStoredTime(row.stampMs),
};

/** Value of a field in a row, derived ones included; compound addresses apart. */
function scalarValue(row: SRow, field: SField): FieldValue {
  const derived = SYSTEM[field.name];
  if (derived !== undefined) return derived(row);
  if (field.nameField && field.extraTypeInfo === "personname") return fullName(row);
  const value = row.values[field.name];
  if (value !== undefined) return value;
  return field.type === "boolean" ? false : null;
}

/** Value of a field in a row; a compound address is an object, or null when all its parts are. */
export function rowValue(row: SRow, field: SField): FieldValue | AddressValue {
  return field.type === "address" ? addressOf(row, field.name) : scalarValue(row, field);
}

/** "First Last", as the org shows people; the salutation stands in a field of its own. */
function fullName(row: SRow): FieldValue {
  const parts = [row.values.FirstName, row.values.LastName].filter((part) => typeof part === "string");
  return parts.length === 0 ? null : parts.join(" ");
}

/** The parts of "MailingAddress" are "MailingCity" and so on; those of "Address" have no prefix. */
function addressOf(row: SRow, name: string): AddressValue | null {
  const prefix = name.slice(0, -"Address".length);
  const part = (end: string): FieldValue => row.values[prefix + end] ?? null;
  const address = {
    city: part("City"),
    country: part("Country"),
    geocodeAccuracy: part("GeocodeAccuracy"),
    latitude: part("Latitude"),
    longitude: part("Longitude"),
    postalCode: part("PostalCode"),
    state: part("State"),
    street: part("Street"),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}
