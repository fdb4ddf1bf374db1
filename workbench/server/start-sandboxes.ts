import type { CrmName } from "../../src/contract/views";
import { createSandbox } from "../crm/hubspot/create-sandbox";
import type { HubspotSandbox, SavedPortal } from "../crm/hubspot/sandbox-types";
import type { CrmSandbox, RecordCounts } from "./crm-sandbox";
import { toHubspotCrm } from "./hubspot-sandbox";

/** What all sandboxes of a world start with. */
interface StartOptions extends RecordCounts {
  readonly seed: number;
  readonly now?: () => number;
  readonly acceptClockHeader?: boolean;
  readonly searchLagMs?: number;
  /** By name of the CRM; what its sandbox saved. */
  readonly saved: Readonly<Record<string, unknown>>;
}

/** The sandboxes of a world. */
export interface RunningSandboxes {
  readonly all: readonly CrmSandbox[];
  /** Throws RangeError when it was not started. */
  hubspot(): HubspotSandbox;
}

/** Starts the sandboxes of these CRMs. Throws RangeError for a CRM that has none. */
export async function startSandboxes(crms: readonly CrmName[], options: StartOptions): Promise<RunningSandboxes> {
  const { saved, ...common } = options;
  let hubspot: HubspotSandbox | null = null;
  const all: CrmSandbox[] = [];
  for (const crm of crms) {
    if (crm !== "hubspot") throw new RangeError(`There is no sandbox of ${crm}.`);
    const portal = saved.hubspot as SavedPortal | undefined;
    hubspot = await createSandbox({ ...common, ...(portal ? { saved: portal } : {}) });
    all.push(toHubspotCrm(hubspot));
  }
  return { all, hubspot: () => started(hubspot, "HubSpot") };
}

function started<T>(sandbox: T | null, name: string): T {
  if (sandbox === null) throw new RangeError(`This world has no ${name} sandbox.`);
  return sandbox;
}
