import { useEffect, useRef, useState } from "preact/hooks";
import type { PlanItemView, PlanKind } from "../../src/contract/views";
import { type Problem, toProblem } from "../rpc/problem";
import { useDesk } from "./desk";

/** Items of one kind, loaded page by page. */
export interface PlanPages {
  readonly items: readonly PlanItemView[];
  readonly total: number | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Loads the next page; the first one comes by itself. */
  more(): void;
}

const PAGE_SIZE = 50;

/** The items of a waiting plan, 50 at a time. */
export function usePlanPages(runId: string, kind: PlanKind): PlanPages {
  const { rpc } = useDesk();
  const [items, setItems] = useState<readonly PlanItemView[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const loading = useRef(false);
  const more = (): void => {
    if (loading.current) return;
    loading.current = true;
    setBusy(true);
    setProblem(null);
    const settle = (finish: () => void): void => {
      loading.current = false;
      setBusy(false);
      finish();
    };
    rpc.call("plan.page", { runId, kind, offset: items.length, limit: PAGE_SIZE }).then(
      (page) =>
        settle(() => {
          setItems([...items, ...page.items]);
          setTotal(page.total);
        }),
      (thrown) => settle(() => setProblem(toProblem(thrown))),
    );
  };
  // The first page comes by itself, the others when asked for.
  useEffect(more, []);
  return { items, total, busy, problem, more };
}
