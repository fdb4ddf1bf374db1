import { Workbook, type WorkbookSurroundings } from "../grid/workbook";
import type { OutboxMail, SavedHost } from "../host-api";
import type { Json } from "../json";
import type { HostState } from "./host-state";
import { loadWorkbook, saveWorkbook } from "./save-workbook";
import { triggersFromJson, triggersToJson } from "./trigger";

const VERSION = 1;

/** Everything that outlives an execution, as JSON. Caches and state tokens are forgotten. */
export function saveHost(state: HostState): SavedHost {
  const saved: SavedHost = {
    version: VERSION,
    generation: state.generation + 1,
    scriptId: state.scriptId,
    files: [...state.files.values()].map(saveWorkbook),
    openFileId: state.openFileId,
    enabledFiles: [...state.enabledFiles],
    properties: state.properties.save(),
    triggers: triggersToJson(state.triggers),
    outbox: state.outbox,
    nextExecutionId: state.nextExecutionId,
    clockMs: state.clock.kind === "virtual" ? state.clock.now() : null,
  };
  return JSON.parse(JSON.stringify(saved)) as SavedHost;
}

/** Fills a new host from what was saved, or with an empty workbook of one tab. */
export function loadHost(state: HostState): void {
  const { saved, spreadsheet } = state.options;
  const parts: WorkbookSurroundings = {
    textCellsKeepApostrophe: state.options.textCellsKeepApostrophe ?? true,
    newNumber: () => Math.floor(state.random() * 2_000_000_000) + 1,
    emit: (event) => state.emit(event),
  };
  if (saved === undefined) {
    const workbook = new Workbook({
      ...parts,
      id: state.newId(44),
      name: spreadsheet?.name ?? "Untitled spreadsheet",
      timeZone: spreadsheet?.timeZone ?? state.scriptTimeZone,
      localeName: spreadsheet?.locale ?? "en_US",
    });
    workbook.addTab("Sheet1", 0, "user");
    state.files.set(workbook.id, workbook);
    state.openFileId = workbook.id;
    return;
  }
  if (saved.version !== VERSION) {
    throw new Error(`a saved host of version ${saved.version} cannot be loaded`);
  }
  for (const file of saved.files as readonly Json[]) {
    const workbook = loadWorkbook(file, parts);
    state.files.set(workbook.id, workbook);
  }
  state.openFileId = String(saved.openFileId);
  (saved.enabledFiles as readonly string[]).forEach((id) => {
    state.enabledFiles.add(id);
  });
  state.properties.load(saved.properties as Json);
  state.triggers = triggersFromJson(saved.triggers as Json);
  state.outbox.push(...(saved.outbox as readonly OutboxMail[]));
  state.nextExecutionId = Number(saved.nextExecutionId);
  if (typeof saved.clockMs === "number") {
    state.clock.moveTo(saved.clockMs);
  }
}
