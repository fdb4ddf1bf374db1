import type { CellNotes } from "./cell-notes";
import type { GridRect, OwlLibrary, PluginBase, Position, SpreadsheetLibrary } from "./o-spreadsheet-api";
import type { TabSheets } from "./tab-sheets";

const markSize = 7;
const markColour = "#f29900";

interface NoteParts {
  readonly library: SpreadsheetLibrary;
  readonly owl: OwlLibrary;
  readonly notes: CellNotes;
  readonly sheets: TabSheets;
}

/** Adds notes to the grid: a small corner on cells that have one, and its text while the pointer is over the cell. */
export function addNotes({ library, owl, notes, sheets }: NoteParts): void {
  const noteOf = ({ sheetId, row, col }: Position): string | null => {
    const tabId = sheets.tabOf(sheetId);
    return tabId === null ? null : notes.get(tabId, row + 1, col + 1);
  };
  class NoteCard extends owl.Component {
    static maxSize = { maxWidth: 320, maxHeight: 240 };
    static props = { text: String, onClosed: { type: Function, optional: true } };
    // t-esc: text from a CRM or a sheet never becomes markup.
    static template = owl.xml`<div class="workbench-note" t-esc="props.text"/>`;
  }
  library.registries.cellPopoverRegistry.add("WorkbenchNote", {
    onHover: (position: Position) => {
      const text = noteOf(position);
      return text === null
        ? { isOpen: false }
        : { isOpen: true, props: { text }, Component: NoteCard, cellCorner: "top-right" };
    },
  });
  class NoteMarks extends library.UIPlugin {
    static layers = ["Autofill"];
    static getters = [];
    drawLayer({ ctx }: { readonly ctx: CanvasRenderingContext2D }): void {
      const { getters } = this as unknown as PluginBase;
      const sheetId = getters.getActiveSheetId();
      const tabId = sheets.tabOf(sheetId);
      if (tabId === null) return;
      for (const { row, column } of notes.of(tabId)) {
        const position = { sheetId, row: row - 1, col: column - 1 };
        if (!getters.isVisibleInViewport(position)) continue;
        const { col, row: line } = position;
        drawMark(ctx, getters.getVisibleRect({ left: col, right: col, top: line, bottom: line }));
      }
    }
  }
  library.registries.featurePluginRegistry.add("workbench_note_marks", NoteMarks);
}

function drawMark(context: CanvasRenderingContext2D, { x, y, width }: GridRect): void {
  context.fillStyle = markColour;
  context.beginPath();
  context.moveTo(x + width - markSize, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + markSize);
  context.fill();
}
