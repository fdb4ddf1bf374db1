/** What the sidebar uses of Google's client: `google.script.run`, each call answered by one of two handlers. */
export interface ScriptRun {
  withSuccessHandler(handler: (reply: unknown) => void): ScriptRun;
  withFailureHandler(handler: (error: unknown) => void): ScriptRun;
  rpc(name: string, json: string): void;
}

/** `google.script.run` of this page; null outside Google Sheets. */
export function findScriptRun(): ScriptRun | null {
  const scope = globalThis as { google?: { script?: { run?: ScriptRun } } };
  return scope.google?.script?.run ?? null;
}
