import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { toProblem } from "../rpc/problem";
import { LOADING, type Loadable } from "../state/loadable";

/** Something loaded, and the way to load it again. */
export interface Loaded<T> {
  readonly state: Loadable<T>;
  reload(): void;
}

/** Loads when the view appears and whenever `key` changes; an answer that came too late is dropped. */
export function useLoad<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<Loadable<T>>(LOADING);
  const turn = useRef(0);
  const loader = useRef(load);
  loader.current = load;
  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setState(LOADING);
    loader.current().then(
      (value) => mine === turn.current && setState({ kind: "ready", value }),
      (thrown) => mine === turn.current && setState({ kind: "failed", problem: toProblem(thrown) }),
    );
  }, []);
  // `key` stands for all that `load` depends on.
  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
    };
  }, [key, reload]);
  return { state, reload };
}
