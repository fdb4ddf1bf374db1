import type { PropertyRow } from "./property-definition";

/**
 * The contact properties that every portal has: names, types and flags as one real portal showed them in 2022.
 * Labels and options are written in `contact-property-texts`.
 */
export const contactPropertyRows: readonly PropertyRow[] = [
  ["analyticsinformation", "date", "date", "AD", "hs_latest_source_timestamp"],
  [
    "analyticsinformation",
    "datetime",
    "date",
    "ADR",
    "hs_analytics_first_timestamp hs_analytics_first_visit_timestamp hs_analytics_last_timestamp " +
      "hs_analytics_last_visit_timestamp",
  ],
  ["analyticsinformation", "enumeration", "select", "ADO", "hs_analytics_source hs_latest_source"],
  [
    "analyticsinformation",
    "number",
    "number",
    "ADR",
    "hs_analytics_average_page_views hs_analytics_num_event_completions hs_analytics_num_page_views " +
      "hs_analytics_num_visits hs_analytics_revenue",
  ],
  [
    "analyticsinformation",
    "string",
    "text",
    "ADR",
    "hs_analytics_first_referrer hs_analytics_first_touch_converting_campaign hs_analytics_first_url " +
      "hs_analytics_last_referrer hs_analytics_last_touch_converting_campaign hs_analytics_last_url " +
      "hs_analytics_source_data_1 hs_analytics_source_data_2 hs_latest_source_data_1 " +
      "hs_latest_source_data_2",
  ],
  ["contact_activity", "bool", "booleancheckbox", "ACDR", "hs_sequences_is_enrolled"],
  ["contact_activity", "datetime", "date", "ACDR", "first_conversion_date"],
  [
    "contact_activity",
    "datetime",
    "date",
    "ADR",
    "engagements_last_meeting_booked hs_feedback_last_survey_date hs_last_sales_activity_timestamp " +
      "hs_sales_email_last_clicked hs_sales_email_last_opened hs_sales_email_last_replied " +
      "notes_last_contacted notes_last_updated notes_next_activity_date",
  ],
  ["contact_activity", "enumeration", "booleancheckbox", "ADR", "currentlyinworkflow"],
  ["contact_activity", "enumeration", "radio", "ADR", "hs_predictivecontactscorebucket hs_predictivescoringtier"],
  ["contact_activity", "enumeration", "select", "ADO", "hs_content_membership_status"],
  ["contact_activity", "enumeration", "select", "ADR", "hs_feedback_last_nps_rating"],
  [
    "contact_activity",
    "number",
    "number",
    "ADR",
    "hs_predictivecontactscore hs_predictivecontactscore_v2 num_contacted_notes num_notes",
  ],
  ["contact_activity", "string", "text", "ACDR", "first_conversion_event_name"],
  [
    "contact_activity",
    "string",
    "text",
    "ADR",
    "engagements_last_meeting_booked_campaign engagements_last_meeting_booked_medium " +
      "engagements_last_meeting_booked_source hs_feedback_last_nps_follow_up",
  ],
  ["contact_activity", "string", "textarea", "AD", "hs_content_membership_notes"],
  ["contact_activity", "string", "textarea", "ADF", "message"],
  ["contactinformation", "bool", "booleancheckbox", "ADH", "hs_feedback_show_nps_web_survey"],
  ["contactinformation", "bool", "booleancheckbox", "ADHR", "hs_created_by_conversations"],
  ["contactinformation", "bool", "booleancheckbox", "ADR", "hs_content_membership_email_confirmed"],
  ["contactinformation", "bool", "calculation_read_time", "ACDHR", "hs_is_contact"],
  [
    "contactinformation",
    "datetime",
    "calculation_read_time",
    "ADHR",
    "hs_date_entered_customer hs_date_entered_evangelist hs_date_entered_lead " +
      "hs_date_entered_marketingqualifiedlead hs_date_entered_opportunity hs_date_entered_other " +
      "hs_date_entered_salesqualifiedlead hs_date_entered_subscriber hs_date_exited_customer " +
      "hs_date_exited_evangelist hs_date_exited_lead hs_date_exited_marketingqualifiedlead " +
      "hs_date_exited_opportunity hs_date_exited_other hs_date_exited_salesqualifiedlead " +
      "hs_date_exited_subscriber",
  ],
  [
    "contactinformation",
    "datetime",
    "calculation_rollup",
    "ADHR",
    "hs_first_subscription_create_date hs_latest_subscription_create_date",
  ],
  ["contactinformation", "datetime", "date", "ACDR", "hs_latest_sequence_ended_date"],
  [
    "contactinformation",
    "datetime",
    "date",
    "ADHR",
    "hs_document_last_revisited hs_last_sales_activity_date hs_lastmodifieddate " +
      "hs_latest_meeting_activity hs_latest_sequence_finished_date hs_latest_sequence_unenrolled_date " +
      "hs_sa_first_engagement_date",
  ],
  [
    "contactinformation",
    "datetime",
    "date",
    "ADR",
    "createdate hs_content_membership_registered_at hs_content_membership_registration_email_sent_at " +
      "hs_createdate hs_latest_sequence_enrolled_date hs_lifecyclestage_customer_date " +
      "hs_lifecyclestage_evangelist_date hs_lifecyclestage_lead_date " +
      "hs_lifecyclestage_marketingqualifiedlead_date hs_lifecyclestage_opportunity_date " +
      "hs_lifecyclestage_other_date hs_lifecyclestage_salesqualifiedlead_date " +
      "hs_lifecyclestage_subscriber_date lastmodifieddate",
  ],
  ["contactinformation", "enumeration", "booleancheckbox", "ADR", "hs_marketable_status hs_marketable_until_renewal"],
  [
    "contactinformation",
    "enumeration",
    "checkbox",
    "ADHR",
    "hs_merged_object_ids hs_user_ids_of_all_notification_followers " +
      "hs_user_ids_of_all_notification_unfollowers hs_user_ids_of_all_owners",
  ],
  ["contactinformation", "enumeration", "checkbox", "ADX", "hs_all_assigned_business_unit_ids"],
  ["contactinformation", "enumeration", "radio", "ADF", "lifecyclestage"],
  [
    "contactinformation",
    "enumeration",
    "select",
    "ACDHR",
    "hs_additional_emails hs_all_contact_vids hs_calculated_form_submissions hs_calculated_merged_vids " +
      "hs_sa_first_engagement_descr hs_sa_first_engagement_object_type",
  ],
  ["contactinformation", "enumeration", "select", "ADF", "hs_language hs_persona hs_timezone"],
  [
    "contactinformation",
    "enumeration",
    "select",
    "ADHRX",
    "hs_all_accessible_team_ids hs_all_owner_ids hs_all_team_ids",
  ],
  ["contactinformation", "enumeration", "select", "ADHX", "hs_pipeline"],
  ["contactinformation", "enumeration", "select", "ADR", "hs_marketable_reason_type"],
  ["contactinformation", "enumeration", "select", "F", "numemployees"],
  [
    "contactinformation",
    "number",
    "calculation_equation",
    "A",
    "hs_time_between_contact_creation_and_deal_close hs_time_between_contact_creation_and_deal_creation " +
      "hs_time_to_move_from_lead_to_customer hs_time_to_move_from_marketingqualifiedlead_to_customer " +
      "hs_time_to_move_from_opportunity_to_customer hs_time_to_move_from_salesqualifiedlead_to_customer " +
      "hs_time_to_move_from_subscriber_to_customer",
  ],
  ["contactinformation", "number", "calculation_equation", "ADHR", "hs_count_is_unworked hs_count_is_worked"],
  [
    "contactinformation",
    "number",
    "calculation_read_time",
    "ADHR",
    "hs_time_in_customer hs_time_in_evangelist hs_time_in_lead hs_time_in_marketingqualifiedlead " +
      "hs_time_in_opportunity hs_time_in_other hs_time_in_salesqualifiedlead hs_time_in_subscriber",
  ],
  ["contactinformation", "number", "calculation_rollup", "ADHR", "hs_has_active_subscription"],
  ["contactinformation", "number", "number", "ACDHR", "hs_first_engagement_object_id hs_time_to_first_engagement"],
  ["contactinformation", "number", "number", "ACDR", "hs_object_id"],
  ["contactinformation", "number", "number", "ADH", "associatedcompanyid"],
  [
    "contactinformation",
    "number",
    "number",
    "ADHR",
    "associatedcompanylastupdated hs_created_by_user_id hs_sequences_actively_enrolled_count " +
      "hs_updated_by_user_id surveymonkeyeventlastupdated webinareventlastupdated",
  ],
  ["contactinformation", "number", "number", "ADR", "hs_sequences_enrolled_count"],
  ["contactinformation", "number", "number", "ADRX", "hs_latest_sequence_enrolled"],
  [
    "contactinformation",
    "phone_number",
    "phonenumber",
    "ACDHR",
    "hs_searchable_calculated_international_mobile_number " +
      "hs_searchable_calculated_international_phone_number hs_searchable_calculated_mobile_number " +
      "hs_searchable_calculated_phone_number",
  ],
  [
    "contactinformation",
    "string",
    "text",
    "ACDHR",
    "hs_calculated_mobile_number hs_calculated_phone_number hs_calculated_phone_number_area_code " +
      "hs_calculated_phone_number_country_code hs_calculated_phone_number_region_code",
  ],
  ["contactinformation", "string", "text", "ACDR", "hs_email_domain"],
  [
    "contactinformation",
    "string",
    "text",
    "ADF",
    "address city company email fax firstname jobtitle lastname mobilephone phone twitterhandle website " + "zip",
  ],
  ["contactinformation", "string", "text", "ADHR", "hs_avatar_filemanager_key hs_conversations_visitor_email"],
  ["contactinformation", "string", "text", "ADHRU", "hs_unique_creation_key"],
  [
    "contactinformation",
    "string",
    "text",
    "ADR",
    "hs_content_membership_registration_domain_sent_to hs_marketable_reason_id",
  ],
  ["contactinformation", "string", "text", "AHR", "hs_testpurge hs_testrollback"],
  ["contactinformation", "string", "text", "F", "annualrevenue country industry salutation state"],
  ["conversioninformation", "bool", "booleancheckbox", "H", "hs_facebook_ad_clicked"],
  ["conversioninformation", "datetime", "date", "ACDR", "recent_conversion_date"],
  ["conversioninformation", "number", "number", "ACDR", "num_conversion_events num_unique_conversion_events"],
  ["conversioninformation", "string", "text", "ACDR", "recent_conversion_event_name"],
  ["conversioninformation", "string", "text", "AD", "hs_facebook_click_id hs_google_click_id"],
  ["conversioninformation", "string", "text", "ADHR", "ip_latlon ip_zipcode"],
  [
    "conversioninformation",
    "string",
    "text",
    "ADR",
    "hs_ip_timezone ip_city ip_country ip_country_code ip_state ip_state_code",
  ],
  ["deal_information", "datetime", "date", "AD", "closedate"],
  ["deal_information", "datetime", "date", "ADR", "first_deal_created_date recent_deal_close_date"],
  ["deal_information", "enumeration", "checkbox", "ADFo", "hs_buying_role"],
  ["deal_information", "number", "number", "ACDR", "days_to_close"],
  ["deal_information", "number", "number", "ADR", "num_associated_deals recent_deal_amount total_revenue"],
  ["emailinformation", "bool", "booleancheckbox", "ADHR", "hs_email_is_ineligible"],
  ["emailinformation", "bool", "booleancheckbox", "ADR", "hs_email_optout hs_email_quarantined"],
  ["emailinformation", "bool", "booleancheckbox", "ADRO", "hs_email_bad_address"],
  ["emailinformation", "datetime", "date", "ADHR", "hs_email_recipient_fatigue_recovery_time"],
  [
    "emailinformation",
    "datetime",
    "date",
    "ADR",
    "hs_email_first_click_date hs_email_first_open_date hs_email_first_reply_date " +
      "hs_email_first_send_date hs_email_last_click_date hs_email_last_open_date hs_email_last_reply_date " +
      "hs_email_last_send_date",
  ],
  ["emailinformation", "enumeration", "booleancheckbox", "ADR", "hs_email_optout_70031842"],
  ["emailinformation", "enumeration", "checkbox", "ADo", "hs_legal_basis"],
  ["emailinformation", "enumeration", "radio", "ADRO", "hs_email_hard_bounce_reason_enum"],
  ["emailinformation", "enumeration", "select", "AD", "hs_email_customer_quarantined_reason"],
  ["emailinformation", "enumeration", "select", "ADR", "hs_email_quarantined_reason hs_emailconfirmationstatus"],
  [
    "emailinformation",
    "number",
    "number",
    "ADR",
    "hs_email_bounce hs_email_click hs_email_delivered hs_email_open hs_email_replied " +
      "hs_email_sends_since_last_engagement",
  ],
  ["emailinformation", "string", "text", "ADHRO", "hs_email_hard_bounce_reason"],
  ["emailinformation", "string", "text", "ADR", "hs_email_last_email_name"],
  [
    "facebook_ads_properties",
    "string",
    "text",
    "F",
    "company_size date_of_birth degree field_of_study gender graduation_date job_function marital_status " +
      "military_status relationship_status school seniority start_date work_email",
  ],
  ["sales_properties", "bool", "calculation_equation", "ADR", "hs_is_unworked"],
  ["sales_properties", "datetime", "date", "ADR", "hubspot_owner_assigneddate"],
  ["sales_properties", "enumeration", "radio", "ADFo", "hs_lead_status"],
  ["sales_properties", "enumeration", "select", "ADRX", "hubspot_team_id"],
  ["sales_properties", "enumeration", "select", "ADX", "hubspot_owner_id"],
  ["sales_properties", "number", "calculation_score", "ADR", "hubspotscore"],
  ["sales_properties", "string", "text", "", "owneremail"],
  ["sales_properties", "string", "text", "AD", "ownername"],
  ["socialmediainformation", "datetime", "date", "ADR", "hs_social_last_engagement"],
  ["socialmediainformation", "number", "number", "AD", "followercount"],
  ["socialmediainformation", "number", "number", "ADF", "kloutscoregeneral linkedinconnections"],
  [
    "socialmediainformation",
    "number",
    "number",
    "ADR",
    "hs_social_facebook_clicks hs_social_google_plus_clicks hs_social_linkedin_clicks " +
      "hs_social_num_broadcast_clicks hs_social_twitter_clicks",
  ],
  ["socialmediainformation", "string", "text", "AD", "twitterprofilephoto"],
  ["socialmediainformation", "string", "text", "ADF", "linkedinbio twitterbio"],
  ["socialmediainformation", "string", "text", "ADFH", "photo"],
  ["socialmediainformation", "string", "text", "H", "hs_facebookid hs_googleplusid hs_linkedinid hs_twitterid"],
];

/** Contact properties that came after 2022; names seen in answers of 2024 to 2026, flags partly assumed. */
export const newerContactPropertyRows: readonly PropertyRow[] = [
  ["contactinformation", "string", "text", "ACDHR", "hs_full_name_or_email"],
  [
    "contactinformation",
    "string",
    "text",
    "ADR",
    "hs_object_source hs_object_source_id hs_object_source_label hs_object_source_user_id hs_object_source_detail_1 hs_object_source_detail_2 hs_object_source_detail_3",
  ],
  ["contactinformation", "number", "number", "ADR", "hs_registered_member hs_membership_has_accessed_private_content"],
  ["contactinformation", "number", "calculation_rollup", "AHR", "hs_associated_target_accounts"],
  [
    "contactinformation",
    "number",
    "number",
    "ADHR",
    "hs_prospecting_agent_actively_enrolled_count hs_prospecting_agent_total_enrolled_count",
  ],
  [
    "contactinformation",
    "bool",
    "booleancheckbox",
    "ADR",
    "hs_currently_enrolled_in_prospecting_agent hs_contact_enrichment_opt_out hs_is_enriched hs_read_only",
  ],
  ["contactinformation", "object_coordinates", "text", "ADHR", "hs_notes_last_activity hs_notes_next_activity"],
  [
    "contactinformation",
    "string",
    "text",
    "ADF",
    "hs_linkedin_url hs_country_region_code hs_state_code hs_whatsapp_phone_number",
  ],
];
