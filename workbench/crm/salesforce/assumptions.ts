/**
 * Everything about Salesforce that this sandbox guesses: not seen in any recorded answer or guide. A person with a developer org
 * can settle each of them, and docs/fidelity-salesforce.md lists them.
 */
export const assumed = {
  // Rows.
  /** Text of a field that may not be written. */
  readOnlyFields: (names: readonly string[]) =>
    `Unable to create/update fields: ${names.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
  unknownField: (name: string, object: string) => `No such column '${name}' on sobject of type ${object}`,
  tooLong: (label: string, value: string, length: number) =>
    `${label}: data value too large: ${value} (max length=${length})`,
  wrongType: (type: string, value: string) => `Cannot deserialize instance of ${type} from VALUE_STRING value ${value}`,
  outOfRange: (label: string) => `${label}: number outside valid range`,
  /** A picklist of several values that holds one it does not have, where it is restricted. */
  badPicklist: (label: string, value: string) => `${label}: bad value for restricted picklist field: ${value}`,
  duplicateValue: (name: string, id: string) =>
    `duplicate value found: ${name} duplicates value on record with id: ${id}`,
  convertedLead: "cannot update converted lead",
  converted: "CANNOT_UPDATE_CONVERTED_LEAD",
  /** Text is trimmed of blanks at its end. */
  trimsText: true as boolean,
  /** `""` clears as null does. */
  emptyIsNull: true as boolean,
  /** Values of a list come back in the order of their definition. */
  multiPicklistOrder: "definition" as "definition" | "as sent",
  foreignKeyMissing: (value: string, field: string, object: string) =>
    `Foreign key external ID: ${value} not found for field ${field} in entity ${object}`,
  /** Name of a row of a custom object that was made without one. */
  unnamed: (id: string) => id.slice(0, 15),
  // Locks.
  lockStatusOfSingleRows: 500,
  lockMessage: (id: string) => `unable to obtain exclusive access to this record or 1 records: ${id}`,
} as const;
