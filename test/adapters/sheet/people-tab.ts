import { createTable } from "../../../src/adapters/sheet/create-table";
import { tagKey } from "../../../src/adapters/sheet/tab/column-tag";
import type { Direction, Mapping } from "../../../src/domain/mapping";
import { DEFAULT_GUARD, NO_MAIL } from "../../../src/domain/mapping";
import { textValue } from "../../../src/domain/value";
import type { GridValue } from "../../../src/ports/grid";
import type { CellWrite, Table } from "../../../src/ports/table";
import { FakeGrid } from "../../support/fake-grid";

const FIELDS = ["email", "name", "phone", "city"] as const;
const HEADERS = ["Email", "Name", "Phone", "City"];

/** A mapping of four columns to a tab. */
export function peopleMapping(tabId: number, patch: Partial<Mapping> = {}): Mapping {
  return {
    id: "m1",
    name: "People",
    crm: "hubspot",
    accountId: "1",
    objectType: "contacts",
    tabId,
    headerRow: 1,
    columns: FIELDS.map((field, i) => ({
      columnId: `c${i}`,
      header: HEADERS[i] ?? "",
      field,
      direction: "both" as Direction,
      blank: "keep",
    })),
    keyField: "email",
    direction: "both",
    conflicts: "ask",
    gone: "mark",
    removedRows: "leave",
    guard: DEFAULT_GUARD,
    notify: NO_MAIL,
    ...patch,
  };
}

export interface PeopleTab {
  readonly grid: FakeGrid;
  readonly tabId: number;
  readonly mapping: Mapping;
  readonly table: Table;
}

/** Columns: Email, Name, Notes (not mapped), Phone, City, CRM record ID, CRM sync status. */
export function peopleTab(rows: readonly (readonly GridValue[])[], tagged = true): PeopleTab {
  const grid = new FakeGrid();
  const header = ["Email", "Name", "Notes", "Phone", "City", "CRM record ID", "CRM sync status"];
  const tabId = grid.addUserTab("People", [header, ...rows]);
  const mapping = peopleMapping(tabId);
  if (tagged) {
    const tab = grid.tab(tabId);
    const columns: readonly [number, string][] = [
      [1, "c0"],
      [2, "c1"],
      [4, "c2"],
      [5, "c3"],
      [6, "id"],
      [7, "status"],
    ];
    for (const [column, value] of columns) tab?.tagColumn(column, tagKey("m1"), value);
    grid.flush();
    grid.resetCalls();
  }
  return { grid, tabId, mapping, table: createTable(grid, mapping) };
}

/** `count` linked people with distinct values everywhere. */
export function people(count: number): GridValue[][] {
  return Array.from({ length: count }, (_, i) => {
    const n = i + 1;
    return [`p${n}@x.example`, `Name ${n}`, `note ${n}`, `Phone ${n}`, `City ${n}`, `10${n}`, ""];
  });
}

/** A write of text over text. */
export function cellWrite(recordId: string, field: string, change: { from: string; to: string }): CellWrite {
  return {
    recordId,
    field,
    expected: change.from === "" ? "" : `t${change.from}`,
    value: textValue(change.to),
  };
}
