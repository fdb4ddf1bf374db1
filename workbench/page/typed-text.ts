import type { SpreadsheetLibrary } from "./o-spreadsheet-api";

/** What a person typed into the cell that the grid is about to change. */
export interface TypedText {
  /** The text, once; `null` when the change is not of typing. */
  take(): string | null;
}

/** A typed text, for the workbook and for the grid. */
export interface TypedParts {
  /** What to tell the workbook. */
  readonly typed: string;
  /** What to tell the grid. */
  readonly content: string;
}

/**
 * The grid makes formulas of texts that begin with "+" and reads numbers by its locale. The workbook must get what was
 * typed; a formula comes with the brackets that the grid closed. In a cell of text format nothing is a formula.
 */
export function toTypedParts(typed: string, content: string, isTextFormat: boolean): TypedParts {
  if (isTextFormat) return { typed, content: typed.startsWith("=") ? `'${typed}` : typed };
  if (!content.startsWith("=")) return { typed, content };
  return { typed: typed.startsWith("+") ? `+${content.slice(1)}` : content, content };
}

/** Listens to the grid's cell editor: its commands hold only what it made of a text. */
export function watchTyping(library: SpreadsheetLibrary): TypedText {
  const editor = library.stores.CellComposerStore.prototype;
  const { confirmEdition } = editor;
  let waiting: string | null = null;
  editor.confirmEdition = function (content) {
    if (content === "") {
      confirmEdition.call(this, content);
      return;
    }
    const format = this.getters.getCell(this.currentEditedCell)?.format;
    const parts = toTypedParts(this._currentContent, content, format === "@");
    waiting = parts.typed;
    try {
      confirmEdition.call(this, parts.content);
    } finally {
      waiting = null;
    }
  };
  return {
    take: () => {
      const text = waiting;
      waiting = null;
      return text;
    },
  };
}
