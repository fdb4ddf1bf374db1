import type { ObjectTable } from "./object-table";

/**
 * Account: one line a field, `name|label|type|size|flags|more` as object-table.ts reads it. Facts of the standard object as public
 * describes of real orgs (v48 to v59) show them; fields of those orgs' own are left out.
 */
export const ACCOUNT_TABLE: ObjectTable = {
  name: "Account",
  label: "Account",
  labelPlural: "Accounts",
  keyPrefix: "001",
  mergeable: true,
  fields: `
Id|Account ID|id|18|dfsgai
IsDeleted|Deleted|boolean||dfsg
MasterRecordId|Master Record ID|reference|18|nfsga|to Account as MasterRecord
Name|Account Name|string|255|cufsgaN|in Name; is switchablepersonname
Type|Account Type|picklist|40|ncufsgap
RecordTypeId|Record Type ID|reference|18|ncufsga|to RecordType as RecordType
ParentId|Parent Account ID|reference|18|ncufsgapS|to Account as Parent
BillingStreet|Billing Street|textarea|255|ncufsgap|in BillingAddress; is plaintextarea
BillingCity|Billing City|string|40|ncufsgap|in BillingAddress
BillingState|Billing State/Province|string|80|ncufsgap|in BillingAddress
BillingPostalCode|Billing Zip/Postal Code|string|20|ncufsgap|in BillingAddress
BillingCountry|Billing Country|string|80|ncufsgap|in BillingAddress
BillingLatitude|Billing Latitude|double|18.15|ncufsap|in BillingAddress
BillingLongitude|Billing Longitude|double|18.15|ncufsap|in BillingAddress
BillingGeocodeAccuracy|Billing Geocode Accuracy|picklist|40|ncufsgarp|in BillingAddress
BillingAddress|Billing Address|address||nfpD
ShippingStreet|Shipping Street|textarea|255|ncufsgap|in ShippingAddress; is plaintextarea
ShippingCity|Shipping City|string|40|ncufsgap|in ShippingAddress
ShippingState|Shipping State/Province|string|80|ncufsgap|in ShippingAddress
ShippingPostalCode|Shipping Zip/Postal Code|string|20|ncufsgap|in ShippingAddress
ShippingCountry|Shipping Country|string|80|ncufsgap|in ShippingAddress
ShippingLatitude|Shipping Latitude|double|18.15|ncufsap|in ShippingAddress
ShippingLongitude|Shipping Longitude|double|18.15|ncufsap|in ShippingAddress
ShippingGeocodeAccuracy|Shipping Geocode Accuracy|picklist|40|ncufsgarp|in ShippingAddress
ShippingAddress|Shipping Address|address||nfpD
Phone|Account Phone|phone|40|ncufsgap
Fax|Account Fax|phone|40|ncufsgap
AccountNumber|Account Number|string|40|ncufsgap
Website|Website|url|255|ncufsgap
PhotoUrl|Photo URL|url|255|nfsga|is imageurl
Sic|SIC Code|string|20|ncufsgap
Industry|Industry|picklist|40|ncufsgap
AnnualRevenue|Annual Revenue|currency|18.0|ncufsap
NumberOfEmployees|Employees|int|d8|ncufsgap
Ownership|Ownership|picklist|40|ncufsgap
TickerSymbol|Ticker Symbol|string|20|ncufsgap
Description|Account Description|textarea|32000|ncup|is plaintextarea
Rating|Account Rating|picklist|40|ncufsgap
Site|Account Site|string|80|ncufsgap
OwnerId|Owner ID|reference|18|cudfsga|to User as Owner
CreatedDate|Created Date|datetime||dfsa
CreatedById|Created By ID|reference|18|dfsga|to User as CreatedBy
LastModifiedDate|Last Modified Date|datetime||dfsa
LastModifiedById|Last Modified By ID|reference|18|dfsga|to User as LastModifiedBy
SystemModstamp|System Modstamp|datetime||dfsa
LastActivityDate|Last Activity|date||nfsga
LastViewedDate|Last Viewed Date|datetime||nfsa
LastReferencedDate|Last Referenced Date|datetime||nfsa
IsPartner|Partner Account|boolean||udfsg
IsCustomerPortal|Customer Portal Account|boolean||udfsg
ChannelProgramName|Channel Program Name|string|255|nga
ChannelProgramLevelName|Channel Program Level Name|string|255|nga
Jigsaw|Data.com Key|string|20|ncufsgap
JigsawCompanyId|Jigsaw Company ID|string|20|nfsga|as JigsawCompany
CleanStatus|Clean Status|picklist|40|ncufsgarp
AccountSource|Account Source|picklist|40|ncufsgap
DunsNumber|D-U-N-S Number|string|9|ncufsgap
Tradestyle|Tradestyle|string|255|ncufsgap
NaicsCode|NAICS Code|string|8|ncufsgap
NaicsDesc|NAICS Description|string|120|ncufsgap
YearStarted|Year Started|string|4|ncufsgap
SicDesc|SIC Description|string|80|ncufsgap
DandbCompanyId|D&B Company ID|reference|18|ncufsgapS|to DandBCompany as DandbCompany
OperatingHoursId|Operating Hour ID|reference|18|ncufsgapS|to OperatingHours as OperatingHours
`,
  picklists: {
    Type: "Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|Installation Partner|Technology Partner|Other",
    BillingGeocodeAccuracy: "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown",
    ShippingGeocodeAccuracy: "Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown",
    Industry:
      "Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|Telecommunications|Transportation|Utilities|Other",
    Ownership: "Public|Private|Subsidiary|Other",
    Rating: "Hot|Warm|Cold",
    CleanStatus:
      "Matched=In Sync|Different|Acknowledged=Reviewed|NotFound=Not Found|Inactive|Pending=Not Compared|SelectMatch=Select Match|Skipped",
    AccountSource: "Web|Phone Inquiry|Partner Referral|Purchased List|Other",
  },
};
