import { Ledger, type LedgerEntity } from "./sync-ledger";
import type { TrialRecord, TrialWorld } from "./sync-trial-world";
import { markText, TRIAL_COLUMNS, TRIAL_FIELDS, TRIAL_HEADERS, type TrialField } from "./sync-values";
import { entityOfRow, findPlaces, readRows, type SheetPlaces, type SheetRow } from "./sync-view";

/** Fields of a new row or record, in the order of their columns. */
const ALL_FIELDS = TRIAL_COLUMNS.map((column) => column.field);

/**
 * The people of a trial: the user of the sheet and the users of the CRM. Each action is noted in the ledger with what
 * stood there before.
 */
export class Actors {
  readonly ledger = new Ledger(() => this.world.now());
  readonly tabId: number;
  private readonly renames = new Map<TrialField, string>();
  /** Texts of the unmapped column, top down, as the user last left them. */
  private marks: readonly string[] = [];
  /** Formulas that the user typed, by `entity field`. */
  readonly formulas = new Map<string, string>();
  /** Fields in whose columns a formula ever stood. */
  readonly formulaFields = new Set<TrialField>();
  /** The last execution was killed, and no other has come to its end since. */
  isCutOff = false;
  /**
   * Cells that were emptied between a kill and the recovery, by `entity field`: nobody can tell them from cells on which the
   * cut-off write put a blank that was meant for another row, and they are filled again.
   */
  readonly doubtfulBlanks = new Set<string>();
  /** Words of rows that were deleted while a write was under way. */
  private readonly mayReturn = new Set<string>();
  /** What the add-on did to the unmapped column or to the order of the rows (I7). */
  readonly disorder: string[] = [];

  constructor(readonly world: TrialWorld) {
    this.tabId = world.addTab("Customers", TRIAL_HEADERS);
  }

  places(): SheetPlaces {
    return findPlaces(this.world.cells(this.tabId), this.renames);
  }

  rows(): readonly SheetRow[] {
    return readRows(this.world.cells(this.tabId), this.places());
  }

  entityOf(row: SheetRow): number | null {
    return entityOfRow(row, this.ledger);
  }

  /** The one row that stands for an entity; null: none, or several. */
  rowOf(entity: number): SheetRow | null {
    const rows = this.rows().filter((row) => this.entityOf(row) === entity);
    return rows.length === 1 ? (rows[0] ?? null) : null;
  }

  recordOf(entity: number): TrialRecord | null {
    const records = this.world.portal
      .records()
      .filter(({ id, values }) => this.ledger.entityOfRecord(id, values) === entity);
    return records.length === 1 ? (records[0] ?? null) : null;
  }

  /** The user types a new value into a cell. */
  type(row: SheetRow, field: TrialField): void {
    const entity = this.entityOf(row);
    if (entity === null) return;
    this.formulas.delete(`${entity} ${field}`);
    const over = row.cells[field];
    const value = this.ledger.write({ entity, field, side: "sheet", over });
    this.inSheet(() => this.world.hand.type(row.rowNumber, this.places().fields[field], value));
  }

  /** The user types a text that stands somewhere else already. */
  typeText(row: SheetRow, field: TrialField, value: string): void {
    const entity = this.entityOf(row);
    if (entity === null) return;
    this.formulas.delete(`${entity} ${field}`);
    const step = this.ledger.nextStep();
    this.ledger.note({ entity, field, value, side: "sheet", step, over: row.cells[field] });
    if (value === "" && this.isCutOff) this.doubtfulBlanks.add(`${entity} ${field}`);
    this.inSheet(() => this.world.hand.type(row.rowNumber, this.places().fields[field], value));
  }

  /** The user types a whole new row below the others. */
  addRow(filled: readonly TrialField[] = ALL_FIELDS): LedgerEntity {
    const fields = this.withRequired(filled);
    const entity = this.ledger.newEntity();
    const { fields: columns, mark } = this.places();
    const rowNumber = this.lastRow() + 1;
    this.inSheet(() => {
      this.world.hand.type(rowNumber, mark, markText(entity.number));
      for (const field of fields) {
        const value = this.ledger.write({ entity: entity.number, field, side: "sheet", over: "" });
        this.world.hand.type(rowNumber, columns[field], value);
      }
    });
    return entity;
  }

  /** The user turns a cell into a formula that shows a new value. */
  typeFormula(row: SheetRow, field: TrialField): void {
    const entity = this.entityOf(row);
    if (entity === null) return;
    const value = this.ledger.write({ entity, field, side: "sheet", over: row.cells[field] });
    const formula = `="${value}"`;
    this.inSheet(() => this.world.hand.formula(row.rowNumber, this.places().fields[field], formula, value));
    this.formulas.set(`${entity} ${field}`, formula);
    this.formulaFields.add(field);
  }

  /** Several rows or records for one entity, or none that can be told: the checks that count them leave it out. */
  odd(row: SheetRow, why: string): void {
    const number = this.entityOf(row);
    if (number === null) return;
    const entity = this.ledger.entity(number);
    entity.oddities.push(why);
    entity.blurred ||= this.world.calls.busy;
  }

  deleteRow(row: SheetRow): void {
    const entity = this.entityOf(row);
    const alone = entity !== null && this.rows().filter((other) => this.entityOf(other) === entity).length === 1;
    if (alone) {
      this.ledger.entity(entity).rowRemoved = { step: this.ledger.nextStep(), values: row.cells };
    }
    for (const field of TRIAL_FIELDS) {
      if (row.formulas[field] !== "") this.formulas.delete(`${entity} ${field}`);
    }
    // A row that goes while a write is under way looks like one that the write fell on: it is put back (section 6.3).
    if (this.world.calls.busy && row.mark !== "") this.mayReturn.add(row.mark);
    this.inSheet(() => this.world.hand.deleteRows(row.rowNumber, 1));
  }

  /** The user writes their own word for the entity into the unmapped column of rows that lack it. */
  markRows(): void {
    const { mark } = this.places();
    this.inSheet(() => {
      for (const row of this.rows()) {
        const entity = this.entityOf(row);
        if (row.mark === "" && entity !== null) this.world.hand.type(row.rowNumber, mark, markText(entity));
      }
    });
  }

  renameHeader(field: TrialField, header: string): void {
    const column = this.places().fields[field];
    this.renames.set(field, header);
    this.inSheet(() => this.world.hand.type(1, column, header));
  }

  /** Any other action of the user: what it does to the unmapped column is the user's own doing. */
  inSheet(action: () => void): void {
    this.checkOrder();
    action();
    this.marks = this.readMarks();
  }

  /** Compares the unmapped column with how the user left it: rows may come below and marked rows may be removed (R6). */
  checkOrder(): void {
    const now = this.readMarks();
    let at = 0;
    for (const mark of now) {
      const found = this.marks.indexOf(mark, at);
      if (found < 0 && this.mayReturn.delete(mark)) continue;
      if (found < 0) this.disorder.push(`"${mark}" stands where the user did not put it: ${now.join(" ")}`);
      else at = found + 1;
    }
  }

  /** Somebody makes a contact in the CRM. */
  createRecord(filled: readonly TrialField[] = ALL_FIELDS): LedgerEntity {
    const fields = this.withRequired(filled);
    const entity = this.ledger.newEntity();
    const values = fields.map((field) => [
      field,
      this.ledger.write({ entity: entity.number, field, side: "crm", over: "" }),
    ]);
    this.ledger.bindRecord(this.world.portal.create(Object.fromEntries(values)), entity.number);
    return entity;
  }

  editRecord(record: TrialRecord, field: TrialField): void {
    const entity = this.ledger.entityOfRecord(record.id, record.values);
    if (entity === null) return;
    const value = this.ledger.write({ entity, field, side: "crm", over: record.values[field] ?? "" });
    this.world.portal.update(record.id, { [field]: value });
    const row = this.rowOf(entity);
    const isUnknown = row !== null && (row.id === "" || row.id.startsWith("pending:"));
    if (field === "email" && isUnknown)
      this.ledger.entity(entity).oddities.push("its key changed before anybody knew its record");
  }

  setRecord(record: TrialRecord, field: TrialField, value: string): void {
    const entity = this.ledger.entityOfRecord(record.id, record.values);
    if (entity === null) return;
    const step = this.ledger.nextStep();
    this.ledger.note({ entity, field, value, side: "crm", step, over: record.values[field] ?? "" });
    this.world.portal.update(record.id, { [field]: value });
  }

  archiveRecord(record: TrialRecord): void {
    const entity = this.ledger.entityOfRecord(record.id, record.values);
    if (entity !== null)
      this.ledger.entity(entity).recordRemoved = { step: this.ledger.nextStep(), values: record.values };
    this.world.portal.archive(record.id);
  }

  /** Somebody merges two contacts; the first one's values go on, its blanks are filled. */
  mergeRecords(survivor: TrialRecord, other: TrialRecord): void {
    const one = this.ledger.entityOfRecord(survivor.id, survivor.values);
    const two = this.ledger.entityOfRecord(other.id, other.values);
    if (one === null || two === null) return;
    this.ledger.mergeEntities(one, two);
    const goesOn = this.world.portal.merge(survivor.id, other.id);
    this.ledger.bindRecord(goesOn, one);
    for (const field of TRIAL_FIELDS) {
      const value = survivor.values[field] || other.values[field] || "";
      this.ledger.note({ entity: one, field, value, side: "crm", step: this.ledger.nextStep(), over: value });
    }
  }

  /** Does any row wait for the record that was made for it? */
  hasPending(): boolean {
    return this.rows().some((row) => row.id.startsWith("pending:"));
  }

  lastRow(): number {
    return this.rows().reduce((last, row) => Math.max(last, row.rowNumber), 1);
  }

  /** The fields, and those without which the CRM takes no record; in the order of their columns. */
  private withRequired(fields: readonly TrialField[]): readonly TrialField[] {
    const { required } = this.world.crm;
    return ALL_FIELDS.filter((field) => fields.includes(field) || required.includes(field));
  }

  private readMarks(): readonly string[] {
    return this.rows()
      .map((row) => row.mark)
      .filter((mark) => mark !== "");
  }
}
