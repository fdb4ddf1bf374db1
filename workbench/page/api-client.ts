/** Name of this page towards the server: it is not told of its own edits. */
export const clientName = crypto.randomUUID();

/** An answer that is not a success. */
export class ApiFailure extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads from the workbench's API.
 *
 * @throws ApiFailure with the server's message
 */
export async function getJson<Answer>(path: string): Promise<Answer> {
  return toAnswer<Answer>(await fetch(`/api${path}`));
}

/**
 * Calls the workbench's API.
 *
 * @throws ApiFailure with the server's message
 */
export async function postJson<Answer>(path: string, body: object = {}): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return toAnswer<Answer>(await fetch(`/api${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function toAnswer<Answer>(response: Response): Promise<Answer> {
  const answer: unknown = await response.json().catch(() => ({ error: `Status ${response.status}` }));
  if (!response.ok) throw new ApiFailure(response.status, messageOf(answer));
  return answer as Answer;
}

function messageOf(answer: unknown): string {
  return typeof answer === "object" && answer !== null && "error" in answer ? String(answer.error) : "Unknown error";
}

/**
 * Trades the token of the address for a cookie and takes it out of the address bar.
 *
 * @returns whether the page may talk to the server
 */
export async function openSession(): Promise<boolean> {
  const token = /(?:^#|&)token=([\w-]+)/.exec(location.hash)?.[1];
  if (token !== undefined) {
    history.replaceState(null, "", location.pathname);
    await fetch("/api/session", { method: "POST", headers: { authorization: `Bearer ${token}` } });
  }
  return (await fetch("/api/clock")).ok;
}
