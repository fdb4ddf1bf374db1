import type { ObjectTable } from "./object-table";

/**
 * Contact: one line a field, `name|label|type|size|flags|more` as object-table.ts reads it. Facts of the standard object as public
 * describes of real orgs (v48 to v59) show them; fields of those orgs' own are left out.
 */
export const CONTACT_TABLE: ObjectTable = {
  name: "Contact",
  label: "Contact",
  labelPlural: "Contacts",
  keyPrefix: "003",
  mergeable: true,
  fields: `
Id|Contact ID|id|18|dfsgai
IsDeleted|Deleted|boolean||dfsg
MasterRecordId|Master Record ID|reference|18|nfsga|to Contact as MasterRecord
AccountId|Account ID|reference|18|ncufsgapS|to Account as Account
LastName|Last Name|string|80|cufsga|in Name; is personname
FirstName|First Name|string|40|ncufsga|in Name; is personname
Salutation|Salutation|picklist|40|ncufsga|in Name; is personname
Name|Full Name|string|121|fsgaN|is personname
OtherStreet|Other Street|textarea|255|ncufsgap|in OtherAddress; is plaintextarea
OtherCity|Other City|string|40|ncufsgap|in OtherAddress
OtherState|Other State/Province|string|80|ncufsgap|in OtherAddress
OtherPostalCode|Other Zip/Postal Code|string|20|ncufsgap|in OtherAddress
OtherCountry|Other Country|string|80|ncufsgap|in OtherAddress
OtherLatitude|Other Latitude|double|18.15|ncufsap|in OtherAddress
OtherLongitude|Other Longitude|double|18.15|ncufsap|in OtherAddress
OtherGeocodeAccuracy|Other Geocode Accuracy|picklist|40|ncufsgarp|in OtherAddress
OtherAddress|Other Address|address||nfpD
MailingStreet|Mailing Street|textarea|255|ncufsgap|in MailingAddress; is plaintextarea
MailingCity|Mailing City|string|40|ncufsgap|in MailingAddress
MailingState|Mailing State/Province|string|80|ncufsgap|in MailingAddress
MailingPostalCode|Mailing Zip/Postal Code|string|20|ncufsgap|in MailingAddress
MailingCountry|Mailing Country|string|80|ncufsgap|in MailingAddress
MailingLatitude|Mailing Latitude|double|18.15|ncufsap|in MailingAddress
MailingLongitude|Mailing Longitude|double|18.15|ncufsap|in MailingAddress
MailingGeocodeAccuracy|Mailing Geocode Accuracy|picklist|40|ncufsgarp|in MailingAddress
MailingAddress|Mailing Address|address||nfpD
Phone|Business Phone|phone|40|ncufsgap
Fax|Business Fax|phone|40|ncufsgap
MobilePhone|Mobile Phone|phone|40|ncufsgap
HomePhone|Home Phone|phone|40|ncufsgap
OtherPhone|Other Phone|phone|40|ncufsgap
AssistantPhone|Asst. Phone|phone|40|ncufsgap
ReportsToId|Reports To ID|reference|18|ncufsgapS|to Contact as ReportsTo
Email|Email|email|80|ncufsgaip
Title|Title|string|128|ncufsgap
Department|Department|string|80|ncufsgap
AssistantName|Assistant's Name|string|40|ncufsgap
LeadSource|Lead Source|picklist|255|ncufsgap
Birthdate|Birthdate|date||ncufsgap
Description|Contact Description|textarea|32000|ncup|is plaintextarea
OwnerId|Owner ID|reference|18|cudfsga|to User as Owner
CreatedDate|Created Date|datetime||dfsa
CreatedById|Created By ID|reference|18|dfsga|to User as CreatedBy
LastModifiedDate|Last Modified Date|datetime||dfsa
LastModifiedById|Last Modified By ID|reference|18|dfsga|to User as LastModifiedBy
SystemModstamp|System Modstamp|datetime||dfsa
LastActivityDate|Last Activity|date||nfsga
LastCURequestDate|Last Stay-in-Touch Request Date|datetime||nfsa
LastCUUpdateDate|Last Stay-in-Touch Save Date|datetime||nfsa
LastViewedDate|Last Viewed Date|datetime||nfsa
LastReferencedDate|Last Referenced Date|datetime||nfsa
EmailBouncedReason|Email Bounced Reason|string|255|ncufsga
EmailBouncedDate|Email Bounced Date|datetime||ncufsa
IsEmailBounced|Is Email Bounced|boolean||dfsg
PhotoUrl|Photo URL|url|255|nfsga|is imageurl
Jigsaw|Data.com Key|string|20|ncufsgap
JigsawContactId|Jigsaw Contact ID|string|20|nfsga|as JigsawContact
CleanStatus|Clean Status|picklist|40|ncufsgarp
IndividualId|Individual ID|reference|18|ncufsgaS|to Individual as Individual
`,
  picklists: {
    Salutation: "Mr.|Ms.|Mrs.|Dr.|Prof.",
    OtherGeocodeAccuracy: "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown",
    MailingGeocodeAccuracy: "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown",
    LeadSource: "Web|Phone Inquiry|Partner Referral|Purchased List|Other",
    CleanStatus:
      "Matched=In Sync|Different|Acknowledged=Reviewed|NotFound=Not Found|Inactive|Pending=Not Compared|SelectMatch=Select Match|Skipped",
  },
};
