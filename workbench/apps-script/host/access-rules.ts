import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { AuthMode } from "./execution";
import type { ServiceCall } from "./service-method";

const SCOPE = "https://www.googleapis.com/auth/";
export const SCOPES = {
  currentSpreadsheet: `${SCOPE}spreadsheets.currentonly`,
  spreadsheets: `${SCOPE}spreadsheets`,
  containerUi: `${SCOPE}script.container.ui`,
  externalRequest: `${SCOPE}script.external_request`,
  scriptApp: `${SCOPE}script.scriptapp`,
  sendMail: `${SCOPE}script.send_mail`,
  email: `${SCOPE}userinfo.email`,
} as const;

interface AccessRule {
  readonly methods: RegExp;
  readonly modes: readonly AuthMode[];
  /** Any one of these is enough; none: no authorisation needed. */
  readonly scopes: readonly string[];
}

const ALWAYS: readonly AuthMode[] = ["NONE", "LIMITED", "FULL"];
const WITH_DOCUMENT: readonly AuthMode[] = ["LIMITED", "FULL"];
const AUTHORISED: readonly AuthMode[] = ["FULL"];

/** First match wins. Sources: the authorisation lifecycle of editor add-ons, and the scopes of the method reference. */
const RULES: readonly AccessRule[] = [
  { methods: /^SpreadsheetApp\.(?:openById|openByUrl|open|create)$/, modes: AUTHORISED, scopes: [SCOPES.spreadsheets] },
  { methods: /^(?:SpreadsheetApp\.getUi|Menu\.)/, modes: ALWAYS, scopes: [] },
  { methods: /^Ui\.show/, modes: AUTHORISED, scopes: [SCOPES.containerUi] },
  { methods: /^Ui\./, modes: AUTHORISED, scopes: [] },
  { methods: /^UrlFetchApp\.fetch/, modes: AUTHORISED, scopes: [SCOPES.externalRequest] },
  {
    methods:
      /^(?:ScriptApp\.(?:getProjectTriggers|getUserTriggers|deleteTrigger)|(?:Clock|Spreadsheet)TriggerBuilder\.)/,
    modes: AUTHORISED,
    scopes: [SCOPES.scriptApp],
  },
  { methods: /^MailApp\./, modes: AUTHORISED, scopes: [SCOPES.sendMail] },
  { methods: /^Session\.get(?:Active|Effective)User$/, modes: WITH_DOCUMENT, scopes: [SCOPES.email] },
  { methods: /^(?:Utilities|Session|HtmlService|Trigger)\./, modes: ALWAYS, scopes: [] },
  { methods: /^(?:ScriptApp|StateTokenBuilder|AuthorizationInfo|User)\./, modes: WITH_DOCUMENT, scopes: [] },
  {
    methods: /^(?:PropertiesService|Properties|CacheService|Cache|LockService|Lock)\./,
    modes: WITH_DOCUMENT,
    scopes: [],
  },
  { methods: /^UrlFetchApp\.getRequest$/, modes: WITH_DOCUMENT, scopes: [] },
  {
    methods: /^(?:SpreadsheetApp|Spreadsheet|Sheet|Range|RangeList|Protection|DeveloperMetadata\w*|Filter\w*)\./,
    modes: WITH_DOCUMENT,
    scopes: [SCOPES.currentSpreadsheet, SCOPES.spreadsheets],
  },
];

/** Namespace under which Google's permission texts name a method. */
const displayName = (op: string): string =>
  /^(?:Spreadsheet|Sheet|Range|RangeList|Protection|Filter)\./.test(op) ? `SpreadsheetApp.${op}` : op;

/**
 * Refuses a call that the AuthMode or the granted scopes do not cover.
 * Simple triggers (LIMITED) act without authorisation: for them only the mode counts.
 */
export function checkAccess(call: ServiceCall): void {
  const rule = RULES.find(({ methods }) => methods.test(call.op));
  if (rule === undefined) {
    return;
  }
  const mode = call.execution.start.authMode;
  if (!rule.modes.includes(mode)) {
    throw new ServiceError(ERROR_TEXTS.notPermitted(displayName(call.op), rule.scopes));
  }
  if (mode === "FULL" && rule.scopes.length > 0 && !rule.scopes.some((scope) => call.state.isGranted(scope))) {
    throw new ServiceError(ERROR_TEXTS.scopesMissing(displayName(call.op), rule.scopes));
  }
}
