import type { CrmName } from "../../../domain/mapping";

/** Value of the tag on the column that holds record ids. */
export const ID_TAG = "id";

/** Value of the tag on the status column. */
export const STATUS_TAG = "status";

const KEY_PREFIX = "crmsync.";

/** Key of all column tags of one mapping. */
export function tagKey(mappingId: string): string {
  return `${KEY_PREFIX}${mappingId}`;
}

/** Is the tag one of ours, of whichever mapping? */
export function isOwnTag(key: string): boolean {
  return key.startsWith(KEY_PREFIX);
}

const CRM_TITLES: Readonly<Record<CrmName, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

/** Headers of the add-on's own columns on a tab with one mapping. */
export const SHARED_ID_HEADER = "CRM record ID";
export const SHARED_STATUS_HEADER = "CRM sync status";

/** Headers of the add-on's own columns where a tab has one mapping, and where it has several. */
export function ownHeaders(crm: CrmName): {
  readonly id: readonly [string, string];
  readonly status: readonly [string, string];
} {
  return {
    id: [SHARED_ID_HEADER, `${CRM_TITLES[crm]} record ID`],
    status: [SHARED_STATUS_HEADER, `${CRM_TITLES[crm]} sync status`],
  };
}
