import type { Account } from "../../domain/account";
import type { CrmName } from "../../domain/mapping";
import type { Connection, Tokens } from "../../ports/tokens";

const PREFIX = "crmsync.connection.";

/** Connections in the properties of the user: neither the file nor its other users see them. */
export function createTokens(): Tokens {
  const properties = () => PropertiesService.getUserProperties();
  return {
    read: (crm) => parseConnection(crm, properties().getProperty(PREFIX + crm)),
    save(connection) {
      properties().setProperty(PREFIX + connection.crm, JSON.stringify(connection));
    },
    remove(crm) {
      properties().deleteProperty(PREFIX + crm);
    },
  };
}

/** A stored connection that cannot be read is none: the user connects again. */
function parseConnection(crm: CrmName, text: string | null): Connection | null {
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return isConnection(stored) && stored.crm === crm ? stored : null;
  } catch {
    return null;
  }
}

function isConnection(value: unknown): value is Connection {
  if (typeof value !== "object" || value === null) return false;
  const one: Partial<Record<keyof Connection, unknown>> = value;
  return (
    typeof one.token === "string" && one.token !== "" && typeof one.connectedAtMs === "number" && isAccount(one.account)
  );
}

function isAccount(value: unknown): value is Account {
  if (typeof value !== "object" || value === null) return false;
  const one: Partial<Record<keyof Account, unknown>> = value;
  return typeof one.id === "string" && typeof one.name === "string" && typeof one.uiHost === "string";
}
