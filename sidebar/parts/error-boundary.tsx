import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { toProblem } from "../rpc/problem";
import { TEXT } from "../text";
import { ProblemNotice } from "./notice";

/** In place of a white page: what to do when a view cannot be shown. */
export function ErrorBoundary({ children }: { readonly children: ComponentChildren }) {
  const thrown: unknown = useErrorBoundary()[0];
  if (thrown === undefined) return <>{children}</>;
  return (
    <main>
      <h1>{TEXT.plain.product}</h1>
      <ProblemNotice problem={{ ...toProblem(thrown), hint: TEXT.problem.brokenHint }} />
    </main>
  );
}
