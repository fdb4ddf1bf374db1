import type { RpcRequest } from "../../src/contract/rpc";
import type { RunView } from "../../src/contract/views";
import type { Effect, LoggedEffect } from "../../src/domain/effect";
import type { Plan } from "../../src/domain/plan";
import { loadPlan } from "../../src/state/plan-document";
import { loadEffects } from "../../src/state/undo-log";
import { AppWorld } from "./app-world";

/** Mapped columns of the sheet, then one that is not mapped; the add-on puts its own two behind them. */
const COLUMNS = ["Email", "First name", "Last name", "City", "Favourite colour", "Score", "Notes"] as const;

/** Fields of the mapped columns that the scenarios change: a text, a choice and a number. */
export const FIELDS = { city: "City", favourite_colour: "Favourite colour", score: "Score" } as const;

export type ChangedField = keyof typeof FIELDS;

/** A file whose people are mapped both ways with text, choice and number columns, and what undo does in it. */
export class UndoWorld {
  readonly app: AppWorld;
  readonly tabId: number;
  readonly mappingId: string;

  constructor(people: number | AppWorld, settings: Partial<RpcRequest<"mapping.save">["draft"]["settings"]> = {}) {
    this.app = typeof people === "number" ? new AppWorld({ contacts: people }) : people;
    this.app.connect();
    const rows = this.app.crm.world.all("contacts").length + 50;
    this.tabId = this.app.grid.addUserTab("People", [COLUMNS], { rows, columns: 12 });
    const { draft } = this.app.call("editor.open", {
      crm: "hubspot",
      objectType: "contacts",
      tabId: this.tabId,
      headerRow: 1,
      mappingId: null,
    });
    const columns = draft.columns.map((column) =>
      column.header === "Notes" ? { ...column, field: null } : { ...column, direction: "both" as const },
    );
    const changed = { ...draft, columns, settings: { ...draft.settings, ...settings } };
    this.mappingId = this.app.call("mapping.save", {
      draft: changed as RpcRequest<"mapping.save">["draft"],
    }).mapping.id;
  }

  /** Every value a while later than the one before: nothing falls into the same moment. */
  later(): void {
    this.app.clock.advance(600_000);
  }

  sync(): RunView {
    this.later();
    return this.app.run(this.mappingId, "both", {});
  }

  /** A sync whose conflicts a person settles: all the same way. */
  settle(winner: "sheet" | "crm"): RunView {
    this.later();
    const { app, mappingId } = this;
    const preview = app.finish(app.call("run.start", { mappingId, direction: "both", preview: true }));
    const { conflicts } = loadPlan(app.deps().store, preview.id);
    const settle = conflicts.map(({ recordId, field }) => ({ recordId, field, winner }));
    const request = { runId: preview.id, leaveOut: [], allowCreates: true, allowGuard: true, settle };
    return app.finish(app.call("run.approve", request));
  }

  /** Plans to take a run back; it waits. */
  planUndo(runId: string, only: string[] | null = null): { run: RunView; plan: Plan } {
    this.later();
    const run = this.app.finish(this.app.call("undo.start", { runId, only }));
    return { run, plan: loadPlan(this.app.deps().store, run.id) };
  }

  approve(runId: string): RunView {
    return this.app.finish(
      this.app.call("run.approve", { runId, leaveOut: [], allowCreates: false, allowGuard: true }),
    );
  }

  effects(runId: string): readonly LoggedEffect[] {
    return loadEffects(this.app.deps().store, runId);
  }

  /** Record ids, top down. */
  ids(): string[] {
    return this.app.rows(this.tabId).map((row) => row["CRM record ID"] ?? "");
  }

  /** Types into the cell of a record's row. `ids`: as `ids()` gave them, with no row moved since. */
  type(ids: readonly string[], at: number, field: ChangedField, value: string | number): void {
    if (ids[at] === undefined) throw new Error(`no row ${at}`);
    this.app.grid.user.type(this.tabId, at + 2, COLUMNS.indexOf(FIELDS[field]) + 1, value);
  }

  update(id: string, field: ChangedField, value: string): void {
    this.app.crm.world.update("contacts", id, { [field]: value });
  }

  /** What both sides hold, by place: "field 101 city" and "cell 101 city". */
  values(): Map<string, string> {
    const values = new Map<string, string>();
    for (const { id, values: held } of this.app.crm.world.all("contacts"))
      for (const field of Object.keys(FIELDS)) values.set(`field ${id} ${field}`, held[field] ?? "");
    for (const row of this.app.rows(this.tabId))
      for (const [field, header] of Object.entries(FIELDS))
        values.set(`cell ${row["CRM record ID"]} ${field}`, row[header] ?? "");
    return values;
  }
}

/** Where an effect on one value happened, as `values` names it. */
export function placeOf(effect: Effect): string {
  if (effect.kind !== "field" && effect.kind !== "cell") throw new Error(`${effect.kind} is no value`);
  return `${effect.kind} ${effect.recordId} ${effect.field}`;
}
