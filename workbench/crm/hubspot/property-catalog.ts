import { companyPropertyRows } from "./company-property-rows";
import { contactPropertyRows } from "./contact-property-rows";
import { seededCompanyProperties, seededContactProperties, toCustomDefinition } from "./custom-properties";
import { newerContactPropertyRows } from "./newer-contact-property-rows";
import type { ObjectType } from "./object-type";
import { expandRows, type PropertyDefinition, type PropertyGroup } from "./property-definition";
import { companyTexts, contactTexts, toGroups } from "./property-texts";

/** The property definitions of one object type. */
export interface PropertyCatalog {
  /** A live definition, or undefined. */
  get(name: string): PropertyDefinition | undefined;
  getArchived(name: string): PropertyDefinition | undefined;
  all(): readonly PropertyDefinition[];
  allArchived(): readonly PropertyDefinition[];
  /** Adds or replaces a definition. */
  put(definition: PropertyDefinition): void;
  /** False when there is no such live property. */
  archive(name: string, at: string): boolean;
  uniqueNames(): readonly string[];
  customCount(): number;
  groups(): readonly PropertyGroup[];
  putGroup(group: PropertyGroup): void;
  removeGroup(name: string): boolean;
  save(): SavedCatalog;
}

/** JSON-safe state of a catalog: what differs from the vendor's own properties. */
export interface SavedCatalog {
  readonly live: readonly PropertyDefinition[];
  readonly archived: readonly PropertyDefinition[];
  readonly groups: readonly PropertyGroup[];
}

/** The group that custom properties join when they name none. */
export const defaultGroup: Readonly<Record<ObjectType, string>> = {
  contacts: "contactinformation",
  companies: "companyinformation",
};

const vendorDefinitions: Readonly<Record<ObjectType, readonly PropertyDefinition[]>> = {
  contacts: expandRows([...contactPropertyRows, ...newerContactPropertyRows], contactTexts),
  companies: expandRows(companyPropertyRows, companyTexts),
};

const seededInputs = { contacts: seededContactProperties, companies: seededCompanyProperties };

/** A catalog as the seeded portal has it, or as it was saved. */
export function createPropertyCatalog(type: ObjectType, saved?: SavedCatalog): PropertyCatalog {
  const live = new Map(vendorDefinitions[type].map((definition) => [definition.name, definition]));
  const custom =
    saved?.live ??
    seededInputs[type].map((input) => toCustomDefinition(input, defaultGroup[type], "2024-02-05T09:14:22.310Z"));
  for (const definition of custom) live.set(definition.name, definition);
  const archived = new Map((saved?.archived ?? []).map((definition) => [definition.name, definition]));
  for (const name of archived.keys()) live.delete(name);
  const usedGroups = toGroups([...live.values()].map((definition) => definition.groupName));
  const groups = new Map((saved?.groups ?? usedGroups).map((group) => [group.name, group]));
  let unique: readonly string[] | null = null;
  return {
    get: (name) => live.get(name),
    getArchived: (name) => archived.get(name),
    all: () => [...live.values()],
    allArchived: () => [...archived.values()],
    put: (definition) => {
      unique = null;
      archived.delete(definition.name);
      live.set(definition.name, definition);
    },
    archive: (name, at) => {
      const definition = live.get(name);
      if (definition === undefined) return false;
      unique = null;
      live.delete(name);
      archived.set(name, { ...definition, archived: true, archivedAt: at });
      return true;
    },
    uniqueNames: () => {
      unique ??= [...live.values()].filter((definition) => definition.hasUniqueValue).map(({ name }) => name);
      return unique;
    },
    customCount: () => [...live.values()].filter((definition) => definition.hubspotDefined !== true).length,
    groups: () => [...groups.values()],
    putGroup: (group) => {
      groups.set(group.name, group);
    },
    removeGroup: (name) => groups.delete(name),
    save: () => {
      const vendor = new Set(vendorDefinitions[type]);
      return {
        live: [...live.values()].filter((definition) => !vendor.has(definition)),
        archived: [...archived.values()],
        groups: [...groups.values()],
      };
    },
  };
}
