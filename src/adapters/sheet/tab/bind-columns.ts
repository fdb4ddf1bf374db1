import type { ColumnMapping, Mapping } from "../../../domain/mapping";
import type { ColumnTag } from "../../../ports/grid";
import type { BoundColumn, TableProblem } from "../../../ports/table";
import { ID_TAG, isOwnTag, ownHeaders, STATUS_TAG, tagKey } from "./column-tag";
import { headerKey } from "./header";

/** Where the columns of a mapping are now. */
export interface Binding {
  readonly problem: TableProblem | null;
  /** 1-based; 0 when missing. */
  readonly idColumn: number;
  /** 1-based; 0 when missing. */
  readonly statusColumn: number;
  readonly columns: readonly BoundColumn[];
  readonly suspended: readonly ColumnMapping[];
  /** Columns found by their header only: they get their tag back. */
  readonly untagged: readonly { readonly column: number; readonly value: string }[];
}

/** A binding of nothing, with its reason. */
export function unbound(problem: TableProblem): Binding {
  return { problem, idColumn: 0, statusColumn: 0, columns: [], suspended: [], untagged: [] };
}

interface Finder {
  /** Columns that carry the tag, else the columns with the header. */
  find(tagValue: string, headers: readonly string[]): { readonly columns: readonly number[]; readonly tagged: boolean };
}

/**
 * Finds each column by its tag, else by its header (rule R18: metadata beats the header name). Columns that another
 * mapping or column claimed by tag are never taken by header. `header` holds the texts of the header row from column 1.
 */
export function bindColumns(mapping: Mapping, tags: readonly ColumnTag[], header: readonly string[]): Binding {
  const finder = createFinder(mapping, tags, header);
  const own = ownHeaders(mapping.crm);
  const untagged: { column: number; value: string }[] = [];
  const columns: BoundColumn[] = [];
  const suspended: ColumnMapping[] = [];
  let problem: TableProblem | null = null;
  const take = (tagValue: string, headers: readonly string[], field: string): number => {
    const found = finder.find(tagValue, headers);
    const [column = 0] = found.columns;
    if (found.columns.length > 1) problem ??= { kind: "column-bound-twice", field, columns: found.columns };
    else if (column > 0 && !found.tagged) untagged.push({ column, value: tagValue });
    return column;
  };
  const idColumn = take(ID_TAG, own.id, ID_TAG);
  const statusColumn = take(STATUS_TAG, own.status, STATUS_TAG);
  for (const one of mapping.columns) {
    const column = take(one.columnId, [one.header], one.field);
    if (column === 0) suspended.push(one);
    else columns.push({ mapping: one, column, header: header[column - 1] ?? "" });
  }
  if (idColumn === 0) problem = { kind: "id-column-missing" };
  problem ??= doubledField(columns);
  return { problem, idColumn, statusColumn, columns, suspended, untagged };
}

function createFinder(mapping: Mapping, tags: readonly ColumnTag[], header: readonly string[]): Finder {
  const key = tagKey(mapping.id);
  const claimed = new Set(tags.filter((tag) => isOwnTag(tag.key) && isClaim(tag, key)).map((tag) => tag.column));
  const keys = header.map(headerKey);
  return {
    find(tagValue, headers) {
      const byTag = tags.filter((tag) => tag.key === key && tag.value === tagValue).map((tag) => tag.column);
      if (byTag.length > 0) return { columns: [...new Set(byTag)], tagged: true };
      for (const text of headers) {
        const wanted = headerKey(text);
        if (wanted === "") continue;
        const columns = keys.flatMap((one, c) => (one === wanted && !claimed.has(c + 1) ? [c + 1] : []));
        if (columns.length > 0) return { columns, tagged: false };
      }
      return { columns: [], tagged: false };
    },
  };
}

/** A data column may serve two mappings; an id or status column, or a column of this mapping, only one. */
function isClaim(tag: ColumnTag, key: string): boolean {
  return tag.key === key || tag.value === ID_TAG || tag.value === STATUS_TAG;
}

function doubledField(columns: readonly BoundColumn[]): TableProblem | null {
  const byField = new Map<string, number[]>();
  for (const one of columns) byField.set(one.mapping.field, [...(byField.get(one.mapping.field) ?? []), one.column]);
  for (const [field, places] of byField) {
    if (places.length > 1) return { kind: "column-bound-twice", field, columns: places };
  }
  return null;
}
