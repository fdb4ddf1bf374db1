/** Blocking HTTP. Throws only `SyncError` of kind `retryable` with code `timeout` or `network`; every status is an answer. */
export interface Http {
  send(request: HttpRequest): HttpResponse;
  /** In parallel; answers in the order of the requests. */
  sendAll(requests: readonly HttpRequest[]): readonly HttpResponse[];
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON or form text; null: none. */
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
