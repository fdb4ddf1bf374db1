import { useEffect, useState } from "preact/hooks";
import type { PlanItemView, PlanKind } from "../../src/contract/views";
import { useDesk } from "./desk";
import { type Action, useAction } from "./use-action";

/** Items of one kind, loaded page by page. */
export interface PlanPages {
  readonly items: readonly PlanItemView[];
  readonly total: number | null;
  readonly loading: Action;
  /** Loads the next page; the first one comes by itself. */
  more(): void;
}

const PAGE_SIZE = 50;

/** The items of a waiting plan, 50 at a time. */
export function usePlanPages(runId: string, kind: PlanKind): PlanPages {
  const { rpc } = useDesk();
  const [items, setItems] = useState<readonly PlanItemView[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const loading = useAction();
  const more = (): void =>
    loading.run(
      () => rpc.call("plan.page", { runId, kind, offset: items.length, limit: PAGE_SIZE }),
      (page) => {
        setItems([...items, ...page.items]);
        setTotal(page.total);
      },
    );
  // The first page comes by itself, the others when asked for.
  useEffect(more, []);
  return { items, total, loading, more };
}
