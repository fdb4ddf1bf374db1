import type { Account } from "../domain/account";
import { SyncError } from "../domain/errors";
import type { CrmName } from "../domain/mapping";
import type { Crm } from "../ports/crm";
import type { Connection } from "../ports/tokens";
import type { AppDeps } from "./app-deps";

const CRM_TITLES: Readonly<Record<CrmName, string>> = { hubspot: "HubSpot", salesforce: "Salesforce" };

/** Name of a CRM for people. */
function crmTitle(crm: CrmName): string {
  return CRM_TITLES[crm];
}

/** The user's connection. Throws SyncError auth `not-connected`. */
export function requireConnection(deps: AppDeps, crm: CrmName): Connection {
  const connection = deps.tokens.read(crm);
  if (connection) return connection;
  throw new SyncError("auth", "not-connected", `You are not connected to ${crmTitle(crm)}.`, {
    hint: `Connect to ${crmTitle(crm)} in the sidebar first.`,
  });
}

/** Client with the user's stored token; no call is made yet. */
export function openCrm(deps: AppDeps, crm: CrmName, deadlineMs: number): Crm {
  return deps.connect(crm, requireConnection(deps, crm).token, deadlineMs);
}

/** Asks the CRM which account the token leads to (rule R20) and keeps what it says. */
export function checkAccount(deps: AppDeps, crm: Crm): Account {
  const connection = requireConnection(deps, crm.name);
  const account = crm.check();
  if (account.id !== connection.account.id || account.name !== connection.account.name) {
    deps.tokens.save({ ...connection, account });
  }
  return account;
}
