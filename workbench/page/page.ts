import { h, render } from "preact";
import type { PageState, RunAnswer } from "../server/api-script";
import type { PageEvent } from "../server/event-stream";
import { getJson, openSession, postJson } from "./api-client";
import { App } from "./app";
import type { GridView, Place } from "./grid-view";
import { createPageHub, type PageHub } from "./page-hub";
import type { SheetEdit } from "./sheet-edit";
import { createSpreadsheetView } from "./spreadsheet-view";
import { StartFailure } from "./start-failure";
import { exposeForTests } from "./test-hooks";
import { createWorkbookSync, type WorkbookSync } from "./workbook-sync";

const selectAfterMs = 150;
const locked = "Open the address that “npm start” printed: it holds the key to this workbench.";

async function start(): Promise<void> {
  const root = document.getElementById("app");
  if (root === null) return;
  if (!(await openSession())) {
    render(h("p", { class: "locked" }, locked), root);
    return;
  }
  const hub = createPageHub(await getJson<PageState>("/state"));
  const gridElement = document.createElement("div");
  gridElement.id = "grid";
  render(h(App, { hub, gridElement, onRun: (name: string) => runMenuItem(hub, name) }), root);
  let sync: WorkbookSync | null = null;
  let selectTimer = 0;
  const push = (edits: readonly SheetEdit[]): void => sync?.push(edits);
  const moved = ({ sheetId, row, column }: Place): void => {
    window.clearTimeout(selectTimer);
    selectTimer = window.setTimeout(() => {
      push([
        { kind: "activate-tab", sheetId },
        { kind: "select", sheetId, row, column },
      ]);
    }, selectAfterMs);
  };
  const grid = await createSpreadsheetView({
    element: gridElement,
    locale: hub.state.locale,
    events: { edited: push, moved, broken: () => void sync?.reload() },
    menus: { menus: () => hub.state.menus, click: (name) => runMenuItem(hub, name) },
  });
  const complain = (text: string): void => hub.notify({ kind: "error", title: "Sheet", text });
  const listening = createWorkbookSync(grid, complain);
  sync = listening;
  // Heard from before the workbook is read on: nothing may happen unnoticed in between.
  hub.onEvent((event) => follow(event, hub, grid, listening));
  hub.onConnect(() => listening.refresh());
  await listening.reload();
  exposeForTests(grid, listening);
}

function follow(event: PageEvent, hub: PageHub, grid: GridView, sync: WorkbookSync): void {
  switch (event.kind) {
    case "cells":
      sync.receive(event.revision, event.patches);
      break;
    case "structure":
      sync.refresh();
      break;
    case "selection":
      grid.select(event.tabId, event.row, event.column);
      break;
    case "reset":
      void sync.reload();
      void refreshState(hub);
      break;
    case "menus":
    case "sidebar":
      void refreshState(hub);
  }
}

async function refreshState(hub: PageHub): Promise<void> {
  hub.setState(await getJson<PageState>("/state"));
}

function runMenuItem(hub: PageHub, functionName: string): void {
  postJson<RunAnswer>("/menus/click", { function: functionName }).then(
    ({ outcome, error }) => {
      if (outcome !== "completed") hub.notify({ kind: "error", title: functionName, text: error ?? `It ${outcome}.` });
    },
    (error: unknown) => hub.notify({ kind: "error", title: functionName, text: String(error) }),
  );
}

start().catch((error: unknown) => {
  const root = document.getElementById("app");
  if (root !== null) render(h(StartFailure, { message: error instanceof Error ? error.message : String(error) }), root);
  // The browser's console has it too, with the place in the code.
  throw error;
});
