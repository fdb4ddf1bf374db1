import { planPage } from "../../src/app/plan-page";
import type { PlanKind } from "../../src/contract/views";
import { DEFAULT_GUARD, type Direction, type Mapping, NO_MAIL } from "../../src/domain/mapping";
import type { Conflict, CreateOperation, Finding, Operation, Plan } from "../../src/domain/plan";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput } from "../support/merge-builders";

const column = (field: string, header: string, direction: Direction = "both") => ({
  columnId: `c-${field}`,
  header,
  field,
  direction,
  blank: "keep" as const,
});

const MAPPING: Mapping = {
  id: "m1",
  name: "People",
  crm: "hubspot",
  accountId: "145",
  objectType: "people",
  tabId: 0,
  headerRow: 1,
  columns: [column("name", "Full name"), column("city", "Town"), column("score", "Score", "pull")],
  keyField: null,
  direction: "both",
  conflicts: "ask",
  gone: "mark",
  removedRows: "leave",
  guard: DEFAULT_GUARD,
  notify: NO_MAIL,
};

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
  return planPage(planOf(parts), { kind, offset, limit }, MAPPING);
}

const firstItem = (operation: Operation) => page({ operations: [operation] }, operation.kind).items[0];

describe("a page of what a sync would do", () => {
  it("shows a new record with what its row gives", () => {
    expect(firstItem(CREATE)).toEqual({
      id: "o1",
      kind: "create",
      title: "Bea",
      rowNumber: 4,
      changes: [{ field: "name", label: "Full name", from: "", to: "Bea", reason: "new record" }],
      message: "",
      conflict: null,
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
      ["Full name", "Ann", "new row"],
      ["member", "TRUE", "new row"],
      ["share", "50 %", "new row"],
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
    expect(items[0]?.message).toBe("");
    expect(items[1]?.changes[0]?.reason).toBe("different from the start");
  });

  it("R8 shows a record that would be archived with the values that go with it", () => {
    const expected = { name: "Ann", city: "" };
    const item = firstItem({
      kind: "archive",
      id: "a:7",
      rule: "R8",
      title: "Ann",
      recordId: "7",
      rowNumber: null,
      expected,
    });
    expect(item).toMatchObject({ id: "a:7", rowNumber: null, message: "Its row was removed from the sheet." });
    expect(item?.changes).toEqual([{ field: "name", label: "Full name", from: "Ann", to: "", reason: "" }]);
  });

  it("R6 shows a row that would be removed with its values as they are seen", () => {
    const at = { id: "x:7", title: "Ann", recordId: "7", rowNumber: 3, onlyIfUnmappedBlank: false };
    const item = firstItem({ kind: "remove-row", rule: "R6", row: { name: "tAnn", city: "", share: "p0.5" }, ...at });
    expect(item).toMatchObject({ rowNumber: 3, message: expect.stringContaining("deleted in the CRM") });
    expect(item?.changes.map(({ label, from, to }) => [label, from, to])).toEqual([
      ["Full name", "Ann", ""],
      ["share", "50 %", ""],
    ]);
  });

  it("R6 shows what the ID cell of an unlinked row would say", () => {
    const at = { id: "l:7", title: "Ann", recordId: "7", rowNumber: 3, row: {} };
    const item = firstItem({ kind: "unlink", rule: "R6", ...at });
    expect(item?.changes).toEqual([{ field: "", label: "Record ID", from: "7", to: "unlinked:7", reason: "" }]);
    expect(item?.message).toContain("The row stays");
  });

  it("I15 shows a row that comes back with its cells, formulas as they are typed, blanks left out", () => {
    const content = {
      cells: [
        { header: "Name", value: "tAnn", formula: null },
        { header: "Notes", value: "", formula: null },
        { header: "Sum", value: "n3", formula: "=A1+2" },
      ],
    };
    const item = firstItem({ kind: "restore-row", id: "b:7", rule: "I15", title: "Ann", recordId: "7", content });
    expect(item?.changes.map(({ label, from, to }) => [label, from, to])).toEqual([
      ["Name", "", "Ann"],
      ["Sum", "", "=A1+2"],
    ]);
    expect(item?.message).toContain("comes back at the end");
  });

  it("I15 shows what undo puts back, not what the cell shows", () => {
    const changes = [{ ...CHANGE, from: "Bea", to: "Ann", sheet: "tSomething else", rule: "I15" }];
    const item = firstItem({
      kind: "update",
      id: "u:7",
      rule: "I15",
      title: "Ann",
      recordId: "7",
      rowNumber: 2,
      changes,
    });
    expect(item?.changes[0]).toMatchObject({ from: "Bea", to: "Ann", reason: "put back" });
  });

  it("F5 shows both sides of a conflict, what both held before and when each changed", () => {
    const times = { sheet: { fromMs: 1_000, toMs: 9_000 }, crm: { fromMs: 0, toMs: 5_000 } };
    const { items } = page(
      {
        conflicts: [
          { ...CONFLICT, times },
          { ...CONFLICT, base: null },
        ],
      },
      "conflict",
    );
    expect(items.map(({ conflict }) => conflict)).toEqual([
      {
        recordId: "7",
        field: "city",
        sheet: "12.5",
        crm: "Oslo",
        base: "Rome",
        sheetFromMs: 1_000,
        sheetMs: 9_000,
        crmFromMs: null,
        crmMs: 5_000,
        winners: ["sheet", "crm"],
      },
      expect.objectContaining({ base: null, sheetFromMs: null, sheetMs: null, crmFromMs: null, crmMs: null }),
    ]);
  });

  it.each<[string, Direction, string, readonly string[]]>([
    ["a column of both ways in a run of both ways", "both", "city", ["sheet", "crm"]],
    ["a column that only pulls", "both", "score", ["crm"]],
    ["a run that only pulls", "pull", "city", ["crm"]],
    ["a run that only pushes", "push", "city", ["sheet"]],
    ["a column that only pulls in a run that only pushes", "push", "score", []],
    ["a column that is no longer mapped", "both", "gone", []],
  ])("F5 lets a side win only where its value may go over: %s", (_what, direction, field, winners) => {
    const { items } = page({ direction, conflicts: [{ ...CONFLICT, field }] }, "conflict");
    expect(items[0]?.conflict?.winners).toEqual(winners);
    expect(items[0]?.message.includes("stay as they are")).toBe(winners.length === 0);
  });

  it("F7 R15 offers no side that may not win, and says why", () => {
    const barred = { crm: { rule: "F7", message: "A formula stands there." } };
    const { items } = page({ conflicts: [{ ...CONFLICT, field: "city", barred }] }, "conflict");
    expect(items[0]).toMatchObject({ message: "A formula stands there.", conflict: { winners: ["sheet"] } });
    const both = { ...barred, sheet: { rule: "R15", message: "Another record has it." } };
    const closed = page({ conflicts: [{ ...CONFLICT, field: "city", barred: both }] }, "conflict").items[0];
    expect(closed?.conflict?.winners).toEqual([]);
    expect(closed?.message).toMatch(/^Another record has it\. A formula stands there\. Both values stay as they are/);
  });

  it("shows what the CRM holds as people read it", () => {
    const { items } = page({ conflicts: [{ ...CONFLICT, crm: "lead", crmShown: "Lead stage" }] }, "conflict");
    expect(items[0]).toMatchObject({ changes: [{ to: "Lead stage" }], conflict: { crm: "Lead stage" } });
    const sent = { field: "city", from: "lead", to: "won", sheet: "tClosed", rule: "F2" };
    const shown = { from: "Lead stage", to: "Closed won" };
    const changesOf = (change: typeof sent & { readonly shown?: typeof shown }) => {
      const update = {
        kind: "update",
        id: "u:1",
        rule: change.rule,
        title: "Ann",
        recordId: "1",
        rowNumber: 2,
      } as const;
      return page({ operations: [{ ...update, changes: [change] }] }, "update").items[0]?.changes;
    };
    expect(changesOf({ ...sent, shown })).toMatchObject([{ from: "Lead stage", to: "Closed" }]);
    expect(changesOf({ ...sent, rule: "I15", shown })).toMatchObject([{ from: "Lead stage", to: "Closed won" }]);
    expect(changesOf({ ...sent, rule: "I15" })).toMatchObject([{ from: "lead", to: "won" }]);
  });

  it("F6 says that both sides differed where a policy settled it", () => {
    const cell = { field: "city", from: "tA", to: "tB", crm: "B", rule: "F6" };
    const reasonOf = (more: object) => {
      const write = { kind: "write-cells", id: "w:1", rule: "F6", title: "Ann", recordId: "1", rowNumber: 2 } as const;
      return page({ operations: [{ ...write, cells: [{ ...cell, ...more }] }] }, "write-cells").items[0]?.changes[0]
        ?.reason;
    };
    expect(reasonOf({})).toBe("filled on one side only");
    expect(reasonOf({ overwrites: true })).toBe("both sides differed; this side wins here");
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
      items: [
        { id: "", kind: "note", title: "Row 5", rowNumber: null, changes: [], message: "Left alone.", conflict: null },
      ],
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
