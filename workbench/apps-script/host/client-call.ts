import { ERROR_TEXTS } from "../error-texts";
import type { Json } from "../json";

/** The first value that google.script.run cannot send, as a path; null: all can be sent. */
function illegalPath(value: unknown, path: string, seen: readonly object[]): string | null {
  if (value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) {
    return null;
  }
  if (typeof value !== "object" || value instanceof Date || seen.includes(value)) {
    return path;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = illegalPath(item, `${path}.${key}`, [...seen, value]);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

export type ClientCall =
  | { readonly kind: "accepted"; readonly args: readonly Json[] }
  | { readonly kind: "refused"; readonly message: string };

/** Checks a call of google.script.run: public function, arguments of JSON. Undefined in arrays becomes null. */
export function fromClient(functionName: string, args: readonly unknown[]): ClientCall {
  if (functionName.endsWith("_")) {
    return { kind: "refused", message: ERROR_TEXTS.functionHidden(functionName) };
  }
  for (const [index, argument] of args.entries()) {
    const path = illegalPath(argument, String(index), []);
    if (path !== null) {
      return { kind: "refused", message: ERROR_TEXTS.clientArgument(path) };
    }
  }
  return { kind: "accepted", args: JSON.parse(JSON.stringify(args)) as readonly Json[] };
}
