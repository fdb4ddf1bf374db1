import type { Problem } from "../rpc/problem";

/** Something that comes from the server. */
export type Loadable<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "ready"; readonly value: T };

/** Not here yet. */
export const LOADING: { readonly kind: "loading" } = { kind: "loading" };
