import { toCellText } from "./cell";
import { headerKey } from "./header";
import { type TableBlock, valueAt } from "./table-block";

/**
 * Column before by column after. Bound columns are known by their tags, others by a header that is unique in both, the
 * rest by keeping their distance from the column on their left.
 */
export function columnMap(before: TableBlock, after: TableBlock): ReadonlyMap<number, number> {
  const map = new Map<number, number>();
  map.set(after.binding.idColumn, before.binding.idColumn);
  if (after.binding.statusColumn > 0 && before.binding.statusColumn > 0) {
    map.set(after.binding.statusColumn, before.binding.statusColumn);
  }
  for (const one of after.binding.columns) {
    const old = before.binding.columns.find((other) => other.mapping.columnId === one.mapping.columnId);
    if (old !== undefined) map.set(one.column, old.column);
  }
  const taken = new Set(map.values());
  const oldHeaders = uniqueHeaders(before);
  for (const [key, column] of uniqueHeaders(after)) {
    const old = oldHeaders.get(key);
    if (old === undefined || map.has(column) || taken.has(old)) continue;
    map.set(column, old);
    taken.add(old);
  }
  let offset = 0;
  const width = Math.max(widthOf(before), widthOf(after));
  for (let column = 1; column <= width; column++) {
    const known = map.get(column);
    if (known !== undefined) offset = known - column;
    else if (column + offset > 0 && !taken.has(column + offset)) {
      map.set(column, column + offset);
      taken.add(column + offset);
    }
  }
  return map;
}

function widthOf(block: TableBlock): number {
  return block.values[0]?.length ?? 0;
}

function uniqueHeaders(block: TableBlock): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const doubled = new Set<string>();
  for (let column = 1; column <= widthOf(block); column++) {
    const key = headerKey(toCellText(valueAt(block, block.headerRow, column)));
    if (key === "") continue;
    if (found.has(key)) doubled.add(key);
    found.set(key, column);
  }
  for (const key of doubled) found.delete(key);
  return found;
}
