import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { AppView } from "../../src/contract/views";
import type { Rpc } from "../rpc/client";
import { type Problem, toProblem } from "../rpc/problem";
import { LOADING, type Loadable } from "../state/loadable";
import { HOME, openingRoute, type Route } from "../state/route";
import type { Desk } from "./desk";

/** A visit of a view: the number tells two visits of the same view apart. */
interface Visit {
  readonly route: Route;
  readonly number: number;
}

/** The sidebar as a whole. */
export interface Sidebar {
  readonly app: Loadable<AppView>;
  readonly visit: Visit;
  /** The state shown is old: asking again failed. */
  readonly stale: Problem | null;
  readonly spoken: { readonly text: string; readonly number: number };
  /** Where the user wants to go although something is not saved. */
  readonly leavingTo: Route | null;
  /** All but `app`, which a view has only once it is loaded. */
  readonly desk: Omit<Desk, "app">;
  leave(): void;
  stay(): void;
}

/** State of the file, the view that is shown, and what is said to screen readers. */
export function useSidebar(rpc: Rpc): Sidebar {
  const [app, setApp] = useState<Loadable<AppView>>(LOADING);
  const [visit, setVisit] = useState<Visit>({ route: HOME, number: 0 });
  const [stale, setStale] = useState<Problem | null>(null);
  const [spoken, setSpoken] = useState({ text: "", number: 0 });
  const [leavingTo, setLeavingTo] = useState<Route | null>(null);
  const unsaved = useRef(false);
  const loaded = useRef(false);
  const show = useCallback((route: Route) => setVisit(({ number }) => ({ route, number: number + 1 })), []);
  const putApp = useCallback((value: AppView) => {
    setStale(null);
    setApp({ kind: "ready", value });
    loaded.current = true;
  }, []);
  const refresh = useCallback(() => {
    const first = !loaded.current;
    if (first) setApp(LOADING);
    rpc.call("app.state", {}).then(
      (value) => {
        putApp(value);
        if (first) show(openingRoute(value));
      },
      (thrown) => (first ? setApp({ kind: "failed", problem: toProblem(thrown) }) : setStale(toProblem(thrown))),
    );
  }, [rpc, putApp, show]);
  const move = useCallback(
    (route: Route) => {
      unsaved.current = false;
      setLeavingTo(null);
      show(route);
      // Both show the tabs of the file, which may be others by now.
      if (route.kind === "home" || route.kind === "start") refresh();
    },
    [show, refresh],
  );
  const desk = useMemo(
    () => ({
      rpc,
      go: (route: Route) => (unsaved.current ? setLeavingTo(route) : move(route)),
      refresh,
      putApp,
      announce: (text: string) => setSpoken(({ number }) => ({ text, number: number + 1 })),
      setUnsaved: (value: boolean) => {
        unsaved.current = value;
      },
    }),
    [rpc, move, refresh, putApp],
  );
  useEffect(refresh, [refresh]);
  const leave = (): void => {
    if (leavingTo !== null) move(leavingTo);
  };
  return { app, visit, stale, spoken, leavingTo, desk, leave, stay: () => setLeavingTo(null) };
}
