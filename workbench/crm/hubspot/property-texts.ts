import { industryValues } from "./industry-values";
import { labelOf, type PropertyGroup, type PropertyOption, type PropertyTexts, toOptions } from "./property-definition";

const lifecycleStages = toOptions([
  "subscriber=Subscriber",
  "lead=Lead",
  "marketingqualifiedlead=Marketing qualified lead",
  "salesqualifiedlead=Sales qualified lead",
  "opportunity=Opportunity",
  "customer=Customer",
  "evangelist=Evangelist",
  "other=Other",
]);
const leadStatuses = toOptions([
  "NEW=New",
  "OPEN=Open",
  "IN_PROGRESS=In progress",
  "OPEN_DEAL=Open deal",
  "UNQUALIFIED=Unqualified",
  "ATTEMPTED_TO_CONTACT=Attempted to contact",
  "CONNECTED=Connected",
  "BAD_TIMING=Bad timing",
]);
const trafficSources = toOptions([
  "ORGANIC_SEARCH",
  "PAID_SEARCH",
  "EMAIL_MARKETING",
  "SOCIAL_MEDIA",
  "REFERRALS",
  "OTHER_CAMPAIGNS",
  "DIRECT_TRAFFIC",
  "OFFLINE",
  "PAID_SOCIAL",
]);
const bounceReasons = toOptions(["CONTENT", "MAILBOX_FULL", "OTHER", "POLICY", "SPAM", "UNKNOWN_USER"]);
const quarantineReasons = ["SUSPENSION_REMEDIATION", "BLOCKLIST_REMEDIATION", "TRUST_SAFETY_REMEDIATION"];

/** Zones as the vendor spells them: "Europe/Berlin" is `europe_slash_berlin`. */
function timeZoneOptions(): PropertyOption[] {
  return Intl.supportedValuesOf("timeZone").map((zone, displayOrder) => ({
    label: `${zone.replaceAll("_", " ")}`,
    value: zone.toLowerCase().replaceAll("/", "_slash_").replaceAll("-", "_hyphen_"),
    displayOrder,
    hidden: false,
  }));
}

function languageOptions(): PropertyOption[] {
  const codes =
    "ar bg cs da de de-at de-ch el en en-gb en-us es es-mx et fi fr fr-ca fr-ch hr hu it ja ko lt lv nl no pl pt pt-br ro ru sk sl sv tr uk zh";
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return codes
    .split(" ")
    .map((value, displayOrder) => ({ label: names.of(value) ?? value, value, displayOrder, hidden: false }));
}

/** Labels, options and references of contact properties. */
export const contactTexts: PropertyTexts = {
  labels: {
    address: "Street address",
    annualrevenue: "Annual revenue",
    associatedcompanyid: "Primary company ID",
    closedate: "Close date",
    company: "Company name",
    country: "Country/region",
    createdate: "Create date",
    email: "Email",
    fax: "Fax number",
    firstname: "First name",
    hs_additional_emails: "Additional email addresses",
    hs_email_optout: "Opted out of all email",
    hs_lead_status: "Lead status",
    hs_object_id: "Record ID",
    hubspot_owner_id: "Contact owner",
    industry: "Industry",
    jobtitle: "Job title",
    lastmodifieddate: "Last modified date",
    lastname: "Last name",
    lifecyclestage: "Lifecycle stage",
    mobilephone: "Mobile phone number",
    numemployees: "Number of employees",
    phone: "Phone number",
    state: "State/region",
    website: "Website URL",
    zip: "Postal code",
  },
  options: {
    lifecyclestage: lifecycleStages,
    hs_lead_status: leadStatuses,
    hs_analytics_source: trafficSources,
    hs_latest_source: trafficSources,
    hs_timezone: timeZoneOptions(),
    hs_language: languageOptions(),
    numemployees: toOptions([
      "1-5=1-5",
      "5-25=5-25",
      "25-50=25-50",
      "50-100=50-100",
      "100-500=100-500",
      "500-1000=500-1000",
      "1000+=1000+",
    ]),
    hs_buying_role: toOptions([
      "BLOCKER",
      "BUDGET_HOLDER",
      "CHAMPION",
      "DECISION_MAKER",
      "END_USER",
      "EXECUTIVE_SPONSOR",
      "INFLUENCER",
      "LEGAL_AND_COMPLIANCE",
      "OTHER",
    ]),
    hs_content_membership_status: toOptions(["active", "inactive"]),
    hs_email_hard_bounce_reason: bounceReasons,
    hs_email_hard_bounce_reason_enum: bounceReasons,
    hs_email_customer_quarantined_reason: toOptions(quarantineReasons),
    hs_email_quarantined_reason: toOptions([
      "ON_LIST_IMPORT",
      "HIGH_HARD_BOUNCE_RATE",
      "MULTIPLE_CANCELLED_CAMPAIGNS",
      "FORM_ABUSE",
      "RECIPIENT_COMPLAINT",
      ...quarantineReasons,
      "OTHER",
    ]),
    hs_feedback_last_nps_rating: toOptions(Array.from({ length: 11 }, (_, score) => `${score}=${score}`)),
    hs_legal_basis: toOptions(
      [
        "Legitimate interest – prospect/lead",
        "Legitimate interest – existing customer",
        "Legitimate interest - other",
        "Performance of a contract",
        "Freely given consent from contact",
        "Not applicable",
      ].map((text) => `${text}=${text}`),
    ),
    hs_marketable_reason_type: toOptions([
      "AD",
      "CONTACT_IMPORT",
      "CONVERSATION",
      "FORM_SUBMISSION",
      "INITIAL_STATE",
      "INTEGRATOR_SET",
      "USER_SET",
      "WORKFLOW",
    ]),
    hs_predictivecontactscorebucket: toOptions(["bucket_1", "bucket_2", "bucket_3", "bucket_4"]),
    hs_predictivescoringtier: toOptions(["tier_1", "tier_2", "tier_3", "tier_4", "closed_won"]),
    hs_sa_first_engagement_object_type: toOptions(["CALL", "CONVERSATION_SESSION", "EMAIL", "MEETING_EVENT", "TASK"]),
  },
  references: { associatedcompanyid: "COMPANY", hubspot_owner_id: "OWNER", hs_latest_sequence_enrolled: "SEQUENCE" },
};

/** Labels, options and references of company properties. */
export const companyTexts: PropertyTexts = {
  labels: {
    name: "Company name",
    domain: "Company domain name",
    website: "Website URL",
    phone: "Phone number",
    address: "Street address",
    address2: "Street address 2",
    state: "State/region",
    zip: "Postal code",
    country: "Country/region",
    numberofemployees: "Number of employees",
    annualrevenue: "Annual revenue",
    hubspot_owner_id: "Company owner",
    hs_object_id: "Record ID",
    hs_lastmodifieddate: "Last modified date",
    createdate: "Create date",
    is_public: "Is public",
    founded_year: "Year founded",
    lifecyclestage: "Lifecycle stage",
    hs_lead_status: "Lead status",
  },
  options: {
    industry: toOptions(industryValues),
    type: toOptions(["PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"]),
    lifecyclestage: lifecycleStages,
    hs_lead_status: leadStatuses,
    hs_ideal_customer_profile: toOptions(["tier_1", "tier_2", "tier_3"]),
    hs_analytics_source: trafficSources,
    hs_analytics_latest_source: trafficSources,
  },
  references: { hubspot_owner_id: "OWNER", hs_parent_company_id: "COMPANY" },
};

/** Groups of an object type, from the group names its properties use. */
export function toGroups(names: Iterable<string>): PropertyGroup[] {
  return [...new Set(names)]
    .sort()
    .map((name, displayOrder) => ({ name, label: labelOf(name), displayOrder, archived: false }));
}
