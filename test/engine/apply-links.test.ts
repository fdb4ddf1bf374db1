import type { LinkOperation } from "../../src/domain/plan";
import type { Row } from "../../src/domain/row";
import { applyLinks } from "../../src/engine/apply/apply-links";
import type { WorkMode } from "../../src/engine/apply/group-result";
import type { IdWrite } from "../../src/ports/table";
import { saveDelta } from "../../src/state/snapshot-store";
import { buildRow } from "../support/merge-builders";
import { engineWorld, groupWork, tableOf } from "./engine-world";

describe("ids that are put into rows", () => {
  const link = (id: string, change: Partial<LinkOperation> = {}): LinkOperation => ({
    kind: "link",
    id,
    rule: "R2",
    title: "Ann",
    recordId: "7",
    baseId: "7",
    expectedId: "",
    rowNumber: 3,
    row: { email: "ta@x.com" },
    ...change,
  });

  function applyIds(
    operations: readonly LinkOperation[],
    placed: (write: IdWrite) => boolean,
    at: { readonly mode?: WorkMode; readonly rows?: readonly Row[] } = {},
  ) {
    const written: string[] = [];
    const table = {
      read: () => tableOf(at.rows ?? []),
      writeIds: (writes: readonly IdWrite[]) => {
        written.push(...writes.map((write) => write.id));
        return [...writes].reverse().map((write) => ({ operationId: write.operationId, placed: placed(write) }));
      },
    };
    const world = engineWorld({ table });
    const name = { sheet: "tAnn", crm: "Ann" };
    saveDelta(world.store, "m1", 1, new Map([["6", { name }]]));
    world.store.commit(1);
    const work = groupWork(world.deps, { mode: at.mode ?? "fresh" });
    applyLinks(work, operations);
    return { result: work.result, written };
  }

  it("count as linked where they stand, and are a note where the row changed", () => {
    const { result } = applyIds(
      [link("l1"), link("l2", { recordId: "8", baseId: "8", rowNumber: 9 })],
      ({ id }) => id === "7",
    );
    expect(result.tally).toEqual({ successes: 1, linked: 1, skipped: 1 });
    expect(result.messages).toMatchObject([{ severity: "note", rowNumber: 9, recordId: "8" }]);
  });

  it("carry the base of a merged record over to its survivor (R11)", () => {
    const { result } = applyIds([link("l1", { rule: "R11", baseId: "6", expectedId: "6" })], () => true);
    expect(Object.fromEntries(result.delta)).toEqual({ "7": { name: { sheet: "tAnn", crm: "Ann" } }, "6": null });
  });

  it("leave the base of a merged record where it is when its row could not be found", () => {
    const { result } = applyIds([link("l1", { rule: "R11", baseId: "6", expectedId: "6" })], () => false);
    expect(result.delta.size).toBe(0);
  });

  it("are kept for undo with what stood in the cell, and hold back what hangs on them where they failed", () => {
    const { result } = applyIds(
      [link("l1", { expectedId: "6", baseId: "6" }), link("l2", { recordId: "8", baseId: "8" })],
      ({ id }) => id === "7",
    );
    expect(result.effects).toEqual([{ kind: "linked", recordId: "7", title: "Ann", before: "6" }]);
    expect([...result.failed]).toEqual(["l2"]);
  });

  const STANDING = buildRow(5, "7", "a@x.com", "Ann");
  const FREE = buildRow(3, "", "a@x.com", "Ann");
  const OTHER = buildRow(5, "7", "other@x.com");

  it.each<[string, readonly Row[], readonly string[], number]>([
    ["stands on its row counts, wherever that is now", [STANDING], [], 1],
    ["stands nowhere is written", [FREE], ["7"], 1],
    ["stands on a row with other values is tried again", [OTHER, FREE], ["7"], 1],
    ["stands on several rows is tried again", [STANDING, STANDING], ["7"], 1],
  ])("after a cut-off: an id that %s", (_what, rows, wanted, linked) => {
    const { result, written } = applyIds([link("l1")], () => true, { mode: "resume", rows });
    expect(written).toEqual(wanted);
    expect(result.tally.linked).toBe(linked);
  });

  it("after a cut-off: count together with those that are written only now", () => {
    const { result, written } = applyIds([link("l1"), link("l2", { recordId: "8", baseId: "8" })], () => true, {
      mode: "resume",
      rows: [STANDING, FREE],
    });
    expect(written).toEqual(["8"]);
    expect(result.tally).toEqual({ successes: 2, linked: 2 });
  });

  it("of a run that was given up: count where they stand, and nothing is written or said about the others", () => {
    const merged = link("l1", { rule: "R11", baseId: "6", expectedId: "6" });
    const { result, written } = applyIds([merged, link("l2", { recordId: "8", baseId: "8" })], () => true, {
      mode: "look",
      rows: [STANDING, FREE],
    });
    expect(written).toEqual([]);
    expect(result.tally).toEqual({ successes: 1, linked: 1 });
    expect(result.messages).toEqual([]);
    expect([...result.failed]).toEqual([]);
    expect(Object.fromEntries(result.delta)).toEqual({ "7": { name: { sheet: "tAnn", crm: "Ann" } }, "6": null });
  });
});
