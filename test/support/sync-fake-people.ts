import { SyncError } from "../../src/domain/errors";
import type { FakeFault } from "./fake-faults";
import type { FakeGrid } from "./fake-grid";
import type { FakeWorld } from "./fake-world";
import type { CrmFault, TrialHand, TrialPortal } from "./sync-trial-world";

/** The user's hand in a tab of the fake workbook. */
export function fakeHand({ user }: FakeGrid, tabId: () => number): TrialHand {
  return {
    type: (row, column, text) => user.type(tabId(), row, column, text),
    formula: (row, column, formula, shows) => user.type(tabId(), row, column, formula, shows),
    insertRows: (beforeRow, count) => user.insertRows(tabId(), beforeRow, count),
    deleteRows: (row, count) => user.deleteRows(tabId(), row, count),
    sortRows: (firstRow, column, ascending) => user.sortRows(tabId(), firstRow, column, ascending),
    moveRows: (row, count, beforeRow) => user.moveRows(tabId(), row, count, beforeRow),
    copyRows: (fromRow, count, toRow) => user.copyRows(tabId(), fromRow, count, toRow),
    moveColumn: (column, beforeColumn) => user.moveColumn(tabId(), column, beforeColumn),
  };
}

/** What the fake CRM's own people do. */
export function fakePortal(world: FakeWorld): TrialPortal {
  return {
    create: (values) => world.create("contacts", values),
    update: (id, values) => world.update("contacts", id, values),
    archive: (id) => world.archive("contacts", id),
    restore: (id) => world.restore("contacts", id),
    merge: (survivorId, otherId) => {
      world.merge("contacts", survivorId, otherId);
      return survivorId;
    },
    records: () => world.all("contacts"),
  };
}

/** How late the effect of a late write comes, ms. */
const LATE_MS = 30_000;

/** The fault as the fake CRM knows it. */
export function toFakeFault(kind: CrmFault["kind"]): FakeFault {
  switch (kind) {
    case "busy":
    case "busy-untimed": {
      const retryAfterMs = kind === "busy" ? 5_000 : null;
      const thrown = new SyncError("retryable", "rate-limit", "The CRM asks for patience.", { retryAfterMs });
      return { kind: "throw", when: "before", thrown };
    }
    case "token": {
      const thrown = new SyncError("auth", "token-invalid", "The token is not valid any more.");
      return { kind: "throw", when: "before", thrown };
    }
    case "garbled":
      return { kind: "throw", when: "before", thrown: new SyncError("bug", "bad-answer", "The answer is no JSON.") };
    case "lost-request":
      return { kind: "unknown", applied: "none" };
    case "lost-answer":
      return { kind: "unknown", applied: "all" };
    case "half":
      return { kind: "unknown", applied: "half" };
    case "late":
      return { kind: "late", delayMs: LATE_MS };
  }
}
