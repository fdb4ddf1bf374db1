import { compareValues, matchesFilter, matchesQuery } from "./match-filter";
import { type ObjectType, objectTypeInfo } from "./object-type";
import type { Portal } from "./portal";
import type { IndexEntry } from "./search-index";
import type { SearchFilter, SearchRequest } from "./search-request";

/** Ids a search finds in the index, in its order. */
interface CachedSearch {
  readonly key: string;
  readonly revision: number;
  readonly ids: readonly string[];
}

/** Finds records in the search index. Remembers the last search, so that its further pages cost nothing. */
interface SearchRunner {
  /** All ids that match, sorted; ghosts and stale hits included. */
  find(portal: Portal, type: ObjectType, request: SearchRequest): readonly string[];
}

/** Creates a runner with a small memory. */
export function createSearchRunner(): SearchRunner {
  const cache = new Map<ObjectType, CachedSearch>();
  return {
    find: (portal, type, request) => {
      const index = portal.indexes[type];
      const key = JSON.stringify([request.groups, request.query, request.sort]);
      const known = cache.get(type);
      if (known !== undefined && known.key === key && known.revision === index.revision()) return known.ids;
      const ids = sortEntries(portal, type, matchEntries(portal, type, request), request).map((entry) => entry.id);
      cache.set(type, { key, revision: index.revision(), ids });
      return ids;
    },
  };
}

function matchEntries(portal: Portal, type: ObjectType, request: SearchRequest): IndexEntry[] {
  const find = (name: string) => portal.catalogs[type].get(name);
  const searchable = objectTypeInfo(type).searchableProperties;
  const meets = (entry: IndexEntry, filter: SearchFilter): boolean =>
    filter.propertyName.startsWith("associations.")
      ? matchesAssociation(portal, type, entry, filter)
      : matchesFilter(entry.properties, filter, find);
  return portal.indexes[type].entries().filter((entry) => {
    const inGroups =
      request.groups.length === 0 || request.groups.some((group) => group.every((filter) => meets(entry, filter)));
    if (!inGroups || request.query === "") return inGroups;
    return matchesQuery(
      searchable.map((name) => entry.properties[name] ?? ""),
      request.query,
    );
  });
}

/** `associations.company EQ id` on contacts and `associations.contact EQ id` on companies. */
function matchesAssociation(portal: Portal, type: ObjectType, entry: IndexEntry, filter: SearchFilter): boolean {
  const wanted = filter.operator === "IN" ? filter.values : [filter.value];
  if (type === "contacts") return wanted.includes(entry.properties.associatedcompanyid ?? "");
  return wanted.some((id) => portal.stores.contacts.get(id)?.properties.associatedcompanyid === entry.id);
}

/** The asked order, or oldest created first; the order among equals is nobody's promise and follows a hash of the id. */
function sortEntries(portal: Portal, type: ObjectType, entries: IndexEntry[], request: SearchRequest): IndexEntry[] {
  const name = request.sort?.propertyName ?? "createdate";
  const definition = portal.catalogs[type].get(name);
  const sign = request.sort?.descending === true ? -1 : 1;
  return entries.sort((a, b) => {
    const left = a.properties[name] ?? "";
    const right = b.properties[name] ?? "";
    const order = compareValues(definition, left, right);
    const isBlank = left === "" || right === "";
    return (isBlank ? order : order * sign) || tieBreak(a.id) - tieBreak(b.id);
  });
}

function tieBreak(id: string): number {
  return Math.imul((Number(id) % 4294967291) | 0, 0x9e3779b1) >>> 0;
}
