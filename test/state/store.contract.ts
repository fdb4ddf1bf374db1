import type { Store } from "../../src/ports/store";

/** What every store promises about intents (sync-rules section 6.1). */
export function describeStoreIntents(name: string, open: () => Store): void {
  describe(`${name}: what is saved under an intent`, () => {
    it("does not count before its commit, not even for the execution that saved it", () => {
      const store = open();
      store.save("old", "before");
      store.save("gone", "there");
      store.save("old", "after", 1);
      store.save("new", "after", 1);
      store.remove("gone", 1);
      for (const look of [() => undefined, () => store.flush()]) {
        look();
        expect([store.load("old"), store.load("new"), store.load("gone")]).toEqual(["before", null, "there"]);
        expect(store.keys("")).toEqual(["gone", "old"]);
      }
      store.commit(1);
      expect([store.load("old"), store.load("new"), store.load("gone")]).toEqual(["after", "after", null]);
      expect(store.keys("")).toEqual(["new", "old"]);
    });

    it("counts as it was saved last", () => {
      const store = open();
      store.save("a", "first", 4);
      store.save("a", "second", 4);
      store.remove("b", 4);
      store.save("b", "back", 4);
      store.save("c", "short", 4);
      store.remove("c", 4);
      store.commit(4);
      expect([store.load("a"), store.load("b"), store.load("c")]).toEqual(["second", "back", null]);
    });

    it("does not bring back what was saved plainly after it", () => {
      const store = open();
      store.save("a", "under the intent", 1);
      store.remove("b", 1);
      store.save("a", "plain");
      store.save("b", "plain");
      expect([store.load("a"), store.load("b")]).toEqual(["plain", "plain"]);
      store.commit(1);
      expect([store.load("a"), store.load("b")]).toEqual(["plain", "plain"]);
    });

    it("replaces what was saved plainly before it", () => {
      const store = open();
      store.save("a", "plain");
      store.save("a", "under the intent", 1);
      store.commit(1);
      expect(store.load("a")).toBe("under the intent");
    });

    it("is covered for good by the commit of another intent", () => {
      const store = open();
      store.save("a", "kept");
      store.flush();
      store.save("a", "never", 1);
      store.save("b", "never", 1);
      store.remove("a", 1);
      store.flush();
      store.save("c", "counts", 2);
      store.commit(2);
      expect([store.load("a"), store.load("b"), store.load("c")]).toEqual(["kept", null, "counts"]);
      store.commit(3);
      expect([store.load("a"), store.load("b"), store.load("c")]).toEqual(["kept", null, "counts"]);
    });

    it("is covered as well when the other intent saves the same document", () => {
      const store = open();
      store.save("a", "kept");
      store.save("a", "never", 1);
      store.flush();
      store.save("a", "counts", 2);
      store.commit(2);
      expect(store.load("a")).toBe("counts");
      store.commit(3);
      expect(store.load("a")).toBe("counts");
    });

    it("is dropped for good when it is rolled back, and what counts or is plain stays", () => {
      const store = open();
      store.save("a", "kept", 1);
      store.commit(1);
      store.save("a", "never", 2);
      store.save("b", "never", 2);
      store.flush();
      store.save("plain", "stays");
      store.save("c", "never", 2);
      store.rollBack();
      expect([store.load("a"), store.load("b"), store.load("plain")]).toEqual(["kept", null, "stays"]);
      store.save("d", "counts", 3);
      store.commit(3);
      expect(store.keys("")).toEqual(["a", "d", "plain"]);
      expect([store.load("a"), store.load("plain")]).toEqual(["kept", "stays"]);
    });
  });

  describe(`${name}: the number of an intent`, () => {
    it("is above everything that was committed or saved under a number", () => {
      const store = open();
      expect([store.committed(), store.nextIntent()]).toEqual([0, 1]);
      store.save("a", 1, 7);
      expect([store.committed(), store.nextIntent()]).toEqual([0, 8]);
      store.flush();
      expect(store.nextIntent()).toBe(8);
      store.commit(8);
      expect([store.committed(), store.nextIntent()]).toEqual([8, 9]);
      store.remove("a", 9);
      expect(store.nextIntent()).toBe(10);
    });

    it("is used again only when nothing that was saved under it is left", () => {
      const store = open();
      store.save("a", "never", 5);
      store.flush();
      store.rollBack();
      const n = store.nextIntent();
      store.save("b", "counts", n);
      store.commit(n);
      expect([store.load("a"), store.load("b")]).toEqual([null, "counts"]);
    });
  });
}
