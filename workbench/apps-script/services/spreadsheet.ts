import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { Workbook } from "../grid/workbook";
import { alter, inspect, lookup, type MethodTable, outside, plain, type ServiceCall } from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { rangeByName } from "./sheet-ranges";
import { activeWorkbook, rangeWire, sheetWire, spreadsheetWire, workbookOf } from "./wire-objects";

/** Default names of new sheets: Sheet1, Sheet2, ... */
function freeName(workbook: Workbook): string {
  let number = workbook.tabs.length + 1;
  while (workbook.tabNamed(`Sheet${number}`) !== undefined) {
    number++;
  }
  return `Sheet${number}`;
}

/** insertSheet(), (name), (index), (name, index), each with a trailing options object, which is ignored. */
function insertSheet(call: ServiceCall): Json {
  const workbook = workbookOf(call);
  const first = call.args.at(0);
  const name = typeof first === "string" ? first : freeName(workbook);
  const index = typeof first === "number" ? first : call.args.at(1);
  const active = workbook.tabs.findIndex((tab) => tab.id === workbook.activeTabId);
  const position = typeof index === "number" ? Math.trunc(index) : active + 1;
  return sheetWire(workbook, workbook.addTab(name, position, "script"));
}

function sheetArgument(call: ServiceCall) {
  const workbook = workbookOf(call);
  return { workbook, tab: workbook.tab(Number(call.args.tagged(0, "Sheet").tab)) };
}

const userWire = (email: string): Json => ({ [TYPE_TAG]: "User", email });

/** SpreadsheetApp and Spreadsheet. */
export const spreadsheetMethods: MethodTable = {
  "SpreadsheetApp.getActive": lookup(activeSpreadsheet),
  "SpreadsheetApp.getActiveSpreadsheet": lookup(activeSpreadsheet),
  "SpreadsheetApp.getActiveSheet": lookup((call) => {
    const workbook = activeWorkbook(call);
    return workbook === null ? null : sheetWire(workbook, workbook.tab(workbook.activeTabId));
  }),
  "SpreadsheetApp.getActiveRange": lookup((call) => {
    const workbook = activeWorkbook(call);
    return workbook === null ? null : selectionWire(workbook);
  }),
  "SpreadsheetApp.openById": lookup((call) => spreadsheetWire(call.state.file(call.args.string(0)))),
  "SpreadsheetApp.flush": outside((call) => {
    call.execution.applyBuffered();
    return null;
  }),
  "SpreadsheetApp.getUi": plain((call) => {
    if (call.execution.start.source === "clock") {
      throw new ServiceError(ERROR_TEXTS.noUi);
    }
    return null;
  }),
  "Spreadsheet.getId": lookup((call) => workbookOf(call).id),
  "Spreadsheet.getName": lookup((call) => workbookOf(call).name),
  "Spreadsheet.getUrl": lookup((call) => `https://docs.google.com/spreadsheets/d/${workbookOf(call).id}/edit`),
  "Spreadsheet.rename": alter((call) => {
    workbookOf(call).name = call.args.string(0);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Spreadsheet.getSpreadsheetTimeZone": lookup((call) => workbookOf(call).timeZone),
  "Spreadsheet.setSpreadsheetTimeZone": alter((call) => {
    workbookOf(call).timeZone = call.args.string(0);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Spreadsheet.getSpreadsheetLocale": lookup((call) => workbookOf(call).localeName),
  "Spreadsheet.setSpreadsheetLocale": alter((call) => {
    workbookOf(call).localeName = call.args.string(0);
    workbookOf(call).restructured("script");
    return null;
  }),
  "Spreadsheet.getSheets": lookup((call) => {
    const workbook = workbookOf(call);
    return workbook.tabs.map((tab) => sheetWire(workbook, tab));
  }),
  "Spreadsheet.getNumSheets": lookup((call) => workbookOf(call).tabs.length),
  "Spreadsheet.getSheetByName": lookup((call) => {
    const workbook = workbookOf(call);
    const tab = workbook.tabs.find(({ name }) => name === call.args.string(0));
    return tab === undefined ? null : sheetWire(workbook, tab);
  }),
  "Spreadsheet.getSheetById": lookup((call) => {
    const workbook = workbookOf(call);
    const tab = workbook.findTab(call.args.integer(0));
    return tab === undefined ? null : sheetWire(workbook, tab);
  }),
  "Spreadsheet.insertSheet": alter(insertSheet),
  "Spreadsheet.deleteSheet": alter((call) => {
    const { workbook, tab } = sheetArgument(call);
    workbook.deleteTab(tab, "script");
    return null;
  }),
  "Spreadsheet.getActiveSheet": lookup((call) => {
    const workbook = workbookOf(call);
    return sheetWire(workbook, workbook.tab(workbook.activeTabId));
  }),
  "Spreadsheet.setActiveSheet": lookup((call) => {
    const { workbook, tab } = sheetArgument(call);
    workbook.activeTabId = tab.id;
    call.state.emit({ kind: "selection", tabId: tab.id, row: 1, column: 1 });
    return sheetWire(workbook, tab);
  }),
  "Spreadsheet.moveActiveSheet": alter((call) => {
    const workbook = workbookOf(call);
    const tab = workbook.tab(workbook.activeTabId);
    workbook.tabs = workbook.tabs.filter((each) => each !== tab);
    workbook.tabs.splice(call.args.integer(0) - 1, 0, tab);
    workbook.restructured("script");
    return null;
  }),
  "Spreadsheet.getRange": lookup((call) => {
    const workbook = workbookOf(call);
    return rangeByName(workbook, workbook.tab(workbook.activeTabId), call.args.string(0));
  }),
  "Spreadsheet.getActiveRange": lookup((call) => selectionWire(workbookOf(call))),
  "Spreadsheet.getActiveCell": lookup((call) => {
    const workbook = workbookOf(call);
    const { selection } = workbook;
    return rangeWire(workbook, workbook.tab(selection.tabId), { ...selection, rows: 1, columns: 1 });
  }),
  "Spreadsheet.getLastRow": inspect((call) => workbookOf(call).tab(workbookOf(call).activeTabId).lastRow()),
  "Spreadsheet.toast": plain((call) => {
    const title = call.args.optionalString(1) ?? "";
    call.state.emit({ kind: "toast", title, message: call.args.string(0) });
    return null;
  }),
  "Spreadsheet.getOwner": lookup((call) => userWire(call.state.user.email)),
  "Spreadsheet.getEditors": lookup((call) => [userWire(call.state.user.email)]),
};

function activeSpreadsheet(call: ServiceCall): Json {
  const workbook = activeWorkbook(call);
  return workbook === null ? null : spreadsheetWire(workbook);
}

function selectionWire(workbook: Workbook): Json {
  const { selection } = workbook;
  return rangeWire(workbook, workbook.tab(selection.tabId), selection);
}
