import type { User } from "../../ports/user";

/** `getAuthorizationInfo` with a list of scopes, which the published types lack. */
interface ScopedScriptApp {
  getAuthorizationInfo(
    mode: GoogleAppsScript.Script.AuthMode,
    scopes: string[],
  ): GoogleAppsScript.Script.AuthorizationInfo;
}

/** The person the execution runs as. `scopes`: those of the manifest. */
export function createUser(scopes: readonly string[]): User {
  return {
    email() {
      try {
        return Session.getEffectiveUser().getEmail();
      } catch {
        // Without the scope, or in another organisation's file: everything but the name in the history works.
        return "";
      }
    },
    missingScopes: () => scopes.filter(isMissing),
  };
}

function isMissing(scope: string): boolean {
  try {
    const info = (ScriptApp as unknown as ScopedScriptApp).getAuthorizationInfo(ScriptApp.AuthMode.FULL, [scope]);
    return info.getAuthorizationStatus() === ScriptApp.AuthorizationStatus.REQUIRED;
  } catch {
    // Not told: the call that needs the scope will say so.
    return false;
  }
}
