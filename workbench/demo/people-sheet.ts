import type { Host, StoredValue } from "../apps-script/host-api";

/** Rows of the people sheet by what they hold; row numbers are 1-based. */
export interface PersonRow {
  readonly row: number;
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Columns of the people template, 1-based, by field. */
export const PEOPLE_COLUMNS = { firstname: 1, lastname: 2, email: 3, phone: 4, jobtitle: 5, company: 6 } as const;

/** A column of the people template. */
export type PersonField = keyof typeof PEOPLE_COLUMNS;

export const PERSON_FIELDS = Object.keys(PEOPLE_COLUMNS) as readonly PersonField[];

const ID_COLUMN = 7;

/** Reads every data row of the people sheet. */
export function readPeople(host: Host, tabId: number): readonly PersonRow[] {
  const { rows } = host.workbook.used(tabId);
  if (rows < 2) return [];
  return host.workbook.cells(tabId, 2, 1, rows - 1, ID_COLUMN).map((cells, at) => {
    const text = (column: number) => toText(cells[column - 1]?.value ?? null);
    const values = Object.fromEntries(Object.entries(PEOPLE_COLUMNS).map(([field, column]) => [field, text(column)]));
    return { row: at + 2, id: text(ID_COLUMN), values };
  });
}

function toText(value: StoredValue): string {
  return value === null ? "" : String(value);
}
