import type { Account } from "../domain/account";
import { SyncError } from "../domain/errors";
import type { Mapping } from "../domain/mapping";

/** Throws SyncError config when the account behind the connection is not the mapping's (R20). */
export function requireAccount(mapping: Mapping, account: Account): void {
  if (mapping.accountId === account.id) return;
  throw new SyncError("config", "other-account", `"${mapping.name}" belongs to another account than ${account.name}.`, {
    hint: "Reconnect with the account it was made for. To move it to this account, open the mapping and save it: its record IDs are taken out of the sheet, and the next sync links rows by their key.",
  });
}
