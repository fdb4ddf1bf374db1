import type { ComponentChildren } from "preact";
import type { Loaded } from "../hooks/use-load";
import { TEXT } from "../text";
import { ProblemNotice } from "./notice";

/** Says that something comes. */
export function Loading({ text = TEXT.plain.loading }: { readonly text?: string }) {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" />
      {text}
    </p>
  );
}

interface LoadedPartProps<T> {
  readonly of: Loaded<T>;
  children(value: T): ComponentChildren;
}

/** Loading, failed with a way to try again, or the value. */
export function LoadedPart<T>({ of: { state, reload }, children }: LoadedPartProps<T>) {
  switch (state.kind) {
    case "loading":
      return <Loading />;
    case "failed":
      return <ProblemNotice problem={state.problem} onRetry={reload} />;
    case "ready":
      return <>{children(state.value)}</>;
  }
}
