/**
 * The part of the spreadsheet component (o-spreadsheet 19.3) that the page uses. Its script is loaded as it is and puts
 * `o_spreadsheet` and `owl` on the window; these types are our own, so that a new release is checked in one place.
 * Rows and columns are 0-based here.
 */

/** Address of a cell. */
export interface Position {
  readonly sheetId: string;
  readonly col: number;
  readonly row: number;
}

/** A rectangle of cells, ends included. */
export interface Zone {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels on the grid's canvas. */
export interface GridRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A change of the model, or something a person asked for; fields depend on the type. */
export interface Command {
  readonly type: string;
  readonly sheetId?: string;
  readonly [field: string]: unknown;
}

/** A cell as it was entered. */
export interface GridCell {
  readonly isFormula: boolean;
  readonly content?: string;
  readonly format?: string;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly compiledFormula?: { toFormulaString(getters: Getters): string };
}

/** Questions to the model. */
export interface Getters {
  getActiveSheetId(): string;
  getActivePosition(): Position;
  getSheetIds(): readonly string[];
  getVisibleSheetIds(): readonly string[];
  getSheetName(sheetId: string): string;
  isSheetVisible(sheetId: string): boolean;
  tryGetSheet(sheetId: string): unknown;
  getNumberRows(sheetId: string): number;
  getNumberCols(sheetId: string): number;
  getColSize(sheetId: string, col: number): number;
  getPaneDivisions(sheetId: string): { readonly xSplit: number; readonly ySplit: number };
  getCell(position: Position): GridCell | undefined;
  getCells(sheetId: string): readonly (GridCell & { readonly id: number })[];
  getCellPosition(cellId: number): Position;
  getEvaluatedCell(position: Position): {
    readonly value: string | number | boolean | null;
    readonly formattedValue: string;
  };
  getSheetViewDimension(): { readonly width: number; readonly height: number };
  getVisibleRect(zone: Zone): GridRect;
  getSelectedZones(): readonly Zone[];
  isVisibleInViewport(position: Position): boolean;
}

/** The spreadsheet's state. */
export interface SpreadsheetModel {
  readonly getters: Getters;
  readonly session: { getRevisionId(): string };
  readonly selection: { selectCell(col: number, row: number): unknown };
  dispatch(type: string, payload?: object): { readonly isSuccessful: boolean };
  on(event: "update", owner: object, listener: () => void): void;
  off(event: "update", owner: object): void;
}

/** What menu entries are given. */
export interface MenuEnvironment {
  readonly model: SpreadsheetModel;
}

/** An entry of a menu. */
export interface MenuSpec {
  readonly id?: string;
  readonly name: string;
  readonly sequence?: number;
  readonly separator?: boolean;
  readonly isReadonlyAllowed?: boolean;
  readonly icon?: string;
  readonly isVisible?: (environment: MenuEnvironment) => boolean;
  readonly execute?: (environment: MenuEnvironment) => unknown;
  readonly children?: readonly (MenuSpec | (() => readonly MenuSpec[]))[];
}

interface Registry<Entry> {
  add(key: string, entry: Entry): this;
  remove(key: string): void;
  contains(key: string): boolean;
}

interface MenuRegistry extends Registry<MenuSpec> {
  readonly content: Record<string, { children?: unknown[] }>;
  addChild(key: string, path: readonly string[], entry: MenuSpec | (() => readonly MenuSpec[])): this;
}

/** Base of plugins that see what a person does, and may draw. */
export interface PluginBase {
  readonly getters: Getters;
}

/** The cell editor, as far as it is listened to. */
export interface CellEditor {
  readonly getters: Getters;
  readonly currentEditedCell: Position;
  /** What stands in the editor. */
  readonly _currentContent: string;
  /** Ends the edit: `content` is what the editor made of it. */
  confirmEdition(this: CellEditor, content: string): void;
}

/** The component's library. */
export interface SpreadsheetLibrary {
  readonly Model: new (data: object, config: object) => SpreadsheetModel;
  readonly Spreadsheet: unknown;
  readonly LocalTransportService: new () => { sendMessage(message: object): Promise<void> };
  readonly UIPlugin: new (config: object) => PluginBase;
  readonly stores: { readonly CellComposerStore: { readonly prototype: CellEditor } };
  readonly DEFAULT_LOCALES: readonly { readonly code: string }[];
  readonly registries: {
    readonly topbarMenuRegistry: MenuRegistry;
    readonly colMenuRegistry: MenuRegistry;
    readonly featurePluginRegistry: Registry<unknown>;
    readonly cellPopoverRegistry: Registry<unknown>;
  };
  readonly helpers: {
    createEmptyWorkbookData(): { readonly settings: object } & Record<string, unknown>;
    createEmptySheet(id: string, name: string): Record<string, unknown>;
    formatValue(value: number, options: { format: string; locale: unknown }): string;
    isNumber(text: string, locale: unknown): boolean;
    isDateTime(text: string, locale: unknown): boolean;
    toXC(col: number, row: number): string;
  };
}

/** The small part of owl that mounts the component. */
export interface OwlLibrary {
  readonly Component: new (...args: never[]) => object;
  readonly App: new (root: unknown, config: object) => { mount(target: HTMLElement): Promise<unknown> };
  xml(strings: TemplateStringsArray): string;
  useState<State extends object>(state: State): State;
}

interface Libraries {
  readonly o_spreadsheet: SpreadsheetLibrary;
  readonly owl: OwlLibrary;
}

/** The libraries that the page's script tags loaded. */
export function loadedLibraries(): Libraries {
  return window as unknown as Libraries;
}
