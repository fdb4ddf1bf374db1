import { useEffect, useRef, useState } from "preact/hooks";
import { type Problem, toProblem } from "../rpc/problem";

/** One call that the user starts with a button: busy, its problem, and the way to try again. */
export interface Action {
  readonly busy: boolean;
  readonly problem: Problem | null;
  run<T>(work: () => Promise<T>, done: (value: T) => void): void;
  /** Does the last work again. */
  retry(): void;
  clear(): void;
}

/** While one call is under way further ones are ignored, so that a double click does not write twice. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const gone = useRef(false);
  const running = useRef(false);
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    return () => {
      gone.current = true;
    };
  }, []);
  function run<T>(work: () => Promise<T>, done: (value: T) => void): void {
    if (running.current) return;
    again.current = () => run(work, done);
    running.current = true;
    setBusy(true);
    setProblem(null);
    const settle = (finish: () => void): void => {
      running.current = false;
      if (gone.current) return;
      setBusy(false);
      finish();
    };
    work().then(
      (value) => settle(() => done(value)),
      (thrown) => settle(() => setProblem(toProblem(thrown))),
    );
  }
  return { busy, problem, run, retry: () => again.current(), clear: () => setProblem(null) };
}
