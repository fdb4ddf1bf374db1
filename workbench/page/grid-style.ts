import type { CellLook } from "../server/cell-look";

/** A look in the grid's own words; empty for a plain cell. */
export function toGridStyle(look: CellLook | undefined): Readonly<Record<string, string | boolean>> {
  if (look === undefined) return {};
  return {
    ...(look.bold ? { bold: true } : {}),
    ...(look.italic ? { italic: true } : {}),
    ...(look.underline ? { underline: true } : {}),
    ...(look.strike ? { strikethrough: true } : {}),
    ...(look.ink === undefined ? {} : { textColor: look.ink }),
    ...(look.fill === undefined ? {} : { fillColor: look.fill }),
    ...(look.align === undefined ? {} : { align: look.align }),
    ...(look.wrap ? { wrapping: "wrap" } : {}),
  };
}

/**
 * The style to give a cell so that it looks as the workbook says, or `null` when it does. A cell that is plain in the
 * workbook keeps what the person gave it by hand: the workbook knows nothing of that.
 */
export function missingStyle(
  look: CellLook | undefined,
  shown: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | null {
  const wanted = toGridStyle(look);
  return Object.entries(wanted).every(([key, value]) => shown?.[key] === value) ? null : { ...shown, ...wanted };
}
