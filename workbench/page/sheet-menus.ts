import type { MenuItem, MenuView } from "../apps-script/host-api";
import type { MenuEnvironment, MenuSpec, SpreadsheetLibrary } from "./o-spreadsheet-api";

/** What the grid's menus call. */
export interface MenuTargets {
  /** Menus of the script as they are now. */
  menus(): readonly MenuView[];
  click(functionName: string): void;
}

/** Entries of the component that the emulated workbook cannot hold. They are taken out rather than lost at a reload. */
const removedEntries: readonly (readonly string[])[] = [
  ["file"],
  ["insert", "insert_chart"],
  ["insert", "insert_carousel"],
  ["insert", "insert_pivot"],
  ["insert", "insert_image"],
  ["insert", "insert_table"],
  ["insert", "insert_checkbox"],
  ["insert", "insert_dropdown"],
  ["view", "view_irregularity_map"],
  ["view", "toggle_pin_panel"],
  ["view", "group_headers"],
  ["format", "format_cf"],
  ["data", "data_validation"],
  ["data", "named_range"],
  ["data", "pivot_data_sources"],
  ["data", "reinsert_dynamic_pivot"],
  ["data", "reinsert_static_pivot"],
];

/** Puts Extensions and the script's own menus into the grid's menu bar, and "Sort sheet" into its column menu. */
export function addMenus(library: SpreadsheetLibrary, targets: MenuTargets): void {
  const { topbarMenuRegistry, colMenuRegistry } = library.registries;
  for (const [menu = "", entry] of removedEntries) {
    if (entry === undefined) topbarMenuRegistry.remove(menu);
    else removeChild(topbarMenuRegistry.content[menu], entry);
  }
  topbarMenuRegistry.add("extensions", { name: "Extensions", sequence: 80, isReadonlyAllowed: true });
  topbarMenuRegistry.addChild("script_menus", ["extensions"], () => toSpecs(targets));
  colMenuRegistry.remove("sort_columns");
  colMenuRegistry.remove("column_statistics");
  colMenuRegistry.add("sort_sheet_ascending", sortSpec("Sort sheet A to Z", "asc", 50));
  colMenuRegistry.add("sort_sheet_descending", { ...sortSpec("Sort sheet Z to A", "desc", 51), separator: true });
}

function removeChild(menu: { children?: unknown[] } | undefined, id: string): void {
  if (menu?.children === undefined) return;
  menu.children = menu.children.filter((child) => (child as { id?: string }).id !== id);
}

/** A menu of a bound script stands in the menu bar in Sheets; here all menus of scripts are under Extensions. */
function toSpecs(targets: MenuTargets): readonly MenuSpec[] {
  const menus = targets.menus();
  if (menus.length === 0) return [{ name: "No script has a menu", execute: () => undefined }];
  return menus.map((menu, at) => ({
    id: `script_menu_${at}`,
    name: menu.caption,
    sequence: at,
    isReadonlyAllowed: true,
    children: toItems(menu.items, targets),
  }));
}

function toItems(items: readonly MenuItem[], targets: MenuTargets): readonly MenuSpec[] {
  return items.flatMap((item, at): readonly MenuSpec[] => {
    if (item.kind === "separator") return [];
    const spec = {
      id: `item_${at}`,
      name: item.caption ?? "",
      sequence: at,
      separator: items[at + 1]?.kind === "separator",
      isReadonlyAllowed: true,
    };
    const { functionName } = item;
    if (item.kind === "submenu") return [{ ...spec, children: toItems(item.items ?? [], targets) }];
    return functionName === undefined ? [] : [{ ...spec, execute: () => targets.click(functionName) }];
  });
}

/** Sorts all rows below the frozen ones by the selected column, as the same entry of Sheets does. */
function sortSpec(name: string, sortDirection: "asc" | "desc", sequence: number): MenuSpec {
  return {
    name,
    sequence,
    execute: ({ model }: MenuEnvironment) => {
      const { getters } = model;
      const sheetId = getters.getActiveSheetId();
      const positions = getters.getCells(sheetId).map((cell) => getters.getCellPosition(cell.id));
      const column = getters.getSelectedZones()[0]?.left ?? 0;
      const top = getters.getPaneDivisions(sheetId).ySplit;
      const bottom = positions.reduce((most, { row }) => Math.max(most, row), 0);
      const right = positions.reduce((most, { col }) => Math.max(most, col), column);
      if (bottom <= top) return;
      model.dispatch("SORT_CELLS", {
        sheetId,
        col: column,
        row: top,
        zone: { left: 0, right, top, bottom },
        sortDirection,
        sortOptions: { sortHeaders: true },
      });
    },
  };
}
