import { useCallback, useEffect, useState } from "preact/hooks";
import { getJson } from "./api-client";
import type { PageHub } from "./page-hub";

/** What was loaded last, and a way to load it again. */
export interface Loaded<Answer> {
  readonly answer: Answer | null;
  readonly error: string | null;
  reload(): void;
}

/**
 * Loads from the API: at first, after each execution, after a reset, and every `everyMs` milliseconds when that is given.
 */
export function useLoaded<Answer>(hub: PageHub, path: string, everyMs?: number): Loaded<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<string | null>(null);
  const reload = useCallback(() => {
    getJson<Answer>(path).then(
      (loaded) => {
        setAnswer(loaded);
        setError(null);
      },
      (failure: unknown) => setError(failure instanceof Error ? failure.message : String(failure)),
    );
  }, [path]);
  useEffect(() => {
    reload();
    return hub.onEvent((event) => {
      if (event.kind === "execution-ended" || event.kind === "reset") reload();
    });
  }, [hub, reload]);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
  return { answer, error, reload };
}
