import { scheduledRun } from "../../src/app/scheduled-run";
import type { RpcRequest } from "../../src/contract/rpc";
import type { HistoryItemView } from "../../src/contract/views";
import { loadReadState, type ReadState } from "../../src/state/read-state";
import { AppWorld, type AppWorldOptions } from "./app-world";
import type { FakeCall } from "./fake-faults";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

const HOURLY = { kind: "hourly", hour: 9, day: 1 } as const;

/** People in step with the CRM an hour ago, and a clock that syncs them every hour. */
export class ClockWorld {
  readonly app: AppWorld;
  readonly mappingId: string;
  readonly tabId: number;

  /** `skewMs`: how far the CRM's clock is ahead of the script's. */
  constructor(options: AppWorldOptions = {}, draft: Partial<RpcRequest<"mapping.save">["draft"]> = {}, skewMs = 0) {
    this.app = new AppWorld({ contacts: 30, ...options });
    this.app.crm.skewMs = skewMs;
    this.app.clock.advance(HOUR_MS);
    const { mappingId, tabId } = this.app.mapPeople(draft);
    this.mappingId = mappingId;
    this.tabId = tabId;
    this.app.run(mappingId, "pull", {});
    this.app.call("schedule.save", { mappingId, schedule: HOURLY });
  }

  get ids(): readonly string[] {
    return this.app.crm.world.all("contacts").map((record) => record.id);
  }

  /** Calls of the CRM that the work made. */
  calls(work: () => void): readonly FakeCall[] {
    const { calls } = this.app.crm.faults;
    const before = calls.length;
    work();
    return calls.slice(before);
  }

  /** The clock comes, an hour later by default. */
  tick(afterMs = HOUR_MS): void {
    this.app.clock.advance(afterMs);
    scheduledRun(this.app.deps());
  }

  /** Somebody changes a record in the CRM. */
  edit(id: string, title: string): void {
    this.app.crm.world.update("contacts", id, { jobtitle: title });
  }

  /** What the sheet shows as the title of a record; null: it has no row. */
  title(id: string): string | null {
    return this.row(id)?.["Job title"] ?? null;
  }

  /** Titles of these records, in one look at the sheet. */
  titles(ids: readonly string[]): readonly (string | undefined)[] {
    const byId = new Map(this.app.rows(this.tabId).map((row) => [row["CRM record ID"], row["Job title"]]));
    return ids.map((id) => byId.get(id));
  }

  row(id: string): Readonly<Record<string, string>> | undefined {
    return this.app.rows(this.tabId).find((row) => row["CRM record ID"] === id);
  }

  newest(): HistoryItemView | undefined {
    return this.app.call("history.list", { limit: 1 })[0];
  }

  state(): ReadState {
    return loadReadState(this.app.deps().store, this.mappingId);
  }
}
