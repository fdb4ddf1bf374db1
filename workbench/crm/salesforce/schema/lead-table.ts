import type { ObjectTable } from "./object-table";

/**
 * Lead: one line a field, `name|label|type|size|flags|more` as object-table.ts reads it. Facts of the standard object as public
 * describes of real orgs (v48 to v59) show them; fields of those orgs' own are left out.
 */
export const LEAD_TABLE: ObjectTable = {
  name: "Lead",
  label: "Lead",
  labelPlural: "Leads",
  keyPrefix: "00Q",
  mergeable: true,
  fields: `
Id|Lead ID|id|18|dfsgai
IsDeleted|Deleted|boolean||dfsg
MasterRecordId|Master Record ID|reference|18|nfsga|to Lead as MasterRecord
LastName|Last Name|string|80|cufsga|in Name; is personname
FirstName|First Name|string|40|ncufsga|in Name; is personname
Salutation|Salutation|picklist|40|ncufsga|in Name; is personname
Name|Full Name|string|121|fsgaN|is personname
Title|Title|string|128|ncufsgap
Company|Company|string|255|cufsga
Street|Street|textarea|255|ncufsgap|in Address; is plaintextarea
City|City|string|40|ncufsgap|in Address
State|State/Province|string|80|ncufsgap|in Address
PostalCode|Zip/Postal Code|string|20|ncufsgap|in Address
Country|Country|string|80|ncufsgap|in Address
Latitude|Latitude|double|18.15|ncufsap|in Address
Longitude|Longitude|double|18.15|ncufsap|in Address
GeocodeAccuracy|Geocode Accuracy|picklist|40|ncufsgarp|in Address
Address|Address|address||nfpD
Phone|Phone|phone|40|ncufsgap
MobilePhone|Mobile Phone|phone|40|ncufsgap
Fax|Fax|phone|40|ncufsgap
Email|Email|email|80|ncufsgaip
Website|Website|url|255|ncufsgap
PhotoUrl|Photo URL|url|255|nfsga|is imageurl
Description|Description|textarea|32000|ncup|is plaintextarea
LeadSource|Lead Source|picklist|255|ncufsgap
Status|Status|picklist|255|cudfsga|default Open - Not Contacted
Industry|Industry|picklist|255|ncufsgap
Rating|Rating|picklist|255|ncufsgap
AnnualRevenue|Annual Revenue|currency|18.0|ncufsap
NumberOfEmployees|Employees|int|d8|ncufsgap
OwnerId|Owner ID|reference|18|cudfsgaPm|to Group+User as Owner
IsConverted|Converted|boolean||cdfsg
ConvertedDate|Converted Date|date||nfsga
ConvertedAccountId|Converted Account ID|reference|18|nfsgaS|to Account as ConvertedAccount
ConvertedContactId|Converted Contact ID|reference|18|nfsgaS|to Contact as ConvertedContact
ConvertedOpportunityId|Converted Opportunity ID|reference|18|nfsgaS|to Opportunity as ConvertedOpportunity
IsUnreadByOwner|Unread By Owner|boolean||cudfsg
CreatedDate|Created Date|datetime||dfsa
CreatedById|Created By ID|reference|18|dfsga|to User as CreatedBy
LastModifiedDate|Last Modified Date|datetime||dfsa
LastModifiedById|Last Modified By ID|reference|18|dfsga|to User as LastModifiedBy
SystemModstamp|System Modstamp|datetime||dfsa
LastActivityDate|Last Activity|date||nfsga
LastViewedDate|Last Viewed Date|datetime||nfsa
LastReferencedDate|Last Referenced Date|datetime||nfsa
Jigsaw|Data.com Key|string|20|ncufsgap
JigsawContactId|Jigsaw Contact ID|string|20|nfsga|as JigsawContact
CleanStatus|Clean Status|picklist|40|ncufsgarp
CompanyDunsNumber|Company D-U-N-S Number|string|9|ncufsgap
DandbCompanyId|D&B Company ID|reference|18|ncufsgapS|to DandBCompany as DandbCompany
EmailBouncedReason|Email Bounced Reason|string|255|nufsga
EmailBouncedDate|Email Bounced Date|datetime||nufsa
IndividualId|Individual ID|reference|18|ncufsgaS|to Individual as Individual
`,
  picklists: {
    Salutation: "Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.",
    GeocodeAccuracy: "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown",
    LeadSource: "Web|Phone Inquiry|Partner Referral|Purchased List|Other",
    Status: "Open - Not Contacted*|Working - Contacted|Closed - Converted|Closed - Not Converted",
    Industry:
      "Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|Telecommunications|Transportation|Utilities|Other",
    Rating: "Hot|Warm|Cold",
    CleanStatus:
      "Matched=In Sync|Different|Acknowledged=Reviewed|NotFound=Not Found|Inactive|Pending=Not Compared|SelectMatch=Select Match|Skipped",
  },
};
