import type { Store } from "../../src/ports/store";
import { loadReadPages, loadWatch, saveReadPage, saveWatch } from "../../src/state/read-stage";
import { loadReadState, NO_READING, removeReadState, saveReadState } from "../../src/state/read-state";
import { catchSyncError } from "../support/catch-error";
import { buildRecord } from "../support/merge-builders";
import { MemoryStore } from "./memory-store";

const PAGE = { records: [], reads: [], hints: [], listed: [], asked: [], keys: [] };

function savePage(store: Store, part: number, id: string): void {
  saveReadPage(store, "r1", part, { ...PAGE, records: [buildRecord(id)], hints: [`hint of ${id}`] });
}

describe("how far the readings of a mapping have come", () => {
  const state = { ...NO_READING, about: "people", newestMs: 5, retry: ["7"] };

  it("is nothing at first, and moves with the commit of its run", () => {
    const store = new MemoryStore();
    expect(loadReadState(store, "m1")).toEqual(NO_READING);
    const n = store.nextIntent();
    saveReadState(store, "m1", state, n);
    expect(loadReadState(store, "m1")).toEqual(NO_READING);
    store.commit(n);
    expect(loadReadState(store, "m1")).toEqual(state);
    expect(loadReadState(store, "m2")).toEqual(NO_READING);
    removeReadState(store, "m1");
    expect(loadReadState(store, "m1")).toEqual(NO_READING);
  });

  it("counts as nothing when it is damaged: the next reading is a full one", () => {
    const store = new MemoryStore();
    store.save("reading/m1", state);
    store.damaged.add("reading/m1");
    expect(loadReadState(store, "m1")).toEqual(NO_READING);
  });

  it("is not taken from a newer version", () => {
    const store = new MemoryStore();
    store.save("reading/m1", { ...state, version: 2 });
    expect(catchSyncError(() => loadReadState(store, "m1")).code).toBe("state-newer");
  });
});

describe("pages that an earlier slice read", () => {
  it("come back in order, the eleventh behind the second, with all that was read", () => {
    const store = new MemoryStore();
    for (let part = 0; part < 12; part++) savePage(store, part, String(part));
    const pages = loadReadPages(store, "r1", 12);
    expect(pages.flatMap((page) => page.records.map((record) => record.id))).toEqual(
      Array.from({ length: 12 }, (_, part) => String(part)),
    );
    expect(pages[11]).toEqual({ ...PAGE, records: [buildRecord("11")], hints: ["hint of 11"] });
    expect(loadReadPages(store, "r1", 0)).toEqual([]);
  });

  it("are understood as an older version wrote them", () => {
    const store = new MemoryStore();
    store.save("stage/r1/0", { version: 1, records: [buildRecord("1")] });
    expect(loadReadPages(store, "r1", 1)).toEqual([{ ...PAGE, records: [buildRecord("1")] }]);
  });

  it("are never taken for a whole list when one is missing", () => {
    const store = new MemoryStore();
    for (const part of [0, 2]) savePage(store, part, String(part));
    const thrown = catchSyncError(() => loadReadPages(store, "r1", 3));
    expect(thrown).toMatchObject({ kind: "config", code: "stage-missing" });
  });
});

describe("the watch list of a run", () => {
  it("is empty where there is none or where it is damaged", () => {
    const store = new MemoryStore();
    const none = { changed: {}, lost: [], unplaced: [] };
    expect(loadWatch(store, "r1")).toEqual(none);
    const watch = { changed: { "7": { name: "New" } }, lost: ["8"], unplaced: ["9"] };
    saveWatch(store, "r1", watch);
    expect(loadWatch(store, "r1")).toMatchObject(watch);
    store.damaged.add("stage/r1/watch");
    expect(loadWatch(store, "r1")).toEqual(none);
  });

  it("is written only where there is something to watch, and goes when a new plan has nothing", () => {
    const store = new MemoryStore();
    const none = { changed: {}, lost: [], unplaced: [] };
    saveWatch(store, "r1", none);
    expect(store.writes).toEqual([]);
    saveWatch(store, "r1", { ...none, lost: ["8"] });
    saveWatch(store, "r1", none);
    expect(loadWatch(store, "r1")).toEqual(none);
  });
});
