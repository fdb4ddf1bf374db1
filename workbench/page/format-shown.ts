/** A moment as `14:03:59`, in the browser's zone. */
export function toClockText(ms: number): string {
  return new Date(ms).toLocaleTimeString("en-GB");
}

/** A moment as `2026-03-01 14:03:59`, in the browser's zone. */
export function toMomentText(ms: number): string {
  return new Date(ms).toLocaleString("sv-SE");
}

/** Milliseconds as `340 ms`, `12.3 s` or `4 min 10 s`. */
export function toDurationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** JSON with line breaks; other text as it is. */
export function toReadableBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
