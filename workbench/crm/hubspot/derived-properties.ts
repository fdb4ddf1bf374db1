import { toApiTime } from "./format-time";
import type { ObjectType } from "./object-type";
import type { Portal } from "./portal";
import type { ChangeSource, StoredRecord } from "./record-store";
import type { Properties } from "./sandbox-types";

/** The write that values are derived for. */
interface DerivedFor {
  readonly id: string;
  readonly source: ChangeSource;
  readonly nowMs: number;
  /** The record before the write; null for a create. */
  readonly before: StoredRecord | null;
}

/** Values the portal sets by itself when these values are written. */
export function deriveProperties(
  portal: Portal,
  type: ObjectType,
  values: Properties,
  write: DerivedFor,
): Record<string, string> {
  const { before } = write;
  const lasting = type === "contacts" ? deriveContact(values, before) : deriveCompany(values, before);
  const stage = deriveStageDate(values, write);
  if (before !== null) return { ...lasting, ...stage };
  return { ...birthProperties(portal, type, values, write), ...lasting, ...stage };
}

function birthProperties(portal: Portal, type: ObjectType, values: Properties, write: DerivedFor): Properties {
  const isApi = write.source === "INTEGRATION";
  const source = {
    hs_object_source: write.source,
    hs_object_source_id: isApi ? "70314405" : "userId:61203377",
    hs_object_source_label: write.source,
  };
  const stage = values.lifecyclestage ?? "lead";
  const isLead = values.lifecyclestage === undefined && portal.settings.era === "current";
  const lead = isLead ? { lifecyclestage: stage, ...leadDate(type, write.nowMs) } : {};
  if (type === "companies") {
    return portal.settings.era === "2022"
      ? source
      : { ...source, hs_pipeline: "companies-lifecycle-pipeline", ...lead };
  }
  return {
    ...source,
    ...lead,
    hs_all_contact_vids: write.id,
    hs_is_contact: "true",
    hs_is_unworked: "true",
    hs_pipeline: "contacts-lifecycle-pipeline",
    hs_associated_target_accounts: "0",
    hs_currently_enrolled_in_prospecting_agent: "false",
    hs_membership_has_accessed_private_content: "0",
    hs_prospecting_agent_actively_enrolled_count: "0",
    hs_prospecting_agent_total_enrolled_count: "0",
    hs_registered_member: "0",
    hs_sequences_actively_enrolled_count: "0",
    num_notes: "0",
  };
}

function leadDate(type: ObjectType, nowMs: number): Properties {
  return type === "contacts" ? { hs_lifecyclestage_lead_date: String(nowMs) } : {};
}

/** The date a contact became what it is: an epoch ms text, unlike all other times. */
function deriveStageDate(values: Properties, write: DerivedFor): Properties {
  const { before } = write;
  const stage = values.lifecyclestage ?? "";
  if (stage === "" || stage === before?.properties.lifecyclestage) return {};
  return before?.properties.hs_is_contact === "true" || values.email !== undefined
    ? { [`hs_lifecyclestage_${stage}_date`]: String(write.nowMs) }
    : { [`hs_date_entered_${stage}`]: toApiTime(write.nowMs) };
}

function deriveContact(values: Properties, before: StoredRecord | null): Properties {
  const derived: Record<string, string> = {};
  const after = (name: string): string => values[name] ?? before?.properties[name] ?? "";
  if (values.email !== undefined) derived.hs_email_domain = values.email.split("@")[1] ?? "";
  if (values.firstname !== undefined || values.lastname !== undefined || values.email !== undefined) {
    const name = [after("firstname"), after("lastname")].filter((part) => part !== "").join(" ");
    derived.hs_full_name_or_email = name === "" ? after("email") : name;
  }
  if (values.phone !== undefined) derived.hs_searchable_calculated_phone_number = toDigits(values.phone);
  if (values.mobilephone !== undefined) derived.hs_searchable_calculated_mobile_number = toDigits(values.mobilephone);
  return derived;
}

function toDigits(phone: string): string {
  return phone.replace(/\D/g, "");
}

/** A new domain fills an empty website. */
function deriveCompany(values: Properties, before: StoredRecord | null): Properties {
  const domain = values.domain ?? "";
  const isNew = domain !== "" && domain !== before?.properties.domain;
  const hasWebsite = values.website !== undefined || (before?.properties.website ?? "") !== "";
  return isNew && !hasWebsite ? { website: domain } : {};
}
