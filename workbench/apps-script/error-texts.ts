/** Error texts of Google's services. Those marked "assumed" are not verified; all others are reported or documented. */
export const ERROR_TEXTS = {
  outsideGrid: "The coordinates of the range are outside the dimensions of the sheet.",
  startingRowTooSmall: "The starting row of the range is too small.",
  startingColumnTooSmall: "The starting column of the range is too small.",
  noRows: "The number of rows in the range must be at least 1.",
  noColumns: "The number of columns in the range must be at least 1.",
  rangeNotFound: "Range not found",
  rowsOutOfBounds: "Those rows are out of bounds.",
  columnsOutOfBounds: "Those columns are out of bounds.",
  allRowsDeleted: "You can't delete all the rows on the sheet.",
  allColumnsDeleted: "You can't delete all the columns on the sheet.",
  rowMismatch: (data: number, range: number) =>
    `The number of rows in the data does not match the number of rows in the range. The data has ${data} but the range has ${range}.`,
  columnMismatch: (data: number, range: number) =>
    `The number of columns in the data does not match the number of columns in the range. The data has ${data} but the range has ${range}.`,
  tooManyCells: "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
  cellTooLong: "Your input contains more than the maximum of 50000 characters in a single cell.",
  sheetNameTaken: (name: string) => `A sheet with the name "${name}" already exists. Please enter another name.`,
  /** assumed */
  lastVisibleSheet: "You can't hide all the sheets in a document.",
  lastSheet: "You can't remove all the visible sheets in a document.",
  /** assumed */
  sheetGone: (id: number) => `Sheet ${id} not found`,
  /** assumed */
  emptySheetName: "Invalid argument: name",
  noUi: "Cannot call SpreadsheetApp.getUi() from this context.",
  metadataPlace:
    "Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the top-level spreadsheet, an individual sheet, or an entire row or column.",
  /** assumed */
  metadataFull: "Developer metadata exceeds the limit of 30000 characters.",
  /** assumed */
  metadataGone: "The developer metadata does not exist.",
  validationRefused: (a1: string) =>
    `The data you entered in cell ${a1} violates the data validation rules set on this cell.`,
  /** assumed: written like the texts of other size limits. */
  propertyTooLong: "Argument too large: value",
  propertyStoreFull: "You have exceeded the property storage quota. Please remove some properties and try again.",
  cacheKeyTooLong: "Argument too large: key",
  cacheValueTooLong: "Argument too large: value",
  lockTimeout: "Lock timeout: another process was holding the lock for too long.",
  urlTooLong: "Limit Exceeded: URLFetch URL Length.",
  /** assumed */
  fetchBodyTooLong: "Limit Exceeded: URLFetch POST Size.",
  /** assumed */
  fetchHeadersTooLong: "Limit Exceeded: URLFetch Header Size.",
  dnsError: (url: string) => `DNS error: ${url}`,
  addressUnavailable: (url: string) => `Address unavailable: ${url}`,
  fetchTimeout: (url: string) => `Timeout: ${url}`,
  /** assumed */
  fetchRefusedByWhitelist: (url: string) => `The URL ${url} is not permitted by the urlFetchWhitelist of the manifest.`,
  invalidUrl: (url: string) => `Invalid argument: ${url}`,
  fetchFailed: (host: string, status: number, body: string) =>
    `Request failed for ${host} returned code ${status}. Truncated server response: ${body} (use muteHttpExceptions option to examine full response)`,
  attributeInvalid: (name: string) => `Attribute provided with invalid value: ${name}`,
  tooManyTimesInADay: (service: string) => `Service invoked too many times for one day: ${service}.`,
  tooManyTimesInAShortTime: (service: string) =>
    `Service invoked too many times in a short time: ${service}. Try Utilities.sleep(1000) between calls.`,
  tooMuchComputerTime: "Service using too much computer time for one day",
  /** assumed */
  tooManyExecutions: "There are too many scripts running simultaneously for this Google user account.",
  addonRecurrence: "The recurrence interval for an Add-on trigger must be at least one hour.",
  everyMinutes: "The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15, or 30.",
  /** assumed */
  everyHours: "The value you passed to everyHours was invalid. It must be one of 1, 2, 4, 6, 8 or 12.",
  tooManyTriggers:
    "This script has too many triggers. Triggers must be deleted from the script before more can be added.",
  /** assumed */
  triggerTypeTaken: "An Add-on may have only one trigger of each type per user and document.",
  /** assumed */
  testDeploymentTrigger: "Installable triggers are not supported in test deployments of an Add-on.",
  /** assumed */
  clockTriggerWithoutTime: "The trigger has no schedule.",
  notPermitted: (method: string, scopes: readonly string[]) =>
    scopes.length === 0
      ? `You do not have permission to call ${method}`
      : `You do not have permission to call ${method}. Required permissions: ${scopes.join(" || ")}`,
  scopesMissing: (method: string, scopes: readonly string[]) =>
    `Specified permissions are not sufficient to call ${method}. Required permissions: ${scopes.join(" || ")}`,
  /** assumed: what requireScopes ends an execution with. */
  authorizationRequired: "Authorization is required to perform that action.",
  signatureMismatch: (types: string, method: string) =>
    `The parameters (${types}) don't match the method signature for ${method}.`,
  documentMissing: (id: string) => `Document ${id} is missing (perhaps it was deleted, or you don't have read access?)`,
  htmlFileMissing: (name: string) => `No HTML file named ${name} was found.`,
  timeExceeded: "Exceeded maximum execution time",
  functionMissing: (name: string) => `Script function not found: ${name}`,
  /** assumed */
  functionHidden: (name: string) => `The function ${name} is private and cannot be called from the client.`,
  /** assumed */
  clientArgument: (path: string) => `Failed due to illegal value in property: ${path}`,
  /** assumed */
  clientReturn: (kind: string) =>
    `The script completed but the returned value is not a supported return type. (${kind})`,
  invalidEmail: (address: string) => `Invalid email: ${address}`,
  noRecipient: "Failed to send email: no recipient",
  /** assumed */
  stateTokenRefused: "The state token is invalid or has expired. Please try again.",
  /** assumed */
  stateTokenTimeout: "The timeout of a state token must be at most 3600 seconds.",
  parseError: "ParseError: Unexpected token ILLEGAL",
  notEmulated: (method: string) => `not emulated: ${method}`,
} as const;

/** An error that a service throws inside the execution. */
export class ServiceError extends Error {
  constructor(
    message: string,
    /** Google's services throw "Exception"; faults of the emulator's coverage are plain errors. */
    readonly errorName = "Exception",
  ) {
    super(message);
    this.name = "ServiceError";
  }
}
