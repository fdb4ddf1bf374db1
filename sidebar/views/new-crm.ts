import type { CrmName } from "../../src/contract/views";

/** The CRM that the sidebar offers to connect. */
export const NEW_CRM: CrmName = "hubspot";
