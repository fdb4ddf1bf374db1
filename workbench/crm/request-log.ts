/** One request a sandbox answered. Credentials are never kept. */
export interface LoggedRequest {
  /** Epoch ms of the sandbox's clock. */
  readonly at: number;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Status sent; 0 when no answer was sent. */
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Body texts, cut at `maxLoggedCharacters`. */
  readonly requestBody: string;
  readonly responseBody: string;
  /** Request headers with the credential replaced. */
  readonly headers: Readonly<Record<string, string>>;
  /** Name of the fault that was injected, if any. */
  readonly fault: string | null;
}

/** Newest requests of a sandbox, oldest first. */
export interface RequestLog {
  append(entry: LoggedRequest): void;
  all(): readonly LoggedRequest[];
  clear(): void;
}

const maxEntries = 5_000;
/** Characters of a body that are kept; a page of 100 records with many fields fits. */
const maxLoggedCharacters = 100_000;

/** Creates a log that forgets its oldest entries beyond 5,000. */
export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    append: (entry) => {
      entries.push(entry);
      if (entries.length > maxEntries * 2) entries = entries.slice(-maxEntries);
    },
    all: () => entries.slice(-maxEntries),
    clear: () => {
      entries = [];
    },
  };
}

const secretHeaders = /^(authorization|cookie|x-control-key)$/i;

/** Copies headers for the log; values that grant access become "[redacted]". */
export function redactHeaders(headers: Iterable<readonly [string, string]>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) kept[name] = secretHeaders.test(name) ? "[redacted]" : value;
  return kept;
}

const secretFields =
  /("?(?:access_token|refresh_token|client_secret|token|code|code_verifier)"?\s*[:=]\s*"?)([^"&\s,}]+)/gi;

/** Text of a body for the log, long texts cut; in bodies of a token endpoint the secrets are replaced. */
export function toLoggedBody(text: string, holdsSecrets: boolean): string {
  const safe = holdsSecrets ? text.replace(secretFields, "$1[redacted]") : text;
  return safe.slice(0, maxLoggedCharacters);
}
