import type { Workbench } from "../../workbench/server/create-workbench";

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly error?: string };
}

/** Calls the API of a workbench as a script does. */
export function createCaller(workbench: Workbench) {
  const headers = { authorization: `Bearer ${workbench.token}`, "content-type": "application/json" };
  const call = async (path: string, init: RequestInit): Promise<ApiAnswer> => {
    const response = await fetch(`${workbench.url}/api${path}`, { ...init, headers });
    return { status: response.status, body: (await response.json()) as ApiAnswer["body"] };
  };
  return {
    get: (path: string) => call(path, { method: "GET" }),
    post: (path: string, body: object = {}) => call(path, { method: "POST", body: JSON.stringify(body) }),
  };
}
