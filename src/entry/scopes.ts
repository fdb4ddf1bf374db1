const PREFIX = "https://www.googleapis.com/auth/";

/** Scopes of appsscript.json; a test holds the two lists together. */
export const SCOPES: readonly string[] = [
  `${PREFIX}spreadsheets.currentonly`,
  `${PREFIX}script.container.ui`,
  `${PREFIX}script.external_request`,
  `${PREFIX}script.scriptapp`,
  `${PREFIX}script.send_mail`,
  `${PREFIX}userinfo.email`,
];
