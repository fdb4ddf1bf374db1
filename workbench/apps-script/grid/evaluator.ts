import { createRequire } from "node:module";
import path from "node:path";
import type { StoredValue } from "../host-api";

/** A tab as the evaluator takes it; cells by A1 name, formulas with "=". */
export interface EvaluatorTab {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface FormulaResult {
  readonly value: StoredValue;
  /** Format that the formula implies, e.g. of TODAY(). */
  readonly format: string | undefined;
}

/** A calculation over all tabs of a workbook; rows and columns are 1-based. */
export interface Evaluator {
  update(tabId: string, row: number, column: number, content: string): void;
  result(tabId: string, row: number, column: number): FormulaResult;
}

interface EvaluatorFactory {
  start(tabs: readonly EvaluatorTab[]): Evaluator;
}

interface EvaluatedCell {
  readonly type: string;
  readonly value: StoredValue;
  readonly format?: string;
}

interface Model {
  readonly getters: {
    getEvaluatedCell(position: { readonly sheetId: string; readonly row: number; readonly col: number }): EvaluatedCell;
  };
  dispatch(command: "UPDATE_CELL", payload: Readonly<Record<string, unknown>>): unknown;
}

interface SpreadsheetLibrary {
  readonly Model: new (data: unknown, config: unknown) => Model;
}

/** Version of the data format of the pinned library: with an older one it runs migrations that want more fields. */
const DATA_VERSION = "19.3.2";

let factory: EvaluatorFactory | undefined;

/** Loads o-spreadsheet (unmodified, from node_modules) on first use. */
export function loadEvaluator(): EvaluatorFactory {
  factory ??= createFactory();
  return factory;
}

function createFactory(): EvaluatorFactory {
  installGroupBy();
  const library = quietly(loadLibrary);
  return {
    start(tabs) {
      const model = quietly(() => new library.Model(toData(tabs), { mode: "normal" }));
      return {
        update: (sheetId, row, column, content) => {
          quietly(() => model.dispatch("UPDATE_CELL", { sheetId, row: row - 1, col: column - 1, content }));
        },
        result: (sheetId, row, column) =>
          toResult(quietly(() => model.getters.getEvaluatedCell({ sheetId, row: row - 1, col: column - 1 }))),
      };
    },
  };
}

function loadLibrary(): SpreadsheetLibrary {
  const require = createRequire(path.join(process.cwd(), "package.json"));
  return require("@odoo/o-spreadsheet/dist/o_spreadsheet.cjs") as SpreadsheetLibrary;
}

/** The library writes progress to the console, which would spoil machine-readable output of the workbench. */
function quietly<Result>(act: () => Result): Result {
  const names = ["log", "debug", "info", "group", "groupEnd"] as const;
  const originals = names.map((name) => console[name]);
  for (const name of names) {
    console[name] = () => undefined;
  }
  try {
    return act();
  } finally {
    names.forEach((name, index) => {
      console[name] = originals[index] ?? console[name];
    });
  }
}

/** The library is written for Node 22; this is the one function that Node 20 lacks. */
function installGroupBy(): void {
  const object = Object as unknown as { groupBy?: unknown };
  object.groupBy ??= (items: Iterable<unknown>, keyOf: (item: unknown, index: number) => string) => {
    const groups = Object.create(null) as Record<string, unknown[]>;
    let index = 0;
    for (const item of items) {
      const key = keyOf(item, index++);
      const group = groups[key] ?? [];
      groups[key] = group;
      group.push(item);
    }
    return groups;
  };
}

/** Sheets shows #ERROR! for what it cannot parse. */
const ERROR_NAMES: Readonly<Record<string, string>> = { "#BAD_EXPR": "#ERROR!", "#CYCLE": "#REF!", "#SPILL!": "#REF!" };

function toResult(cell: EvaluatedCell): FormulaResult {
  const value = cell.type === "error" ? (ERROR_NAMES[String(cell.value)] ?? cell.value) : cell.value;
  return { value: cell.type === "empty" ? null : value, format: cell.format };
}

const EMPTY_SHEET = {
  styles: {},
  formats: {},
  borders: {},
  rows: {},
  cols: {},
  merges: [],
  conditionalFormats: [],
  dataValidationRules: [],
  figures: [],
  tables: [],
  comments: {},
  headerGroups: { ROW: [], COL: [] },
  areGridLinesVisible: true,
  isVisible: true,
};

const US_LOCALE = {
  name: "English (US)",
  code: "en_US",
  thousandsSeparator: ",",
  decimalSeparator: ".",
  dateFormat: "m/d/yyyy",
  timeFormat: "hh:mm:ss a",
  formulaArgSeparator: ",",
  weekStart: 7,
};

const toData = (tabs: readonly EvaluatorTab[]): unknown => ({
  version: DATA_VERSION,
  sheets: tabs.map(({ id, name, rows, columns, cells }) => ({
    ...EMPTY_SHEET,
    id,
    name,
    rowNumber: rows,
    colNumber: columns,
    cells,
  })),
  styles: {},
  formats: {},
  borders: {},
  pivots: {},
  pivotNextId: 1,
  customTableStyles: {},
  uniqueFigureIds: true,
  revisionId: "START_REVISION",
  settings: { locale: US_LOCALE },
});
