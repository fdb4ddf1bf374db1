import type { Zone } from "../../src/domain/zone";

/** A zone of the domain made from the time zone data of the JavaScript engine. */
export function createIntlZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  return { name, offsetMinutes: (instantMs) => readOffset(format, instantMs) };
}

/** Before there was standard time offsets have seconds: `GMT+00:53:28`. */
function readOffset(format: Intl.DateTimeFormat, instantMs: number): number {
  const shown = format.formatToParts(instantMs).find((part) => part.type === "timeZoneName")?.value ?? "";
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(shown);
  if (!match) throw new Error(`no offset in "${shown}"`);
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) + Number(match[4] ?? 0) / 60;
  return match[1] === "-" ? -minutes : minutes;
}
