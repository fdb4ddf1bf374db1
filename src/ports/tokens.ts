import type { Account } from "../domain/account";
import type { CrmName } from "../domain/mapping";

/** A connection of this user. The secret never leaves this port but in a request header. */
export interface Connection {
  readonly crm: CrmName;
  readonly token: string;
  readonly account: Account;
  readonly connectedAtMs: number;
}

/** Connections of the user, in the user's own properties: never in the sheet, never shared. */
export interface Tokens {
  read(crm: CrmName): Connection | null;
  save(connection: Connection): void;
  remove(crm: CrmName): void;
}
