import type { IdWrite } from "../../../src/ports/table";
import { people, peopleTab } from "./people-tab";

/** Five rows without id, told apart by all their values. */
const newcomers = () => people(5).map((row) => [...row.slice(0, 5), "", ""]);

function idWrite(n: number, patch: Partial<IdWrite> = {}): IdWrite {
  return {
    operationId: `op${n}`,
    id: `pending:t${n}`,
    rowNumber: n + 1,
    expectedId: "",
    row: { email: `tp${n}@x.example`, name: `tName ${n}`, phone: `tPhone ${n}`, city: `tCity ${n}` },
    ...patch,
  };
}

/** Cells of a person's row but for the id, blanks and typed ones left out. */
const restOf = (tab: ReturnType<typeof peopleTab>, n: number) =>
  tab.grid
    .values(tab.tabId)
    .find((line) => line.includes(`p${n}@x.example`))
    ?.filter((value) => value !== "" && value !== "typed" && !/^(pending:|9)/.test(String(value)))
    .join();

const allOf = (n: number, typed: boolean) =>
  [`p${n}@x.example`, `Name ${n}`, `note ${n}`, `Phone ${n}`, ...(typed ? [] : [`City ${n}`])].join();

const idOf = (tab: ReturnType<typeof peopleTab>, email: string) =>
  tab.grid
    .values(tab.tabId)
    .find((line) => line.includes(email))
    ?.find((value) => /^(pending:|\d)/.test(String(value)));

describe("ids into rows found by their values", () => {
  it("places them where the rows are now", () => {
    const tab = peopleTab(newcomers());
    tab.grid.user.sortRows(tab.tabId, 2, 1, false);
    expect(tab.table.writeIds([idWrite(1), idWrite(4)])).toEqual([
      { operationId: "op1", placed: true },
      { operationId: "op4", placed: true },
    ]);
    expect(idOf(tab, "p1@x.example")).toBe("pending:t1");
    expect(idOf(tab, "p4@x.example")).toBe("pending:t4");
    expect(idOf(tab, "p2@x.example")).toBeUndefined();
  });

  it("leaves a row alone whose values or id changed, and two rows that look the same", () => {
    const tab = peopleTab([...newcomers(), ...newcomers().slice(1, 2)]);
    tab.grid.user.type(tab.tabId, 2, 5, "typed");
    tab.grid.user.type(tab.tabId, 4, 6, "777");
    const moved = idWrite(2, { rowNumber: 99 });
    expect(tab.table.writeIds([idWrite(1), moved, idWrite(3), idWrite(5)])).toEqual([
      { operationId: "op1", placed: false },
      { operationId: "op2", placed: false },
      { operationId: "op3", placed: false },
      { operationId: "op5", placed: true },
    ]);
    expect(tab.grid.values(tab.tabId).map((line) => line[5])).toEqual([
      "CRM record ID",
      "",
      "",
      "777",
      "",
      "pending:t5",
      "",
    ]);
  });

  it("takes the row of the plan when it still fits, though another looks the same", () => {
    const tab = peopleTab([...newcomers(), ...newcomers().slice(1, 2)]);
    expect(tab.table.writeIds([idWrite(2)])).toEqual([{ operationId: "op2", placed: true }]);
    expect(tab.grid.cell(tab.tabId, 3, 6).value).toBe("pending:t2");
  });

  it("R11: replaces the id that the row is expected to hold", () => {
    const tab = peopleTab(people(3));
    const write = idWrite(2, { expectedId: "102", id: "900" });
    expect(tab.table.writeIds([write])).toEqual([{ operationId: "op2", placed: true }]);
    expect(idOf(tab, "p2@x.example")).toBe("900");
  });

  it("I6: whatever moves at whichever call, no id stays on a row with other values", () => {
    const moves: readonly ((tab: ReturnType<typeof peopleTab>) => void)[] = [
      ({ grid, tabId }) => grid.user.sortRows(tabId, 2, 1, false),
      ({ grid, tabId }) => grid.user.insertRows(tabId, 2, 1),
      ({ grid, tabId }) => grid.user.deleteRows(tabId, 3, 1),
      ({ grid, tabId }) => grid.user.insertColumns(tabId, 1, 1),
      ({ grid, tabId }) => grid.user.type(tabId, 2, 5, "typed"),
    ];
    for (const move of moves) {
      for (let k = 1; k <= 8; k++) {
        const rows = [...newcomers(), ["z@x.example", "Zoe", "", "", "", "555", ""]];
        const tab = peopleTab(rows);
        tab.grid.before(k, () => move(tab));
        const outcomes = tab.table.writeIds([idWrite(1), idWrite(3)]);
        expect(idOf(tab, "z@x.example")).toBe("555");
        for (const n of [1, 2, 3, 4, 5]) {
          const id = idOf(tab, `p${n}@x.example`);
          if (id !== undefined) expect(`${k} ${id}`).toBe(`${k} pending:t${n}`);
          const rest = restOf(tab, n);
          if (rest !== undefined) expect([allOf(n, false), allOf(n, true)]).toContain(rest);
          const placed = outcomes.some((one) => one.operationId === `op${n}` && one.placed);
          expect(`${k} ${n} ${placed}`).toBe(`${k} ${n} ${id !== undefined}`);
        }
      }
    }
  });
});

describe("replacing ids by what the cells hold", () => {
  const writeK = 4;

  it.each<[string, (tab: ReturnType<typeof peopleTab>) => void]>([
    ["a row is inserted above", ({ grid, tabId }) => grid.user.insertRows(tabId, 2, 1)],
    ["the row above goes", ({ grid, tabId }) => grid.user.deleteRows(tabId, 2, 1)],
  ])("I6: neighbours whose ids fall on each other's tokens get their own when %s", (_what, move) => {
    for (const k of [writeK - 1, writeK]) {
      const [one = [], two = [], ...rest] = people(5);
      const tokens = rest.map((row, i) => [...row.slice(0, 5), `pending:t${i + 3}`, ""]);
      const tab = peopleTab([one, two, ...tokens]);
      tab.grid.before(k, () => move(tab));
      tab.table.replaceIds([3, 4, 5].map((n) => ({ from: `pending:t${n}`, to: `90${n}` })));
      expect(idOf(tab, "p2@x.example")).toBe("102");
      expect([3, 4, 5].map((n) => idOf(tab, `p${n}@x.example`))).toEqual(["903", "904", "905"]);
      const ids = tab.grid.values(tab.tabId).map((line) => line[5]);
      expect(ids.filter((id) => id !== "" && id !== undefined)).toHaveLength(new Set(ids.filter(Boolean)).size);
    }
  });

  const pending = () => people(4).map((row, i) => [...row.slice(0, 5), `pending:t${i + 1}`, ""]);
  const replacements = [
    { from: "pending:t1", to: "901" },
    { from: "pending:t3", to: "903" },
  ];

  it("replaces tokens wherever they are, in one row each", () => {
    const tab = peopleTab(pending());
    tab.grid.user.copyRows(tab.tabId, 4, 1, 6);
    expect(tab.table.replaceIds([...replacements, { from: "pending:t9", to: "909" }])).toEqual([
      { from: "pending:t1", rows: 1 },
      { from: "pending:t3", rows: 2 },
      { from: "pending:t9", rows: 0 },
    ]);
    expect(tab.grid.values(tab.tabId).map((line) => line[5])).toEqual([
      "CRM record ID",
      "901",
      "pending:t2",
      "pending:t3",
      "pending:t4",
      "pending:t3",
    ]);
  });

  it("I6: rows that are sorted, inserted or deleted at any call end with their own id", () => {
    const moves: readonly ((tab: ReturnType<typeof peopleTab>) => void)[] = [
      ({ grid, tabId }) => grid.user.sortRows(tabId, 2, 1, false),
      ({ grid, tabId }) => grid.user.insertRows(tabId, 2, 1),
      ({ grid, tabId }) => grid.user.deleteRows(tabId, 3, 1),
      ({ grid, tabId }) => grid.user.insertColumns(tabId, 1, 1),
    ];
    for (const move of moves) {
      for (let k = 1; k <= 10; k++) {
        const tab = peopleTab(pending());
        tab.grid.before(k, () => move(tab));
        tab.table.replaceIds(replacements);
        for (const n of [1, 2, 3, 4]) {
          const id = idOf(tab, `p${n}@x.example`);
          const right = n === 1 || n === 3 ? [`90${n}`] : [`pending:t${n}`, undefined];
          expect(right).toContain(id);
          const rest = restOf(tab, n);
          if (rest !== undefined) expect(`${k} ${rest}`).toBe(`${k} ${allOf(n, false)}`);
        }
      }
    }
  });
});
