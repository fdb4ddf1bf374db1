import type { FieldType, ObjectType } from "../../domain/schema";
import { ID_PROPERTY } from "./object-facts";
import type { PropertyWire } from "./wire";

const EMAIL_NAMES: ReadonlySet<string> = new Set(["email", "work_email"]);
/** HubSpot files its own telephone numbers under plain text. */
const PHONE_NAME = /(^|_)(mobile)?phone(_number)?$|^fax$/;
const URL_NAME = /(^|_)(website|url)$/;

/** Object types by the names that `referencedObjectType` uses. */
const REFERENCES: Readonly<Record<string, ObjectType>> = {
  OWNER: "owners",
  CONTACT: "contacts",
  COMPANY: "companies",
  DEAL: "deals",
  TICKET: "tickets",
};

/** Field type of a property definition. HubSpot has few types; form field and name tell the rest. */
export function toFieldType(property: PropertyWire): FieldType {
  const { name, type } = property;
  const fieldType = property.fieldType ?? "";
  if (name === ID_PROPERTY) return "id";
  if (property.referencedObjectType || property.externalOptions) return "reference";
  switch (type) {
    case "bool":
      return "boolean";
    case "enumeration":
      return fieldType === "checkbox" ? "multi-choice" : fieldType === "booleancheckbox" ? "boolean" : "choice";
    case "number":
      return property.showCurrencySymbol ? "currency" : "number";
    case "date":
      return "date";
    case "datetime":
      return "datetime";
    case "phone_number":
      return "phone";
    case "string":
      return toTextType(name, fieldType);
    default:
      return "other";
  }
}

function toTextType(name: string, fieldType: string): FieldType {
  if (fieldType === "phonenumber" || PHONE_NAME.test(name)) return "phone";
  if (fieldType === "textarea" || fieldType === "html") return "long-text";
  if (EMAIL_NAMES.has(name)) return "email";
  return URL_NAME.test(name) ? "url" : "text";
}

/** Object that a reference leads to, or null. */
export function toReference(property: PropertyWire): ObjectType | null {
  const target = property.referencedObjectType ?? "";
  return target === "" ? null : (REFERENCES[target] ?? target.toLowerCase());
}
