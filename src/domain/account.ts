import type { CrmName } from "./mapping";

/** The portal or organisation behind a connection. */
export interface Account {
  readonly crm: CrmName;
  /** HubSpot portal id, Salesforce organisation id (18 characters). */
  readonly id: string;
  /** Name for people: "Acme (eu1)". */
  readonly name: string;
  /** Time zone of the account (IANA) where the CRM tells it. */
  readonly timeZone: string | null;
  /** Host of the CRM's own pages, without protocol: "app-eu1.hubspot.com". */
  readonly uiHost: string;
}
