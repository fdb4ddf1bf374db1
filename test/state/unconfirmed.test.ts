import type { CreateOperation } from "../../src/domain/plan";
import {
  loadUnconfirmed,
  type PendingCreate,
  quarantined,
  removeUnconfirmed,
  saveUnconfirmed,
  type Unconfirmed,
} from "../../src/state/unconfirmed";
import { MemoryStore } from "./memory-store";

const CREATE = { token: "pending:t1", sentMs: 10, missedMs: null, operation: {} as CreateOperation } as PendingCreate;

const NONE: Unconfirmed = { version: 1, creates: [], updates: {} };

describe("writes whose fate is not known", () => {
  it("are none at first, and count from the commit of their intent on", () => {
    const store = new MemoryStore();
    expect(loadUnconfirmed(store, "m1")).toEqual(NONE);
    const some: Unconfirmed = { version: 1, creates: [CREATE], updates: { "7": 99 } };
    saveUnconfirmed(store, "m1", some, 1);
    expect(loadUnconfirmed(store, "m1")).toEqual(NONE);
    store.commit(1);
    expect(loadUnconfirmed(store, "m1")).toEqual(some);
    expect(loadUnconfirmed(store, "m10")).toEqual(NONE);
  });

  it("leave no document behind when all are settled, and write none when there never was any", () => {
    const store = new MemoryStore();
    saveUnconfirmed(store, "m1", NONE, 1);
    expect(store.writes).toEqual([]);
    saveUnconfirmed(store, "m1", { ...NONE, updates: { "7": 99 } }, 1);
    store.commit(1);
    saveUnconfirmed(store, "m1", NONE, 2);
    expect(store.keys("unconfirmed/")).toEqual(["unconfirmed/m1"]);
    store.commit(2);
    expect(store.keys("unconfirmed/")).toEqual([]);
  });

  it("go with their mapping, and are spared when they are damaged", () => {
    const store = new MemoryStore();
    for (const id of ["m1", "m10"]) saveUnconfirmed(store, id, { ...NONE, updates: { [id]: 1 } }, 1);
    store.commit(1);
    removeUnconfirmed(store, "m1");
    expect([loadUnconfirmed(store, "m1"), loadUnconfirmed(store, "m10").updates]).toEqual([NONE, { m10: 1 }]);
    store.damaged.add("unconfirmed/m10");
    expect(loadUnconfirmed(store, "m10")).toEqual(NONE);
  });

  it("hold operations on their records back for a minute after the last one was sent", () => {
    const unconfirmed: Unconfirmed = { ...NONE, creates: [CREATE], updates: { "7": 100_000, "8": 130_000 } };
    expect([...quarantined(unconfirmed, 159_999)]).toEqual(["7", "8"]);
    expect([...quarantined(unconfirmed, 160_000)]).toEqual(["8"]);
    expect([...quarantined(unconfirmed, 190_000)]).toEqual([]);
  });
});
