import { associationName, createAssociationFinder, otherType } from "./association-store";
import { toApiTime } from "./format-time";
import { type ObjectType, objectTypeInfo } from "./object-type";
import type { Portal } from "./portal";
import type { StoredRecord } from "./record-store";

/** Which parts of a record an answer shows. */
interface ViewOptions {
  /** Names asked for; unknown ones are left out, known ones without a value are null. */
  readonly properties: readonly string[];
  readonly withHistory?: readonly string[];
  /** Object types whose associated ids are added. */
  readonly associations?: readonly string[];
  readonly objectWriteTraceId?: string | undefined;
  readonly isNew?: boolean;
}

/** A record as JSON of a read or a search: what was asked for plus createdate, hs_object_id and the modified date. */
export function toRecordView(portal: Portal, type: ObjectType, record: StoredRecord, options: ViewOptions): object {
  const info = objectTypeInfo(type);
  const asked = options.properties.length > 0 ? options.properties : info.defaultProperties;
  const names = new Set([...asked, "createdate", "hs_object_id", info.modifiedProperty]);
  const known = [...names].filter((name) => portal.catalogs[type].get(name) !== undefined);
  const shown = Object.fromEntries(known.sort().map((name) => [name, record.properties[name] ?? null]));
  const view = { id: record.id, properties: shown, ...toEnvelope(portal, type, record) };
  const history = options.withHistory ?? [];
  const associations = toAssociations(portal, type, record, options.associations ?? []);
  return {
    ...view,
    ...(history.length === 0 ? {} : { propertiesWithHistory: toHistory(record, history) }),
    ...(associations === null ? {} : { associations }),
  };
}

/** A record as JSON of a write: the values sent plus those the server adds of its own accord. */
export function toWriteView(
  portal: Portal,
  type: ObjectType,
  record: StoredRecord,
  sent: { readonly names: readonly string[]; readonly verb: "create" | "update" } & Partial<ViewOptions>,
): object {
  const names = new Set([...sent.names, ...serverNames(portal, type, sent.names, sent.verb)]);
  const known = [...names].filter((name) => record.properties[name] !== undefined);
  return {
    id: record.id,
    properties: Object.fromEntries(known.sort().map((name) => [name, record.properties[name] ?? null])),
    ...toEnvelope(portal, type, record),
    ...(sent.isNew === undefined ? {} : { new: sent.isNew }),
    ...(sent.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: sent.objectWriteTraceId }),
  };
}

function toEnvelope(portal: Portal, type: ObjectType, record: StoredRecord): object {
  const { era, portalId } = portal.settings;
  const typeId = objectTypeInfo(type).id;
  const archivedAt = record.archivedAtMs === null ? {} : { archivedAt: toApiTime(record.archivedAtMs) };
  const url = { url: `https://app.hubspot.com/contacts/${portalId}/record/${typeId}/${record.id}` };
  return {
    createdAt: toApiTime(record.createdAtMs),
    updatedAt: toApiTime(record.updatedAtMs),
    archived: record.archivedAtMs !== null,
    ...archivedAt,
    ...(era === "2022" ? {} : url),
  };
}

const contactBirth2022 = [
  "createdate",
  "hs_all_contact_vids",
  "hs_email_domain",
  "hs_is_contact",
  "hs_is_unworked",
  "hs_object_id",
  "hs_pipeline",
  "lastmodifieddate",
];
const contactBirth = [
  ...contactBirth2022,
  "hs_associated_target_accounts",
  "hs_currently_enrolled_in_prospecting_agent",
  "hs_full_name_or_email",
  "hs_lifecyclestage_lead_date",
  "hs_membership_has_accessed_private_content",
  "hs_object_source",
  "hs_object_source_id",
  "hs_object_source_label",
  "hs_prospecting_agent_actively_enrolled_count",
  "hs_prospecting_agent_total_enrolled_count",
  "hs_registered_member",
  "hs_searchable_calculated_phone_number",
  "hs_sequences_actively_enrolled_count",
  "lifecyclestage",
  "num_notes",
];
const contactChange = [
  "createdate",
  "hs_is_unworked",
  "hs_object_id",
  "hs_object_source",
  "hs_object_source_id",
  "hs_object_source_label",
  "hs_pipeline",
  "lastmodifieddate",
  "lifecyclestage",
];
const companyChange2022 = ["createdate", "hs_lastmodifieddate", "hs_object_id"];
const companyChange = [...companyChange2022, "hs_pipeline", "lifecyclestage"];
const companyBirth = [...companyChange, "hs_object_source", "hs_object_source_id", "hs_object_source_label", "website"];

/** Names the server adds to the answer of a write: contacts as recorded in 2022 and 2025; companies of today assumed. */
function serverNames(
  portal: Portal,
  type: ObjectType,
  sent: readonly string[],
  verb: "create" | "update",
): readonly string[] {
  const is2022 = portal.settings.era === "2022";
  if (type === "companies") {
    if (verb === "create") return is2022 ? [...companyChange2022, "website"] : companyBirth;
    return is2022 ? companyChange2022 : companyChange;
  }
  if (verb === "create") return is2022 ? contactBirth2022 : contactBirth;
  const domain = sent.includes("email") ? ["hs_email_domain"] : [];
  return is2022 ? ["lastmodifieddate", ...domain] : [...contactChange, ...domain];
}

/** Values over time, newest first (order assumed). */
function toHistory(record: StoredRecord, names: readonly string[]): object {
  return Object.fromEntries(
    names.map((name) => [
      name,
      record.history
        .filter((entry) => entry.values[name] !== undefined)
        .map((entry) => ({
          value: entry.values[name],
          timestamp: toApiTime(entry.atMs),
          sourceType: entry.source,
        }))
        .reverse(),
    ]),
  );
}

/** Ids associated with a record, by the names that were asked for; null when there is nothing to show. */
function toAssociations(
  portal: Portal,
  type: ObjectType,
  record: StoredRecord,
  asked: readonly string[],
): Readonly<Record<string, object>> | null {
  const other = otherType(type);
  const info = objectTypeInfo(other);
  if (!asked.some((name) => [info.name, info.singular, info.id].includes(name.toLowerCase()))) return null;
  const found = createAssociationFinder(portal, type)(record.id);
  if (found.length === 0) return null;
  const label = associationName(type);
  return { [other]: { results: found.map(({ toId }) => ({ id: toId, type: label })) } };
}
