/** What goes wrong with a request. `effect` faults let the request do its work first. */
export type FaultKind =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** An HTML page, as gateways send. */
  | { readonly kind: "html"; readonly status: number }
  /** No answer at all; with `effect` the request does its work before the silence. */
  | { readonly kind: "hang"; readonly effect?: boolean }
  /** The request does its work, then the connection drops without an answer. */
  | { readonly kind: "drop-after-effect" }
  /** The vendor's own 429, with its exact body. */
  | { readonly kind: "rate-limit"; readonly policy: "secondly" | "ten-secondly" | "daily" }
  /** Answers 504 at once; the request does its work `delayMs` of sandbox time later. */
  | { readonly kind: "delayed-effect"; readonly delayMs: number; readonly status?: number };

/** A fault for the next requests that match. */
export type FaultSpec = FaultKind & {
  readonly method?: string;
  /** Part of the path, or a pattern for it. */
  readonly path?: string | RegExp;
  /** How many matching requests are hit; default 1. */
  readonly times?: number;
  /** How many matching requests pass before the first hit; default 0. */
  readonly after?: number;
};

/** Faults that wait for their requests. */
export interface FaultList {
  add(spec: FaultSpec): void;
  /** Takes the fault for this request, if one matches, and counts it. */
  take(method: string, path: string): FaultKind | null;
  clear(): void;
}

/** Creates an empty list; faults apply in the order they were added. */
export function createFaultList(): FaultList {
  let waiting: { readonly spec: FaultSpec; after: number; times: number }[] = [];
  return {
    add: (spec) => {
      waiting.push({ spec, after: spec.after ?? 0, times: spec.times ?? 1 });
    },
    take: (method, path) => {
      for (const entry of waiting) {
        if (entry.times === 0 || !matches(entry.spec, method, path)) continue;
        if (entry.after > 0) {
          entry.after -= 1;
          continue;
        }
        entry.times -= 1;
        waiting = waiting.filter((other) => other.times > 0);
        return entry.spec;
      }
      return null;
    },
    clear: () => {
      waiting = [];
    },
  };
}

function matches(spec: FaultSpec, method: string, path: string): boolean {
  if (spec.method !== undefined && spec.method.toUpperCase() !== method) return false;
  if (spec.path === undefined) return true;
  return typeof spec.path === "string" ? path.includes(spec.path) : spec.path.test(path);
}
