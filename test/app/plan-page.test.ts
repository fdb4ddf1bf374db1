import { planPage } from "../../src/app/plan-page";
import type { PlanKind } from "../../src/contract/views";
import { DEFAULT_GUARD } from "../../src/domain/mapping";
import type { Conflict, CreateOperation, Finding, Operation, Plan } from "../../src/domain/plan";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput } from "../support/merge-builders";

const LABELS = new Map([
  ["name", "Full name"],
  ["city", "Town"],
]);

const CHANGE = { field: "name", from: "Ann", to: "Bea", sheet: "tBea", rule: "F2" } as const;
const CREATE: CreateOperation = {
  kind: "create",
  id: "o1",
  rule: "R1",
  title: "Bea",
  rowNumber: 4,
  row: {},
  changes: [{ ...CHANGE, from: "", rule: "R1" }],
};

const CONFLICT: Conflict = {
  recordId: "7",
  title: "Ann",
  rowNumber: 2,
  field: "city",
  sheet: "n12.5",
  crm: "Oslo",
  base: { sheet: "tRome", crm: "Rome" },
  rule: "F5",
};

const FINDING: Finding = {
  severity: "error",
  rule: "F10",
  rowNumber: 5,
  recordId: null,
  field: "city",
  title: "Row 5",
  message: "That is no city.",
};

function planOf(parts: Partial<Plan>): Plan {
  return { ...planSync(buildPlanInput({ guard: DEFAULT_GUARD })), ...parts };
}

function page(parts: Partial<Plan>, kind: PlanKind, offset = 0, limit = 50) {
  return planPage(planOf(parts), { kind, offset, limit }, LABELS);
}

const firstItem = (operation: Operation) => page({ operations: [operation] }, operation.kind).items[0];

describe("a page of what a sync would do", () => {
  it("shows a new record with what its row gives", () => {
    expect(firstItem(CREATE)).toEqual({
      id: "o1",
      kind: "create",
      title: "Bea",
      rowNumber: 4,
      changes: [{ field: "name", label: "Full name", from: "", to: "Bea", reason: "new row" }],
      message: "",
    });
  });

  it("shows a changed record with the old value, the cell as it is seen, and why", () => {
    const changes = [
      CHANGE,
      { field: "day", from: "2026-01-01", to: "2026-02-01", sheet: "w2026-02-01T09:00:00", rule: "F5" },
    ];
    const item = firstItem({
      kind: "update",
      id: "o2",
      rule: "F2",
      title: "Ann",
      recordId: "7",
      rowNumber: 2,
      changes,
    });
    expect(item?.changes).toEqual([
      { field: "name", label: "Full name", from: "Ann", to: "Bea", reason: "changed in the sheet" },
      {
        field: "day",
        label: "day",
        from: "2026-01-01",
        to: "2026-02-01 09:00:00",
        reason: "both sides changed; this side wins here",
      },
    ]);
  });

  it("shows a value that would be cleared as cleared, whatever the cell shows", () => {
    const changes = [{ ...CHANGE, to: "", sheet: "t ", rule: "F9" }];
    const item = firstItem({
      kind: "update",
      id: "o2",
      rule: "F9",
      title: "Ann",
      recordId: "7",
      rowNumber: 2,
      changes,
    });
    expect(item?.changes[0]).toMatchObject({ from: "Ann", to: "", reason: "the cell was emptied" });
  });

  it("shows a new row without its blanks, and without a row number", () => {
    const cell = { from: "", crm: "x", rule: "R5" };
    const cells = [
      { ...cell, field: "name", to: "tAnn" },
      { ...cell, field: "city", to: "" },
      { ...cell, field: "member", to: "b1" },
      { ...cell, field: "share", to: "p0.5" },
    ];
    const item = firstItem({ kind: "append-row", id: "o3", rule: "R5", title: "Ann", recordId: "7", cells });
    expect(item?.rowNumber).toBeNull();
    expect(item?.changes.map(({ label, to, reason }) => [label, to, reason])).toEqual([
      ["Full name", "Ann", "new record"],
      ["member", "TRUE", "new record"],
      ["share", "50 %", "new record"],
    ]);
  });

  it("shows a cell that would be blanked in an existing row", () => {
    const cells = [{ field: "city", from: "tRome", to: "", crm: "", rule: "F3" }];
    const item = firstItem({
      kind: "write-cells",
      id: "o4",
      rule: "F3",
      title: "Ann",
      recordId: "7",
      rowNumber: 2,
      cells,
    });
    expect(item).toMatchObject({
      rowNumber: 2,
      changes: [{ label: "Town", from: "Rome", to: "", reason: "changed in the CRM" }],
    });
  });

  it.each([
    ["R2", "", "same key"],
    ["R11", "6", "merged in the CRM"],
    ["R24", "", "the ID was lost in the sheet"],
  ])("shows a link by %s with the ID now and then", (rule, expectedId, reason) => {
    const at = { id: "o5", title: "Ann", recordId: "7", baseId: "7", rowNumber: 2, row: {} };
    const item = firstItem({ kind: "link", rule, expectedId, ...at });
    expect(item?.changes).toEqual([{ field: "", label: "Record ID", from: expectedId, to: "7", reason }]);
  });

  it("shows a conflict with both values as people see them; it cannot be left out", () => {
    const { items, total } = page({ conflicts: [CONFLICT, { ...CONFLICT, base: null }] }, "conflict");
    expect(total).toBe(2);
    expect(items[0]).toMatchObject({ id: "", kind: "conflict", title: "Ann", rowNumber: 2 });
    expect(items[0]?.changes).toEqual([
      { field: "city", label: "Town", from: "12.5", to: "Oslo", reason: "changed on both sides" },
    ]);
    expect(items[0]?.message).toContain("Both values stay");
    expect(items[1]?.changes[0]?.reason).toBe("different from the start");
  });

  it("shows errors and notes apart, with the column's name in front", () => {
    const note: Finding = { ...FINDING, severity: "note", field: null, rowNumber: null, message: "Left alone." };
    const findings = [FINDING, note, { ...FINDING, field: "zip" }];
    expect(page({ findings }, "error").items.map((item) => item.message)).toEqual([
      "Town: That is no city.",
      "zip: That is no city.",
    ]);
    expect(page({ findings }, "note")).toEqual({
      total: 1,
      items: [{ id: "", kind: "note", title: "Row 5", rowNumber: null, changes: [], message: "Left alone." }],
    });
  });

  it("holds one kind only, so many from an offset on, and tells how many there are", () => {
    const operations = Array.from({ length: 7 }, (_, at): Operation => ({ ...CREATE, id: `c${at}` }));
    const other: Operation = { kind: "append-row", id: "a1", rule: "R5", title: "", recordId: "9", cells: [] };
    const mixed = { operations: [other, ...operations, { ...other, id: "a2" }] };
    expect(page(mixed, "create", 5, 5)).toMatchObject({ total: 7, items: [{ id: "c5" }, { id: "c6" }] });
    expect(page(mixed, "create", 2, 1).items.map((item) => item.id)).toEqual(["c2"]);
    expect(page(mixed, "create", 7, 5)).toEqual({ total: 7, items: [] });
    expect(page(mixed, "append-row").items.map((item) => item.id)).toEqual(["a1", "a2"]);
    expect(page(mixed, "update")).toEqual({ total: 0, items: [] });
  });
});
