import { MemoryStore } from "./memory-store";
import { describeStoreIntents } from "./store.contract";

describeStoreIntents("the store in memory", () => new MemoryStore());

describe("a store that was killed", () => {
  it("is as its first writes left it", () => {
    const store = new MemoryStore();
    store.save("a", 1);
    store.save("a", 2, 1);
    store.rollBack();
    store.save("a", 3, 2);
    store.commit(2);
    const states = [0, 1, 2, 3, 4, 5].map((count) => store.killedAfter(count).load("a"));
    expect(states).toEqual([null, 1, 1, 1, 1, 3]);
    const cut = store.killedAfter(2);
    cut.commit(1);
    expect(cut.load("a")).toBe(2);
    expect(store.killedAfter(3).nextIntent()).toBe(2);
  });
});
