import type { Grid, GridTab } from "../../ports/grid";

/** A column of a new tab. */
export interface TemplateColumn {
  readonly header: string;
  /** Shown when the pointer rests on the header; `""`: none. */
  readonly note: string;
  /** Everything typed below stays text: phone numbers, postal codes. */
  readonly textFormat: boolean;
  readonly widthPx: number;
  /** Number format of the cells below, where it is not text. */
  readonly format?: string;
  /** Choices offered below; others are accepted with a warning. */
  readonly options?: readonly string[];
}

/** A tab to start from. */
export interface TemplateSpec {
  readonly name: string;
  readonly columns: readonly TemplateColumn[];
  readonly idHeader: string;
  readonly statusHeader: string;
}

const TEXT_FORMAT = "@";
const NEW_ROWS = 1_000;
const ID_WIDTH_PX = 130;
const STATUS_WIDTH_PX = 180;
const ID_NOTE = "Filled by CRM Sync: the record that this row belongs to. Leave it empty in new rows.";
const STATUS_NOTE = "Filled by CRM Sync: what the last run could not do, and why.";

/** Makes a tab with a styled, frozen header, formats, notes, and the two columns of the add-on, and opens it. */
export function createTemplateTab(grid: Grid, spec: TemplateSpec): GridTab {
  const columns: readonly TemplateColumn[] = [
    ...spec.columns,
    { header: spec.idHeader, note: ID_NOTE, textFormat: true, widthPx: ID_WIDTH_PX },
    { header: spec.statusHeader, note: STATUS_NOTE, textFormat: true, widthPx: STATUS_WIDTH_PX },
  ];
  const tab = grid.addTab(spec.name, { hidden: false, rows: NEW_ROWS, columns: columns.length });
  const header = { row: 1, column: 1, rows: 1, columns: columns.length };
  tab.writeValues(header, [columns.map((one) => one.header)]);
  tab.styleHeader(header);
  tab.writeNotes(header, [columns.map((one) => one.note)]);
  tab.freezeRows(1);
  columns.forEach((one, i) => {
    formatColumn(tab, i + 1, one);
  });
  const own = columns.length - 1;
  tab.protectWithWarning(
    { row: 1, column: own, rows: NEW_ROWS, columns: 2 },
    "CRM Sync fills these columns. Changes by hand can unlink rows.",
  );
  tab.activate();
  return tab;
}

function formatColumn(tab: GridTab, column: number, spec: TemplateColumn): void {
  const below = { row: 2, column, rows: NEW_ROWS - 1, columns: 1 };
  const format = spec.textFormat ? TEXT_FORMAT : (spec.format ?? "");
  if (format !== "") tab.writeFormat(below, format);
  if (spec.options !== undefined && spec.options.length > 0) tab.setDropdown(below, spec.options);
  tab.setColumnWidth(column, spec.widthPx);
}
