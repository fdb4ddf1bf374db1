import type { GridRect } from "../grid/grid-rect";
import type { ExecutionResult, RunOptions } from "../host-api";
import type { Json } from "../json";
import { enumWire, rangeWire, spreadsheetWire } from "../services/wire-objects";
import type { HostState } from "./host-state";
import type { Trigger } from "./trigger";

export interface DocumentTriggerParts {
  readonly state: HostState;
  /** Top-level names of the bundle: a simple trigger exists when its function does. */
  readonly globals: ReadonlySet<string>;
  readonly start: (functionName: string, args: readonly Json[], options: RunOptions) => Promise<ExecutionResult>;
  readonly fire: (trigger: Trigger, args: readonly Json[]) => Promise<ExecutionResult>;
}

/** Runs what edits and changes of a person set off; writes of scripts set off nothing. */
export class DocumentTriggers {
  private readonly background = new Set<Promise<unknown>>();

  constructor(private readonly parts: DocumentTriggerParts) {}

  /** Installed triggers of the open file. */
  installed(kind: Trigger["kind"]): readonly Trigger[] {
    const { triggers, openFileId } = this.parts.state;
    return triggers.filter((trigger) => trigger.kind === kind && trigger.fileId === openFileId);
  }

  edited(tabId: number, rect: GridRect): void {
    const workbook = this.parts.state.openFile();
    const event = (authMode: string): Json => ({
      authMode: enumWire("AuthMode", authMode),
      source: spreadsheetWire(workbook),
      range: rangeWire(workbook, workbook.tab(tabId), rect),
    });
    if (this.parts.globals.has("onEdit")) {
      const options: RunOptions = { source: "simple-trigger", authMode: "LIMITED" };
      this.inBackground(this.parts.start("onEdit", [event("LIMITED")], options));
    }
    for (const trigger of this.installed("on-edit")) {
      this.inBackground(this.parts.fire(trigger, [event("FULL")]));
    }
    this.changed("EDIT");
  }

  changed(changeType: string): void {
    for (const trigger of this.installed("on-change")) {
      const event: Json = {
        authMode: enumWire("AuthMode", "FULL"),
        changeType,
        source: spreadsheetWire(this.parts.state.openFile()),
      };
      this.inBackground(this.parts.fire(trigger, [event]));
    }
  }

  /** Resolves when everything that was set off has ended. */
  async idle(): Promise<void> {
    while (this.background.size > 0) {
      await Promise.all(this.background);
    }
  }

  private inBackground(run: Promise<unknown>): void {
    this.background.add(run);
    void run.finally(() => this.background.delete(run));
  }
}
