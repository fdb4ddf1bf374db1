import type { ContextBridge } from "../rpc-protocol";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FIELDS = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"] as const;

type DatePrototype = Record<string, (this: Date, ...args: number[]) => unknown>;

/**
 * Makes `Date` read the emulated clock and work in the time zone of the script project, whatever zone the machine has.
 */
export function installDate(scope: Record<string, unknown>, bridge: ContextBridge): void {
  const RealDate = Date;
  const zone = createZone(bridge);
  patchGetters(zone);
  patchSetters(zone);
  patchTexts(zone, bridge.timeZone);
  const parse = createParser(RealDate.parse, zone);
  const replacement = new Proxy(RealDate, {
    construct(target, args: unknown[], newTarget) {
      return Reflect.construct(target, constructorArguments(args, bridge, zone, parse), newTarget);
    },
    apply: () => new RealDate(bridge.now()).toString(),
    get(target, property, receiver) {
      if (property === "now") {
        return () => Math.floor(bridge.now());
      }
      return property === "parse" ? parse : Reflect.get(target, property, receiver);
    },
  });
  Object.defineProperty(RealDate.prototype, "constructor", { value: replacement, writable: true, configurable: true });
  Object.defineProperty(scope, "Date", { value: replacement, writable: true, configurable: true });
}

interface Zone {
  readonly toLocal: (ms: number) => number;
  readonly fromLocal: (ms: number) => number;
}

function createZone(bridge: ContextBridge): Zone {
  return {
    toLocal: (ms) => ms + bridge.offsetAt(ms),
    fromLocal(ms) {
      if (Number.isNaN(ms)) {
        return ms;
      }
      const guess = ms - bridge.offsetAt(ms);
      return ms - bridge.offsetAt(guess);
    },
  };
}

function constructorArguments(
  args: readonly unknown[],
  bridge: ContextBridge,
  zone: Zone,
  parse: (text: string) => number,
): unknown[] {
  if (args.length === 0) {
    return [Math.floor(bridge.now())];
  }
  if (args.length === 1) {
    return typeof args[0] === "string" ? [parse(args[0])] : [args[0]];
  }
  const [year, month, ...rest] = args.map(Number);
  return [zone.fromLocal(Date.UTC(year ?? Number.NaN, month ?? 0, ...rest))];
}

function patchGetters(zone: Zone): void {
  const prototype = Date.prototype as unknown as DatePrototype;
  for (const field of [...FIELDS, "Day"]) {
    const readUtc = prototype[`getUTC${field}`];
    prototype[`get${field}`] = function () {
      return readUtc?.call(new Date(zone.toLocal(this.getTime())));
    };
  }
  prototype.getTimezoneOffset = function () {
    return (this.getTime() - zone.toLocal(this.getTime())) / 60_000;
  };
}

function patchSetters(zone: Zone): void {
  const prototype = Date.prototype as unknown as DatePrototype;
  for (const field of FIELDS) {
    const writeUtc = prototype[`setUTC${field}`];
    prototype[`set${field}`] = function (...values) {
      const local = new Date(zone.toLocal(this.getTime()));
      writeUtc?.apply(local, values);
      return this.setTime(zone.fromLocal(local.getTime()));
    };
  }
}

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

function patchTexts(zone: Zone, timeZone: string): void {
  const prototype = Date.prototype as unknown as Record<string, unknown>;
  const datePart = (date: Date): string =>
    `${WEEKDAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${pad(date.getDate())} ${pad(date.getFullYear(), 4)}`;
  const timePart = (date: Date): string => {
    const offset = Math.round((zone.toLocal(date.getTime()) - date.getTime()) / 60_000);
    const size = Math.abs(offset);
    const sign = offset < 0 ? "-" : "+";
    const name = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "long" })
      .formatToParts(date)
      .find((part) => part.type === "timeZoneName")?.value;
    const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
    return `${clock} GMT${sign}${pad(Math.floor(size / 60))}${pad(size % 60)} (${name})`;
  };
  const valid = (write: (date: Date) => string) =>
    function (this: Date): string {
      return Number.isNaN(this.getTime()) ? "Invalid Date" : write(this);
    };
  prototype.toString = valid((date) => `${datePart(date)} ${timePart(date)}`);
  prototype.toDateString = valid(datePart);
  prototype.toTimeString = valid(timePart);
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const) {
    const original = Date.prototype[name];
    prototype[name] = function (this: Date, locales?: string, options?: Intl.DateTimeFormatOptions): string {
      return original.call(this, locales ?? "en-US", { timeZone, ...options });
    };
  }
}

/** ISO dates without a time are UTC; a text without a zone is local time of the script. */
function createParser(parseReal: (text: string) => number, zone: Zone): (text: string) => number {
  const namesZone = /(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?\s*$/i;
  return (text) => {
    const trimmed = String(text).trim();
    if (/^[+-]?\d{4,6}(?:-\d{2}){0,2}$/.test(trimmed) || namesZone.test(trimmed.replace(/^\d{4}-\d{2}-\d{2}$/, ""))) {
      return parseReal(trimmed);
    }
    const asUtc = parseReal(/\dT\d/.test(trimmed) ? `${trimmed}Z` : `${trimmed} UTC`);
    return Number.isNaN(asUtc) ? parseReal(trimmed) : zone.fromLocal(asUtc);
  };
}
