import type { GridTab, GridValue } from "../../../ports/grid";
import { toCellText } from "./cell";

/** Rows looked at when a header row is guessed or has moved. */
const HEADER_SEARCH_ROWS = 50;

/** Values of a column that are shown as examples. */
const MAX_SAMPLES = 3;

/** Rows read for examples. */
const SAMPLE_ROWS = 50;

/** One column of a header row. */
export interface HeaderColumn {
  /** 1-based. */
  readonly column: number;
  /** Trimmed; `""`: no header. */
  readonly header: string;
  /** Up to three different non-blank values below, as text. */
  readonly samples: readonly string[];
}

/** Header text in the form in which two headers are compared: trimmed, white space joined, case folded. */
export function headerKey(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/** The header row of a tab: the first row with at least two text cells, else the first row with any; 1 when empty. */
export function guessHeaderRow(tab: GridTab): number {
  const { usedRows, usedColumns } = tab.size();
  if (usedRows === 0) return 1;
  const rows = Math.min(usedRows, HEADER_SEARCH_ROWS);
  const values = tab.readValues({ row: 1, column: 1, rows, columns: usedColumns });
  const texts = values.map((line) => line.filter((value) => typeof value === "string" && value.trim() !== "").length);
  const first = texts.findIndex((count) => count >= 2);
  if (first >= 0) return first + 1;
  const only = texts.indexOf(1);
  return only >= 0 ? only + 1 : 1;
}

/** Headers of a row with examples of the values below; columns without header and values are left out. One read. */
export function readHeader(tab: GridTab, headerRow: number): readonly HeaderColumn[] {
  const { usedRows, usedColumns } = tab.size();
  if (usedRows < headerRow || usedColumns === 0) return [];
  const rows = Math.min(usedRows - headerRow + 1, SAMPLE_ROWS + 1);
  const values = tab.readValues({ row: headerRow, column: 1, rows, columns: usedColumns });
  const found: HeaderColumn[] = [];
  for (let c = 0; c < usedColumns; c++) {
    const header = toCellText(values[0]?.[c] ?? "");
    const samples = samplesOf(values, c);
    if (header !== "" || samples.length > 0) found.push({ column: c + 1, header, samples });
  }
  return found;
}

function samplesOf(values: readonly (readonly GridValue[])[], c: number): readonly string[] {
  const samples: string[] = [];
  for (let r = 1; r < values.length && samples.length < MAX_SAMPLES; r++) {
    const text = toCellText(values[r]?.[c] ?? "");
    if (text !== "" && !samples.includes(text)) samples.push(text);
  }
  return samples;
}

/** Looks for the one row that holds every one of these headers; 1-based, null when none or several do. */
export function findHeaderRow(values: readonly (readonly GridValue[])[], headers: readonly string[]): number | null {
  const wanted = headers.map(headerKey);
  let found: number | null = null;
  for (let r = 0; r < values.length && r < HEADER_SEARCH_ROWS; r++) {
    const keys = new Set((values[r] ?? []).map((value) => headerKey(toCellText(value))));
    if (!wanted.every((key) => keys.has(key))) continue;
    if (found !== null) return null;
    found = r + 1;
  }
  return found;
}
