import { type PropertyRow, parseRows } from "./property-definition";

/** Contact properties that came after 2022; names seen in answers of 2024 to 2026, flags partly assumed. */
export const newerContactPropertyRows: readonly PropertyRow[] = parseRows(`
contactinformation string text ACDHR
  hs_full_name_or_email
contactinformation string text ADR
  hs_object_source hs_object_source_id hs_object_source_label hs_object_source_user_id hs_object_source_detail_1
  hs_object_source_detail_2 hs_object_source_detail_3
contactinformation number number ADR
  hs_registered_member hs_membership_has_accessed_private_content
contactinformation number calculation_rollup AHR
  hs_associated_target_accounts
contactinformation number number ADHR
  hs_prospecting_agent_actively_enrolled_count hs_prospecting_agent_total_enrolled_count
contactinformation bool booleancheckbox ADR
  hs_currently_enrolled_in_prospecting_agent hs_contact_enrichment_opt_out hs_is_enriched hs_read_only
contactinformation object_coordinates text ADHR
  hs_notes_last_activity hs_notes_next_activity
contactinformation string text ADF
  hs_linkedin_url hs_country_region_code hs_state_code hs_whatsapp_phone_number
`);
