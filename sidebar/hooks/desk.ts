import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AppView } from "../../src/contract/views";
import type { Rpc } from "../rpc/client";
import type { Route } from "../state/route";

/** What every view works with. */
export interface Desk {
  readonly rpc: Rpc;
  readonly app: AppView;
  go(route: Route): void;
  /** Asks the server for the state again; a failure keeps the old one and is shown at home. */
  refresh(): void;
  /** Takes over a state that a call answered with. */
  putApp(app: AppView): void;
  /** Says something in the live region. */
  announce(text: string): void;
  /** While set, leaving the view asks first. */
  setUnsaved(unsaved: boolean): void;
}

/** Filled by the app; views read it with `useDesk`. */
export const DeskContext = createContext<Desk | null>(null);

/** The desk of the app around this view. @throws Error outside of it */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("no app around");
  return desk;
}
