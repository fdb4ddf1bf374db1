import type { ErrorView } from "../../src/contract/views";
import { TEXT } from "../text";

/** What went wrong, for people. `kind` is the server's, or "bridge" when the call itself failed. */
export type Problem = ErrorView;

/** Thrown by every call that does not succeed. */
export class RpcError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = "RpcError";
    this.problem = problem;
  }
}

const TEXT_PROBLEM = TEXT.problem;

/** Google does not answer in time; the execution may still be running. */
export const TIMED_OUT: Problem = {
  kind: "bridge",
  code: "timeout",
  message: TEXT_PROBLEM.timeout,
  hint: TEXT_PROBLEM.timeoutHint,
};

/** An answer that is not of the form `RpcReply`. */
export const UNREADABLE: Problem = {
  kind: "fatal",
  code: "unreadable-reply",
  message: TEXT_PROBLEM.unreadable,
  hint: TEXT_PROBLEM.unreadableHint,
};

/** The page stands alone, without Google's client. */
export const NO_HOST: Problem = {
  kind: "fatal",
  code: "no-host",
  message: TEXT_PROBLEM.noHost,
  hint: TEXT_PROBLEM.noHostHint,
};

/** What Google's failure handler was given, in words of ours: its own are made for developers. */
export function toBridgeProblem(error: unknown): Problem {
  const raw = error instanceof Error ? error.message : String(error);
  if (/authoriz|permission/i.test(raw)) {
    const { authorization, authorizationHint } = TEXT_PROBLEM;
    return { kind: "config", code: "not-authorized", message: authorization, hint: authorizationHint };
  }
  return { kind: "bridge", code: "no-answer", message: TEXT_PROBLEM.bridge, hint: TEXT_PROBLEM.bridgeHint };
}

/** Any thrown value as a problem to show. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof RpcError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: "bug", code: "sidebar", message, hint: TEXT_PROBLEM.bugHint };
}
