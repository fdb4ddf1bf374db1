import { currentBridge } from "./bridge";

function toText(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (value instanceof Error) {
    return value.stack ?? `${value.name}: ${value.message}`;
  }
  if (typeof value === "object" && value !== null) {
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  }
  return String(value);
}

/** printf-like `%s %d %i %f %j %o`, as console.log and Logger.log know it. */
function formatLine(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  if (typeof first !== "string" || rest.length === 0) {
    return args.map(toText).join(" ");
  }
  let used = 0;
  const text = first.replace(/%[sdifjo%]/g, (match) => {
    if (match === "%%") {
      return "%";
    }
    return used < rest.length ? toText(rest[used++]) : match;
  });
  return [text, ...rest.slice(used).map(toText)].join(" ");
}

const write = (level: string, args: readonly unknown[]): void => currentBridge().log(`${level}: ${formatLine(args)}`);

/** The global `console`: every line goes into the log of the execution. */
export function createConsole(): object {
  const timers = new Map<string, number>();
  return {
    log: (...args: unknown[]) => write("DEBUG", args),
    info: (...args: unknown[]) => write("INFO", args),
    warn: (...args: unknown[]) => write("WARNING", args),
    error: (...args: unknown[]) => write("ERROR", args),
    time: (label: string) => {
      timers.set(label, Date.now());
    },
    timeEnd: (label: string) => {
      write("DEBUG", [`${label}: ${Date.now() - (timers.get(label) ?? Date.now())}ms`]);
    },
  };
}

/** The global `Logger`. */
export function createLogger(): object {
  const lines: string[] = [];
  const logger = {
    log(...args: unknown[]) {
      lines.push(formatLine(args));
      write("INFO", args);
      return logger;
    },
    getLog: () => lines.map((line) => `${line}\n`).join(""),
    clear: () => {
      lines.length = 0;
    },
  };
  return logger;
}
