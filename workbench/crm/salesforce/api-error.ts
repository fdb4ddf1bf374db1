/** One error of an answer or of a row. `fields` is left out where the recorded answers have none. */
export interface SalesforceError {
  readonly errorCode: string;
  readonly message: string;
  readonly fields?: readonly string[];
}
