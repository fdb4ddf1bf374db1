import type { Account } from "../../domain/account";
import { SyncError } from "../../domain/errors";
import type { ObjectType } from "../../domain/schema";
import type { Endpoints } from "./endpoints";
import type { HubspotClient } from "./hubspot-client";
import { requireFacts } from "./object-facts";
import { type AccountWire, accountWire, parseWire } from "./wire";

const DEFAULT_UI_HOST = "app.hubspot.com";

/** The portal behind the token. */
export function readAccount(client: HubspotClient, endpoints: Endpoints): Account {
  const wire = parseWire(accountWire, client.get(endpoints.account()));
  const id = String(wire.portalId);
  if (!/^\d+$/.test(id)) throw new SyncError("retryable", "bad-answer", "HubSpot did not say which account this is.");
  return {
    crm: "hubspot",
    id,
    name: toName(id, wire),
    timeZone: wire.timeZone || null,
    uiHost: toUiHost(wire.uiDomain ?? ""),
  };
}

function toName(id: string, wire: AccountWire): string {
  const kind =
    wire.accountType && wire.accountType !== "STANDARD" ? wire.accountType.toLowerCase().replace(/_/g, " ") : "";
  const details = [wire.companyCurrency, wire.dataHostingLocation, kind].filter((detail) => detail);
  return details.length === 0 ? `Portal ${id}` : `Portal ${id} (${details.join(", ")})`;
}

/** Links lead to HubSpot's own hosts only, whatever the answer says. */
function toUiHost(told: string): string {
  return /^app(-[a-z0-9]+)*\.hubspot\.com$/.test(told) ? told : DEFAULT_UI_HOST;
}

/** Address of a record's page. */
export function toRecordUrl(account: Account, type: ObjectType, id: string): string {
  const { typeId } = requireFacts(type);
  const host = toUiHost(account.uiHost);
  return `https://${host}/contacts/${encodeURIComponent(account.id)}/record/${typeId}/${encodeURIComponent(id)}`;
}
