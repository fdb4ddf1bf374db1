import { useEffect, useState } from "preact/hooks";

const TICK_MS = 1_000;

/** The time now, moving once a second while `active`, for countdowns. */
export function useNow(active: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return undefined;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [active]);
  return nowMs;
}
