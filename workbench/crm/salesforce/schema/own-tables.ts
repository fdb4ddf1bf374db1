import type { ObjectTable } from "./object-table";

/** System fields that every object has. */
const SYSTEM = `
CreatedDate|Created Date|datetime||dfsa
CreatedById|Created By ID|reference|18|dfsga|to User as CreatedBy
LastModifiedDate|Last Modified Date|datetime||dfsa
LastModifiedById|Last Modified By ID|reference|18|dfsga|to User as LastModifiedBy
SystemModstamp|System Modstamp|datetime||dfsa`;

/** Custom fields of the sandbox's own org, by object: one of each type that people add. Assumed in every flag. */
export const CUSTOM_FIELDS: Readonly<Record<string, Pick<ObjectTable, "fields" | "picklists">>> = {
  Contact: {
    fields: `
Score__c|Score|double|18.2|ncufsap
Renewal_Date__c|Renewal Date|date||ncufsgap
Last_Seen__c|Last Seen|datetime||ncufsap
Newsletter__c|Newsletter|boolean||cudfsgp
Favourite_Colour__c|Favourite Colour|picklist|255|ncufsgapr
Interests__c|Interests|multipicklist|4099|ncufp
External_Ref__c|External Ref|string|40|ncufsgapxqi`,
    picklists: {
      Favourite_Colour__c: "red=Red|hot_pink=Hot pink|blue=Blue",
      Interests__c: "art=Art|food=Food|music=Music|sport=Sport",
    },
  },
  Account: { fields: "\nExternal_Ref__c|External Ref|string|40|ncufsgapxqi" },
};

/** Users of the org, as far as queries about owners go. Assumed: no describe of it is recorded. */
const USER_TABLE: ObjectTable = {
  name: "User",
  label: "User",
  labelPlural: "Users",
  keyPrefix: "005",
  createable: false,
  fields: `
Id|User ID|id|18|dfsgai
Username|Username|string|80|cufsgai
LastName|Last Name|string|80|cufsga|in Name; is personname
FirstName|First Name|string|40|ncufsga|in Name; is personname
Name|Full Name|string|121|fsgaN|is personname
Email|Email|email|128|cufsgai
IsActive|Active|boolean||cudfsg
TimeZoneSidKey|Time Zone|picklist|40|cufsgar
${SYSTEM}`,
};

/** Record types. Assumed but for the fields that recorded queries ask for. */
const RECORD_TYPE_TABLE: ObjectTable = {
  name: "RecordType",
  label: "Record Type",
  labelPlural: "Record Types",
  keyPrefix: "012",
  createable: false,
  fields: `
Id|Record Type ID|id|18|dfsgai
Name|Name|string|80|cufsgaN
DeveloperName|Record Type Name|string|80|cufsga
SobjectType|SObject Type Name|picklist|40|cfsgar
IsActive|Active|boolean||cudfsg
${SYSTEM}`,
};

/** The org itself: the fields of a recorded row that the add-on or a test asks for. */
const ORGANIZATION_TABLE: ObjectTable = {
  name: "Organization",
  label: "Organization",
  labelPlural: "Organizations",
  keyPrefix: "00D",
  createable: false,
  fields: `
Id|Organization ID|id|18|dfsgai
Name|Name|string|80|ufsgaN
PrimaryContact|Primary Contact|string|80|nufsga
DefaultLocaleSidKey|Locale|picklist|40|ufsgar
LanguageLocaleKey|Language|picklist|40|ufsgar
TimeZoneSidKey|Time Zone|picklist|40|ufsgar
OrganizationType|Edition|picklist|40|nfsgar
NamespacePrefix|Namespace Prefix|string|15|nfsga
InstanceName|Instance Name|string|5|nfsga
IsSandbox|Is Sandbox|boolean||dfsg
TrialExpirationDate|Trial Expiration Date|datetime||nfsa
${SYSTEM}`,
};

/** A custom object. Assumed in every flag: the one recorded describe of a custom object was cut down by hand. */
const PROJECT_TABLE: ObjectTable = {
  name: "Project__c",
  label: "Project",
  labelPlural: "Projects",
  keyPrefix: "a0X",
  fields: `
Id|Record ID|id|18|dfsgai
OwnerId|Owner ID|reference|18|cudfsgaPm|to Group+User as Owner
IsDeleted|Deleted|boolean||dfsg
Name|Project Name|string|80|ncudfsgaiN
${SYSTEM}
Account__c|Account|reference|18|ncufsgapS|to Account as Account__r
Budget__c|Budget|currency|18.2|ncufsap
Due__c|Due|date||ncufsgap
Stage__c|Stage|picklist|255|ncufsgap
Done__c|Done|boolean||cudfsgp`,
  picklists: { Stage__c: "Planned|Running|Finished" },
};

/** Objects whose tables are no copies of recorded facts. */
export const OWN_TABLES: readonly ObjectTable[] = [USER_TABLE, RECORD_TYPE_TABLE, ORGANIZATION_TABLE, PROJECT_TABLE];
