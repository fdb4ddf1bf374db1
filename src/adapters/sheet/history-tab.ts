import type { HistoryEvent, RunMessage } from "../../domain/run";
import { toWall, type Zone } from "../../domain/zone";
import type { Grid, GridTab, GridValue } from "../../ports/grid";
import type { History } from "../../ports/history";

/** Name of the hidden tab. */
export const HISTORY_TAB_NAME = "_crm_sync_history";

/** Characters of the readable messages and of the machine column: a cell takes 50,000. */
const MAX_TEXT_CHARACTERS = 45_000;
const MAX_JSON_CHARACTERS = 20_000;

/** Events that `list` looks at, newest rows first. */
const MAX_LISTED = 1_000;

const NEW_ROWS = 200;

/** Events that are looked at for one that was written before a cut-off. */
const MAX_LOOKED_BACK = 50;

const COLUMNS: readonly { readonly header: string; readonly widthPx: number }[] = [
  { header: "Started", widthPx: 140 },
  { header: "Type", widthPx: 100 },
  { header: "Mapping", widthPx: 140 },
  { header: "Object", widthPx: 90 },
  { header: "Started by", widthPx: 80 },
  { header: "User", widthPx: 160 },
  { header: "Duration (s)", widthPx: 80 },
  { header: "Processed", widthPx: 80 },
  { header: "Successes", widthPx: 80 },
  { header: "Errors", widthPx: 60 },
  { header: "Skipped", widthPx: 65 },
  { header: "Created", widthPx: 65 },
  { header: "Updated", widthPx: 65 },
  { header: "Rows added", widthPx: 80 },
  { header: "Cells written", widthPx: 85 },
  { header: "Outcome", widthPx: 90 },
  { header: "Messages", widthPx: 420 },
  { header: "Run id", widthPx: 120 },
  { header: "Machine data", widthPx: 100 },
];

const WIDTH = COLUMNS.length;

/** Runs of columns that hold text: first column, number of columns. */
const TEXT_COLUMNS: readonly (readonly [number, number])[] = [
  [2, 5],
  [16, 4],
];

/** The audit log: one readable row per event, with the event itself as JSON in a hidden last column. */
export function createHistoryTab(grid: Grid, zone: Zone): History {
  const find = (): GridTab | null => grid.tabByName(HISTORY_TAB_NAME);
  return {
    append(event, mayExist) {
      const tab = find() ?? createTab(grid);
      const { usedRows, rows } = tab.size();
      const known = mayExist ? findRow(tab, usedRows, event.runId) : null;
      const row = known ?? Math.max(usedRows, 1) + 1;
      if (row > rows) tab.grow(row + NEW_ROWS, WIDTH);
      tab.writeValues({ row, column: 1, rows: 1, columns: WIDTH }, [toLine(event, zone)]);
    },
    list(limit) {
      const tab = find();
      const last = tab?.size().usedRows ?? 0;
      if (tab === null || last < 2) return [];
      const rows = Math.min(last - 1, MAX_LISTED);
      const cells = tab.readValues({ row: last - rows + 1, column: WIDTH, rows, columns: 1 });
      const events = cells.flatMap(([cell = ""]) => parseEvent(cell));
      // The last rows are the newest unless somebody sorted the tab; equal times keep the order of the rows.
      return events
        .reverse()
        .sort((a, b) => b.startedMs - a.startedMs)
        .slice(0, limit);
    },
    show() {
      const tab = find() ?? createTab(grid);
      tab.show();
      tab.activate();
    },
  };
}

/** Row of the last events that is about this run, or null. */
function findRow(tab: GridTab, usedRows: number, runId: string): number | null {
  if (usedRows < 2) return null;
  const rows = Math.min(usedRows - 1, MAX_LOOKED_BACK);
  const first = usedRows - rows + 1;
  const ids = tab.readValues({ row: first, column: WIDTH - 1, rows, columns: 1 });
  const at = ids.findIndex(([id]) => id === runId);
  return at < 0 ? null : first + at;
}

function createTab(grid: Grid): GridTab {
  const tab = grid.addTab(HISTORY_TAB_NAME, { hidden: true, rows: NEW_ROWS, columns: WIDTH });
  const header = { row: 1, column: 1, rows: 1, columns: WIDTH };
  tab.writeValues(header, [COLUMNS.map((one) => one.header)]);
  tab.styleHeader(header);
  // The formats that events need, so that none has to be set for one.
  tab.writeFormat({ row: 2, column: 1, rows: NEW_ROWS - 1, columns: 1 }, "yyyy-mm-dd hh:mm:ss");
  for (const [column, columns] of TEXT_COLUMNS) {
    tab.writeFormat({ row: 2, column, rows: NEW_ROWS - 1, columns }, "@");
  }
  tab.freezeRows(1);
  COLUMNS.forEach((one, i) => {
    tab.setColumnWidth(i + 1, one.widthPx);
  });
  tab.hideColumn(WIDTH);
  tab.protectWithWarning({ row: 1, column: 1, rows: NEW_ROWS, columns: WIDTH }, "The log of CRM Sync.");
  return tab;
}

function toLine(event: HistoryEvent, zone: Zone): readonly GridValue[] {
  const { totals } = event;
  return [
    { wall: toWall(event.startedMs, zone) },
    event.type,
    event.mappingName,
    event.objectType,
    event.trigger,
    event.user,
    Math.round(event.durationMs / 100) / 10,
    totals.processed,
    totals.successes,
    totals.errors,
    totals.skipped,
    totals.created,
    totals.updated,
    totals.appended,
    totals.cellsWritten,
    event.outcome,
    formatMessages(event.messages),
    event.runId,
    formatEvent(event),
  ];
}

/** Messages as lines, errors first, cut with the number of what was left out. */
function formatMessages(messages: readonly RunMessage[]): string {
  const sorted = [...messages].sort((a, b) => Number(a.severity === "note") - Number(b.severity === "note"));
  const lines: string[] = [];
  let characters = 0;
  for (const message of sorted) {
    const line = formatMessage(message).slice(0, 1_000);
    if (characters + line.length > MAX_TEXT_CHARACTERS) {
      lines.push(`… and ${sorted.length - lines.length} more.`);
      break;
    }
    lines.push(line);
    characters += line.length + 1;
  }
  return lines.join("\n");
}

function formatMessage(message: RunMessage): string {
  const place = message.rowNumber === null ? "" : `row ${message.rowNumber}, `;
  const field = message.field === null ? "" : ` [${message.field}]`;
  const word = message.severity === "error" ? "Error" : "Note";
  return `${word}: ${place}${message.title}${field}: ${message.message}`.replace(/\s+/g, " ");
}

/** The event with as many messages as fit, and a last one that counts the rest. */
function formatEvent(event: HistoryEvent): string {
  const whole = JSON.stringify(event);
  if (whole.length <= MAX_JSON_CHARACTERS) return whole;
  const kept: RunMessage[] = [];
  let room = MAX_JSON_CHARACTERS - JSON.stringify({ ...event, messages: [] }).length - 300;
  for (const message of event.messages) {
    room -= JSON.stringify(message).length + 1;
    if (room < 0) break;
    kept.push(message);
  }
  const left = event.messages.length - kept.length;
  const rest = { severity: "note", rowNumber: null, recordId: null, field: null, title: "History" } as const;
  return JSON.stringify({ ...event, messages: [...kept, { ...rest, message: `${left} more messages were cut.` }] });
}

function parseEvent(cell: GridValue): readonly HistoryEvent[] {
  if (typeof cell !== "string" || !cell.startsWith("{")) return [];
  try {
    const event: unknown = JSON.parse(cell);
    return isEvent(event) ? [event] : [];
  } catch {
    return [];
  }
}

/** The row was written by `append`; a look at the parts that are used is enough to notice a changed one. */
function isEvent(value: unknown): value is HistoryEvent {
  if (typeof value !== "object" || value === null) return false;
  const event: Partial<Record<keyof HistoryEvent, unknown>> = value;
  return (
    typeof event.runId === "string" &&
    typeof event.startedMs === "number" &&
    typeof event.totals === "object" &&
    event.totals !== null &&
    Array.isArray(event.messages)
  );
}
