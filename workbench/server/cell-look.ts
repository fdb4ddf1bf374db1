import type { CellView, TabView } from "../apps-script/host-api";

/** How a cell looks, as far as the page can show it; what is missing is plain. */
export interface CellLook {
  readonly bold?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly ink?: string;
  readonly fill?: string;
  readonly align?: "left" | "center" | "right";
  readonly wrap?: true;
}

/** The look of a cell, from the names that Range's setters have; `null` for a plain cell. */
export function readLook(cell: CellView): CellLook | null {
  const { style } = cell;
  if (style === undefined) return null;
  const ink = toColour(style.fontColor, "#000000");
  const fill = toColour(style.background, "#ffffff");
  const align = ["left", "center", "right"].find((side) => side === style.horizontalAlignment) as CellLook["align"];
  const look: CellLook = {
    ...(style.fontWeight === "bold" ? { bold: true } : {}),
    ...(style.fontStyle === "italic" ? { italic: true } : {}),
    ...(style.fontLine === "underline" ? { underline: true } : {}),
    ...(style.fontLine === "line-through" ? { strike: true } : {}),
    ...(ink === null ? {} : { ink }),
    ...(fill === null ? {} : { fill }),
    ...(align === undefined ? {} : { align }),
    ...(style.wrap === true ? { wrap: true } : {}),
  };
  return Object.keys(look).length === 0 ? null : look;
}

/** Widths of columns that were set, pixels by column number. */
export function readColumnWidths(tab: TabView): Readonly<Record<number, number>> {
  return tab.columnWidths ?? {};
}

/** Only colours in hexadecimal are shown; names would need a table. */
function toColour(value: unknown, plain: string): string | null {
  return typeof value === "string" && /^#[\da-f]{6}$/i.test(value) && value.toLowerCase() !== plain ? value : null;
}
