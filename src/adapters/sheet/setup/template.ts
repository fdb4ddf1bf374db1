import type { Grid, GridTab } from "../../../ports/grid";
import type { TemplateColumn, TemplateSpec } from "../../../ports/sheet-setup";
import { SHARED_ID_HEADER, SHARED_STATUS_HEADER } from "../tab/column-tag";

const TEXT_FORMAT = "@";
const NEW_ROWS = 1_000;

const OWN_COLUMNS: readonly TemplateColumn[] = [
  {
    header: SHARED_ID_HEADER,
    note: "Filled by CRM Sync: the record that this row belongs to. Leave it empty in new rows.",
    text: true,
    widthPx: 130,
  },
  {
    header: SHARED_STATUS_HEADER,
    note: "Filled by CRM Sync: what the last run could not do, and why.",
    text: true,
    widthPx: 180,
  },
];

/** Makes a tab with a styled, frozen header, formats, notes, and the two columns of the add-on, and opens it. */
export function createTemplateTab(grid: Grid, spec: TemplateSpec): GridTab {
  const columns = [...spec.columns, ...OWN_COLUMNS];
  const tab = grid.addTab(spec.name, { hidden: false, rows: NEW_ROWS, columns: columns.length });
  const header = { row: 1, column: 1, rows: 1, columns: columns.length };
  tab.writeValues(header, [columns.map((one) => one.header)]);
  tab.styleHeader(header);
  tab.writeNotes(header, [columns.map((one) => one.note)]);
  tab.freezeRows(1);
  columns.forEach((one, i) => {
    if (one.text) tab.writeFormat({ row: 2, column: i + 1, rows: NEW_ROWS - 1, columns: 1 }, TEXT_FORMAT);
    tab.setColumnWidth(i + 1, one.widthPx);
  });
  const own = { row: 1, column: spec.columns.length + 1, rows: NEW_ROWS, columns: OWN_COLUMNS.length };
  tab.protectWithWarning(own, "CRM Sync fills these columns. Changes by hand can unlink rows.");
  tab.activate();
  return tab;
}
