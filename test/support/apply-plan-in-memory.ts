import type {
  AppendRowOperation,
  ArchiveOperation,
  CreateOperation,
  Operation,
  Plan,
  RemoveRowOperation,
  UnlinkOperation,
  UpdateOperation,
} from "../../src/domain/plan";
import type { CrmRecord, RecordId } from "../../src/domain/record";
import { type Row, UNLINKED_PREFIX } from "../../src/domain/row";
import type { FieldName } from "../../src/domain/schema";
import type { PairShadows, Shadow } from "../../src/domain/snapshot";
import { type Cell, type CrmValue, decodeValue, type EncodedValue, encodeValue } from "../../src/domain/value";
import { batchPlan } from "../../src/merge/batch-plan";
import { shadowAfter, shadowsAfterCreate, shadowsAfterUpdate } from "../../src/merge/next-shadows";
import type { PlanInput } from "../../src/merge/plan-input";
import { rowFingerprint } from "../../src/merge/row-values";
import { answerReads } from "./merge-builders";

/** What a CRM makes of a value it is given; the shadow takes what came back, not what was sent. */
export type StoreRule = (field: FieldName, value: CrmValue) => CrmValue;

const AS_SENT: StoreRule = (_field, value) => value;

/** Both sides and the base, as they change while a plan is applied. */
interface World {
  readonly rows: Row[];
  readonly records: Map<RecordId, CrmRecord>;
  readonly shadows: Map<RecordId, Record<FieldName, Shadow>>;
  readonly store: StoreRule;
}

/**
 * What the next run finds after every operation of a plan succeeded and nobody else did anything. Throws when a plan
 * names a row or record that is not there, expects another value than there is, or writes over a formula.
 */
export function applyPlanInMemory(input: PlanInput, plan: Plan, store: StoreRule = AS_SENT): PlanInput {
  const world: World = {
    rows: [...input.rows],
    records: new Map(input.records),
    shadows: new Map([...input.snapshot].map(([id, shadows]) => [id, { ...shadows }])),
    store,
  };
  for (const operation of inOrder(plan)) applyOperation(world, operation, input);
  for (const { recordId, field, sheet, crm } of plan.adoptions) remember(world, recordId, field, { sheet, crm });
  for (const id of plan.forget) world.shadows.delete(id);
  const tombstones = new Set([...input.tombstones, ...plan.tombstones].filter((id) => !plan.revive.includes(id)));
  const next: PlanInput = {
    ...input,
    rows: world.rows,
    records: world.records,
    listed: new Set(world.records.keys()),
    snapshot: new Map<RecordId, PairShadows>(world.shadows),
    tombstones,
    stopped: new Set(plan.stopped),
  };
  return { ...next, ...answerReads(next) };
}

/** The order in which a run writes. */
function inOrder(plan: Plan): readonly Operation[] {
  return batchPlan(plan.operations, { crmBatch: 1_000, sheetCells: 1_000_000 }).flatMap((item) => [...item.operations]);
}

function applyOperation(world: World, operation: Operation, input: PlanInput): void {
  switch (operation.kind) {
    case "create":
      applyCreate(world, operation);
      break;
    case "append-row":
      applyAppend(world, operation, input);
      break;
    case "archive":
      applyArchive(world, operation);
      break;
    case "unlink":
    case "remove-row":
      endRow(world, operation, input);
      break;
    case "restore-row":
      throw new Error("only an undo restores rows");
    case "link": {
      expectSame(rowAt(world, operation.rowNumber).recordId, operation.expectedId, "id cell");
      setRow(world, operation.rowNumber, { recordId: operation.recordId });
      const moved = world.shadows.get(operation.baseId);
      if (moved && operation.baseId !== operation.recordId) world.shadows.set(operation.recordId, moved);
      break;
    }
    case "update": {
      const record = recordAt(world, operation.recordId);
      for (const { field, from } of operation.changes) expectSame(record.values[field] ?? "", from, field);
      const answer = { ...record, values: { ...record.values, ...storedValues(world, operation) } };
      world.records.set(record.id, answer);
      rememberAll(world, record.id, shadowsAfterUpdate(operation, answer));
      break;
    }
    case "write-cells":
      for (const { field, from, to, crm, rule } of operation.cells) {
        const row = rowAt(world, operation.rowNumber);
        const cell = row.cells[field];
        if (!cell || cell.formula !== null) throw new Error(`${field} of row ${row.rowNumber} may not be written`);
        expectSame(encodeValue(cell.value), from, field);
        setRow(world, row.rowNumber, { cells: { ...row.cells, [field]: plainCell(to) } });
        remember(world, operation.recordId, field, shadowAfter(rule, { sheet: to, crm }));
      }
  }
}

function applyCreate(world: World, operation: CreateOperation): void {
  let id = "new1";
  for (let at = 2; world.records.has(id); at++) id = `new${at}`;
  const answer: CrmRecord = { id, values: storedValues(world, operation), modifiedMs: 0, mergedIds: [] };
  world.records.set(id, answer);
  rememberAll(world, id, shadowsAfterCreate(operation, answer));
  expectSame(rowAt(world, operation.rowNumber).recordId, "", "id cell");
  setRow(world, operation.rowNumber, { recordId: id });
}

function applyArchive(world: World, operation: ArchiveOperation): void {
  const record = recordAt(world, operation.recordId);
  for (const [field, value] of Object.entries(operation.expected)) expectSame(record.values[field] ?? "", value, field);
  world.records.delete(record.id);
  world.shadows.delete(record.id);
}

/** Deletes or unlinks a row that still shows what the plan saw. */
function endRow(world: World, operation: RemoveRowOperation | UnlinkOperation, input: PlanInput): void {
  const { rowNumber, recordId } = operation;
  const row = rowAt(world, rowNumber);
  expectSame(row.recordId, recordId, "id cell");
  expectSame(JSON.stringify(rowFingerprint(row, input.fields)), JSON.stringify(operation.row), "row");
  if (operation.kind === "unlink") setRow(world, rowNumber, { recordId: UNLINKED_PREFIX + recordId });
  else world.rows.splice(world.rows.indexOf(row), 1);
  world.shadows.delete(recordId);
}

function storedValues(world: World, { changes }: CreateOperation | UpdateOperation): Record<FieldName, CrmValue> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, world.store(field, to)]));
}

function applyAppend(world: World, operation: AppendRowOperation, input: PlanInput): void {
  const rowNumber = 2 + Math.max(1, ...world.rows.map((row) => row.rowNumber));
  const cells: Record<FieldName, Cell> = {};
  for (const { field } of input.fields) cells[field.name] = plainCell("");
  for (const { field, to, crm } of operation.cells) {
    cells[field] = plainCell(to);
    remember(world, operation.recordId, field, { sheet: to, crm });
  }
  for (const [field, crm] of Object.entries(operation.blanks ?? {}))
    remember(world, operation.recordId, field, { sheet: "", crm });
  recordAt(world, operation.recordId);
  world.rows.push({ rowNumber, recordId: operation.recordId, cells, status: "" });
}

function plainCell(encoded: EncodedValue): Cell {
  return { value: decodeValue(encoded), formula: null };
}

function rememberAll(world: World, id: RecordId, shadows: PairShadows): void {
  world.shadows.set(id, { ...world.shadows.get(id), ...shadows });
}

function remember(world: World, id: RecordId, field: FieldName, shadow: Shadow): void {
  world.shadows.set(id, { ...world.shadows.get(id), [field]: shadow });
}

function recordAt(world: World, id: RecordId): CrmRecord {
  const record = world.records.get(id);
  if (!record) throw new Error(`no record ${id}`);
  return record;
}

function rowAt(world: World, rowNumber: number): Row {
  const row = world.rows.find((candidate) => candidate.rowNumber === rowNumber);
  if (!row) throw new Error(`no row ${rowNumber}`);
  return row;
}

function setRow(world: World, rowNumber: number, more: Partial<Row>): void {
  const at = world.rows.findIndex((candidate) => candidate.rowNumber === rowNumber);
  world.rows[at] = { ...rowAt(world, rowNumber), ...more };
}

function expectSame(found: string, expected: string, place: string): void {
  if (found !== expected)
    throw new Error(`${place}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
}
