import { ApiError } from "./api-error";

/** The object types this sandbox serves. */
export type ObjectType = "contacts" | "companies";

/** What the API knows about an object type. */
interface ObjectTypeInfo {
  readonly name: ObjectType;
  readonly singular: string;
  /** Object type id. */
  readonly id: string;
  /** The property that moves with every change: contacts differ from all other types. */
  readonly modifiedProperty: "lastmodifieddate" | "hs_lastmodifieddate";
  /** Properties of a read that asks for none. */
  readonly defaultProperties: readonly string[];
  /** A new record needs one of these. */
  readonly identityProperties: readonly string[];
  /** Properties that the free-text `query` of a search looks into. */
  readonly searchableProperties: readonly string[];
}

const infos: readonly ObjectTypeInfo[] = [
  {
    name: "contacts",
    singular: "contact",
    id: "0-1",
    modifiedProperty: "lastmodifieddate",
    defaultProperties: ["firstname", "lastname", "email"],
    identityProperties: ["email", "firstname", "lastname"],
    searchableProperties: ["firstname", "lastname", "email", "hs_additional_emails", "phone", "mobilephone", "company"],
  },
  {
    name: "companies",
    singular: "company",
    id: "0-2",
    modifiedProperty: "hs_lastmodifieddate",
    defaultProperties: ["name", "domain"],
    identityProperties: ["name", "domain"],
    searchableProperties: ["name", "domain", "website", "phone"],
  },
];

/** Facts about a type. */
export function objectTypeInfo(type: ObjectType): ObjectTypeInfo {
  const info = infos.find((candidate) => candidate.name === type);
  if (info === undefined) throw new RangeError(`no such object type: ${type}`);
  return info;
}

/** The type behind `contacts`, `contact`, `CONTACT`, `0-1` or `p{portal}_contact`, or null. */
function findObjectType(name: string): ObjectType | null {
  const plain = name.toLowerCase().replace(/^p\d+_/, "");
  const info = infos.find(({ name: plural, singular, id }) => [plural, singular, id].includes(plain));
  return info?.name ?? null;
}

/** Like `findObjectType`; throws the 400 that HubSpot answers for an unknown type. */
export function requireObjectType(name: string): ObjectType {
  const type = findObjectType(name);
  if (type === null) throw new ApiError(400, { message: `Unable to infer object type from: ${name}` });
  return type;
}
