import type { ObjectTable } from "./object-table";

/**
 * Opportunity: one line a field, `name|label|type|size|flags|more` as object-table.ts reads it. Facts of the standard object as public
 * describes of real orgs (v48 to v59) show them; fields of those orgs' own are left out.
 */
export const OPPORTUNITY_TABLE: ObjectTable = {
  name: "Opportunity",
  label: "Opportunity",
  labelPlural: "Opportunities",
  keyPrefix: "006",
  mergeable: false,
  fields: `
Id|Opportunity ID|id|18|dfsgai
IsDeleted|Deleted|boolean||dfsg
AccountId|Account ID|reference|18|ncufsgapS|to Account as Account
IsPrivate|Private|boolean||cudfsgp
Name|Name|string|120|cufsgaiN
Description|Description|textarea|32000|ncup|is plaintextarea
StageName|Stage|picklist|255|cufsga
Amount|Amount|currency|18.2|ncufsap
Probability|Probability (%)|percent|3.0|ncudfsap
ExpectedRevenue|Expected Amount|currency|18.2|nfsap
TotalOpportunityQuantity|Quantity|double|18.2|ncufsap
CloseDate|Close Date|date||cufsga
Type|Opportunity Type|picklist|255|ncufsgap
NextStep|Next Step|string|255|ncufsgap
LeadSource|Lead Source|picklist|255|ncufsgap
IsClosed|Closed|boolean||dfsg
IsWon|Won|boolean||dfsg
ForecastCategory|Forecast Category|picklist|40|fsgar
ForecastCategoryName|Forecast Category|picklist|255|ncudfsgar
CampaignId|Campaign ID|reference|18|ncufsgapS|to Campaign as Campaign
HasOpportunityLineItem|Has Line Item|boolean||dfsg
Pricebook2Id|Price Book ID|reference|18|ncudfsgaS|to Pricebook2 as Pricebook2
OwnerId|Owner ID|reference|18|cudfsga|to User as Owner
CreatedDate|Created Date|datetime||dfsa
CreatedById|Created By ID|reference|18|dfsga|to User as CreatedBy
LastModifiedDate|Last Modified Date|datetime||dfsa
LastModifiedById|Last Modified By ID|reference|18|dfsga|to User as LastModifiedBy
SystemModstamp|System Modstamp|datetime||dfsa
LastActivityDate|Last Activity|date||nfsga
LastStageChangeDate|Last Stage Change Date|datetime||nfsa
FiscalQuarter|Fiscal Quarter|int|d8|nfsga|in Fiscal
FiscalYear|Fiscal Year|int|d8|nfsga|in Fiscal
Fiscal|Fiscal Period|string|6|nfsga
ContactId|Contact ID|reference|18|ncfsga|to Contact
LastViewedDate|Last Viewed Date|datetime||nfsa
LastReferencedDate|Last Referenced Date|datetime||nfsa
HasOpenActivity|Has Open Activity|boolean||dg
HasOverdueTask|Has Overdue Task|boolean||dg
LastAmountChangedHistoryId|Opportunity History ID|reference|18|nfsgaS|to OpportunityHistory as LastAmountChangedHistory
LastCloseDateChangedHistoryId|Opportunity History ID|reference|18|nfsgaS|to OpportunityHistory as LastCloseDateChangedHistory
`,
  picklists: {
    StageName:
      "Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|Perception Analysis|Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost",
    Type: "Existing Customer - Upgrade|Existing Customer - Replacement|Existing Customer - Downgrade|New Customer",
    LeadSource: "Web|Phone Inquiry|Partner Referral|Purchased List|Other",
    ForecastCategory: "Omitted|Pipeline|BestCase=Best Case|MostLikely=Most Likely|Forecast=Commit|Closed",
    ForecastCategoryName: "Omitted|Pipeline|Best Case|Commit|Closed",
  },
};
