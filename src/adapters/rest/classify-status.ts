/** What a status says about the fate of a request. */
export type StatusClass =
  | "ok"
  /** The credential was not accepted; nothing was done. */
  | "unauthorised"
  /** Refused because of a limit or a lock; nothing was done. */
  | "limited"
  /** The server or something before it failed; a write may have happened. */
  | "server-fault"
  /** Any other refusal; nothing was done. */
  | "refused";

/** Statuses that prove that nothing was done: 429 too many, 423 locked, 477 account is being moved (HubSpot). */
const LIMITED: ReadonlySet<number> = new Set([423, 429, 477]);

/** Sorts an HTTP status. 408 counts as a server fault: nobody knows how far the server came. */
export function classifyStatus(status: number): StatusClass {
  if (status >= 200 && status < 300) return "ok";
  if (status === 401) return "unauthorised";
  if (LIMITED.has(status)) return "limited";
  if (status >= 500 || status === 408) return "server-fault";
  return "refused";
}
