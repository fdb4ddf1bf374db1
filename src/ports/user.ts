/** The person an execution runs as. */
export interface User {
  /** E-mail address, or `""` where Google does not tell it. */
  email(): string;
  /** Scopes of the manifest that the user has not granted. */
  missingScopes(): readonly string[];
}
