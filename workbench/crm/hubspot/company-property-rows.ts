import type { PropertyRow } from "./property-definition";

/**
 * Company properties. No recording of a portal's company definitions is at hand: names and types are those of the public
 * reference and of recorded company answers, flags follow the contact properties of the same kind (assumed).
 */
export const companyPropertyRows: readonly PropertyRow[] = [
  [
    "companyinformation",
    "string",
    "text",
    "ADF",
    "name domain website phone address address2 city state zip country twitterhandle timezone founded_year " +
      "total_money_raised hs_country_code hs_state_code hs_linkedin_handle",
  ],
  ["companyinformation", "string", "textarea", "ADF", "description about_us"],
  ["companyinformation", "number", "number", "ADF", "numberofemployees annualrevenue"],
  ["companyinformation", "bool", "booleancheckbox", "ADF", "is_public"],
  ["companyinformation", "enumeration", "select", "ADFo", "industry"],
  ["companyinformation", "enumeration", "radio", "ADFo", "type"],
  ["companyinformation", "enumeration", "radio", "ADF", "lifecyclestage"],
  ["companyinformation", "enumeration", "radio", "ADFo", "hs_lead_status"],
  ["companyinformation", "enumeration", "checkbox", "ADR", "hs_additional_domains"],
  ["companyinformation", "enumeration", "checkbox", "AD", "web_technologies"],
  ["companyinformation", "datetime", "date", "ADR", "createdate hs_lastmodifieddate hs_createdate"],
  ["companyinformation", "datetime", "date", "AD", "closedate"],
  ["companyinformation", "number", "number", "ACDR", "hs_object_id"],
  [
    "companyinformation",
    "number",
    "number",
    "ADR",
    "hs_num_child_companies hs_num_decision_makers hs_num_contacts_with_buying_roles hs_num_blockers hs_num_open_deals",
  ],
  ["companyinformation", "number", "number", "AD", "hs_parent_company_id"],
  [
    "companyinformation",
    "number",
    "calculation_rollup",
    "AHR",
    "num_associated_contacts num_associated_deals num_conversion_events",
  ],
  [
    "companyinformation",
    "string",
    "text",
    "ADR",
    "hs_object_source hs_object_source_id hs_object_source_label hs_object_source_user_id hs_object_source_detail_1",
  ],
  ["companyinformation", "string", "text", "ADHRU", "hs_unique_creation_key"],
  [
    "companyinformation",
    "enumeration",
    "checkbox",
    "ADHR",
    "hs_merged_object_ids hs_user_ids_of_all_notification_followers hs_user_ids_of_all_notification_unfollowers hs_user_ids_of_all_owners",
  ],
  [
    "companyinformation",
    "enumeration",
    "select",
    "ADHRX",
    "hs_all_accessible_team_ids hs_all_owner_ids hs_all_team_ids",
  ],
  ["companyinformation", "enumeration", "checkbox", "ADX", "hs_all_assigned_business_unit_ids"],
  ["companyinformation", "enumeration", "select", "ADHX", "hs_pipeline"],
  ["companyinformation", "number", "number", "ADHR", "hs_created_by_user_id hs_updated_by_user_id"],
  ["companyinformation", "string", "text", "ADHR", "hs_avatar_filemanager_key hs_logo_url"],
  ["companyinformation", "bool", "booleancheckbox", "AD", "hs_is_target_account"],
  ["companyinformation", "enumeration", "radio", "ADo", "hs_ideal_customer_profile"],
  ["companyinformation", "bool", "booleancheckbox", "ADR", "hs_is_enriched hs_read_only hs_was_imported"],
  [
    "companyinformation",
    "datetime",
    "calculation_read_time",
    "ADHR",
    "hs_date_entered_customer hs_date_entered_evangelist hs_date_entered_lead hs_date_entered_marketingqualifiedlead " +
      "hs_date_entered_opportunity hs_date_entered_other hs_date_entered_salesqualifiedlead hs_date_entered_subscriber " +
      "hs_date_exited_customer hs_date_exited_evangelist hs_date_exited_lead hs_date_exited_marketingqualifiedlead " +
      "hs_date_exited_opportunity hs_date_exited_other hs_date_exited_salesqualifiedlead hs_date_exited_subscriber",
  ],
  ["salesproperties", "enumeration", "select", "ADX", "hubspot_owner_id"],
  ["salesproperties", "enumeration", "select", "ADRX", "hubspot_team_id"],
  ["salesproperties", "datetime", "date", "ADR", "hubspot_owner_assigneddate"],
  [
    "company_activity",
    "datetime",
    "date",
    "ADR",
    "notes_last_contacted notes_last_updated notes_next_activity_date engagements_last_meeting_booked " +
      "hs_last_booked_meeting_date hs_last_logged_call_date hs_last_open_task_date hs_last_sales_activity_timestamp " +
      "hs_sales_email_last_replied first_contact_createdate first_conversion_date recent_conversion_date",
  ],
  [
    "company_activity",
    "string",
    "text",
    "ADR",
    "engagements_last_meeting_booked_campaign engagements_last_meeting_booked_medium " +
      "engagements_last_meeting_booked_source hs_last_sales_activity_type first_conversion_event_name recent_conversion_event_name",
  ],
  ["company_activity", "number", "number", "ADR", "num_notes num_contacted_notes"],
  ["deal_information", "datetime", "date", "ADR", "first_deal_created_date recent_deal_close_date"],
  ["deal_information", "number", "number", "ADR", "recent_deal_amount total_revenue hs_total_deal_value days_to_close"],
  [
    "socialmediainformation",
    "string",
    "text",
    "ADF",
    "facebook_company_page linkedin_company_page googleplus_page linkedinbio twitterbio",
  ],
  ["socialmediainformation", "number", "number", "ADF", "facebookfans twitterfollowers"],
  [
    "analyticsinformation",
    "datetime",
    "date",
    "ADR",
    "hs_analytics_first_timestamp hs_analytics_first_visit_timestamp hs_analytics_last_timestamp " +
      "hs_analytics_last_visit_timestamp hs_analytics_latest_source_timestamp",
  ],
  ["analyticsinformation", "enumeration", "select", "ADRO", "hs_analytics_source hs_analytics_latest_source"],
  ["analyticsinformation", "number", "number", "ADR", "hs_analytics_num_page_views hs_analytics_num_visits"],
  [
    "analyticsinformation",
    "string",
    "text",
    "ADR",
    "hs_analytics_source_data_1 hs_analytics_source_data_2 hs_analytics_latest_source_data_1 " +
      "hs_analytics_latest_source_data_2 hs_analytics_first_touch_converting_campaign " +
      "hs_analytics_last_touch_converting_campaign",
  ],
];
