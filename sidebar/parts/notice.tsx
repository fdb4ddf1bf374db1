import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { DeskContext } from "../hooks/desk";
import type { Action } from "../hooks/use-action";
import type { Problem } from "../rpc/problem";
import { TEXT } from "../text";
import { Button } from "./button";

/** How bad it is; the mark in front says it without colour. */
export type NoticeTone = "info" | "good" | "warning" | "error";

const MARKS: Readonly<Record<NoticeTone, string>> = { info: "i", good: "✓", warning: "!", error: "✕" };

interface NoticeProps {
  readonly tone: NoticeTone;
  readonly title?: string;
  /** Said at once when it appears. */
  readonly urgent?: boolean;
  readonly children?: ComponentChildren;
}

/** A box with something to know. */
export function Notice({ tone, title, urgent = false, children }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={urgent ? "alert" : undefined}>
      <span class="mark" aria-hidden="true">
        {MARKS[tone]}
      </span>
      <div class="notice-body">
        {title !== undefined && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

interface ProblemNoticeProps {
  /** null: nothing is wrong, nothing is shown. */
  readonly problem: Problem | null;
  /** Offers the connection view where a dead connection is the cause; false in that view itself. */
  readonly reconnect?: boolean;
  onRetry?(): void;
}

/** What went wrong and what to do, never a raw exception: a bug's own words stand under "technical details". */
export function ProblemNotice({ problem, reconnect = true, onRetry }: ProblemNoticeProps) {
  if (problem === null) return null;
  const isBug = problem.kind === "bug";
  return (
    <Notice tone="error" title={isBug ? TEXT.problem.bug : problem.message} urgent>
      <p>{isBug ? problem.hint || TEXT.problem.bugHint : problem.hint}</p>
      {isBug && (
        <details>
          <summary>{TEXT.plain.details}</summary>
          <p class="code">
            {problem.code}: {problem.message}
          </p>
        </details>
      )}
      <div class="buttons">
        {onRetry !== undefined && <Button onClick={onRetry}>{TEXT.plain.retry}</Button>}
        {problem.kind === "auth" && reconnect && <ReconnectButton />}
      </div>
    </Notice>
  );
}

/** What went wrong with a call that the user started, with the way to try again. */
export function ActionProblem({ of: { problem, retry } }: { readonly of: Action }) {
  return <ProblemNotice problem={problem} onRetry={retry} />;
}

/** Before the state of the file is loaded there is no view to go to. */
function ReconnectButton() {
  const desk = useContext(DeskContext);
  if (desk === null) return null;
  return <Button onClick={() => desk.go({ kind: "connect" })}>{TEXT.problem.reconnect}</Button>;
}
