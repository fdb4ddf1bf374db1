import type { Mapping } from "../domain/mapping";

/** A tab to create: what it is called and which columns it has. Data comes from the app's template tables. */
export interface TemplateSpec {
  readonly name: string;
  readonly columns: readonly TemplateColumn[];
}

export interface TemplateColumn {
  readonly header: string;
  readonly note: string;
  /** Values must stay the text they are: ids, phone numbers, names like 1-5. */
  readonly text: boolean;
  readonly widthPx: number;
}

/** A column of a tab as the mapping editor needs it. */
export interface SetupColumn {
  /** 1-based. */
  readonly column: number;
  readonly header: string;
  readonly samples: readonly string[];
  readonly role: "data" | "record-id" | "status";
}

export interface SetupHeader {
  readonly headerRow: number;
  readonly columns: readonly SetupColumn[];
}

/** Prepares tabs for mappings and cleans up after them. */
export interface SheetSetup {
  /** Makes the template's tab, opens it and gives its id and name (a taken name gets a number). */
  createTemplate(spec: TemplateSpec): { readonly tabId: number; readonly tabName: string };
  /** Header row (guessed where none is given) and its columns. Throws SyncError config `tab-missing`. */
  readHeader(tabId: number, headerRow: number | null): SetupHeader;
  /** Where the mapping's columns are now, by column id: 1-based; a missing column is left out. */
  columnsOf(mapping: Mapping): ReadonlyMap<string, number>;
  /**
   * Tags the mapping's columns and adds the record id and status columns where the tab has none. `livingIds`: the file's
   * mappings; tags of any other mapping are left over and taken off. Without them every tag counts.
   */
  bind(mapping: Mapping, columns: ReadonlyMap<string, number>, livingIds?: readonly string[]): void;
  /** Takes the mapping's tags off its tab; the columns and their contents stay. */
  unbind(mapping: Mapping): void;
  /** Deletes the add-on's hidden tabs and every tag; names what went. */
  removeAll(): readonly string[];
}
