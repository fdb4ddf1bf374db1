import { createHost } from "../apps-script/create-host";
import type { AppsScriptManifest, Host, HostEvent, HostOptions } from "../apps-script/host-api";
import { createSandbox } from "../crm/hubspot/create-sandbox";
import type { HubspotSandbox } from "../crm/hubspot/sandbox-types";
import { type CrmSandbox, toCrmSandbox } from "./crm-sandbox";
import { readProjectFile } from "./project-files";
import type { SavedWorld } from "./saved-world";

/** What the emulated script project holds; what is missing is read from the build. */
export interface ScriptProject {
  /** Text of the bundle; default dist/Code.js. */
  readonly code?: string;
  /** HTML files by name without ending; default dist/Sidebar.html. */
  readonly html?: Readonly<Record<string, string>>;
  /** Default dist/appsscript.json. */
  readonly manifest?: AppsScriptManifest;
}

/** How a world starts. */
export interface WorldOptions extends ScriptProject {
  /** Seed of the sandbox and of the emulator's random numbers; default 1. */
  readonly seed?: number;
  /** Records to start with; defaults 50 and 20. */
  readonly contacts?: number;
  readonly companies?: number;
  /** A virtual clock that only moves when told; default: the machine's clock. */
  readonly virtual?: boolean;
  /** Start of a virtual clock, epoch ms; default: now. */
  readonly startMs?: number;
  /** Longest time until a write is found by a search of the CRM. */
  readonly searchLagMs?: number;
  /** More options of the emulator: install mode, user, scopes, ... */
  readonly emulator?: Partial<
    Pick<HostOptions, "mode" | "clockRunDocument" | "user" | "grantedScopes" | "spreadsheet">
  >;
  readonly saved?: SavedWorld | null;
}

/** One spreadsheet with its script project and the CRMs it can reach. */
export interface World {
  /** The emulator; another one after a reset. */
  readonly host: Host;
  readonly hubspot: HubspotSandbox;
  readonly sandboxes: readonly CrmSandbox[];
  readonly virtual: boolean;
  /** Events of the present and of later emulators. */
  on(listener: (event: HostEvent) => void): () => void;
  /** Starts over: the spreadsheet with all that the script stored, the CRM's records, or both. */
  reset(what: "workbook" | "crm" | "all"): Promise<void>;
  save(): SavedWorld;
  close(): Promise<void>;
}

/** Starts the sandboxes and the emulator, and opens the file as a person would (runs `onOpen`). */
export async function createWorld(options: WorldOptions): Promise<World> {
  const seed = options.seed ?? 1;
  const virtual = options.virtual ?? false;
  const startMs = options.startMs ?? options.saved?.hubspot.nowMs ?? Date.now();
  const project = loadProject(options);
  const listeners = new Set<(event: HostEvent) => void>();
  let host: Host | null = null;
  const hubspot = await createSandbox({
    seed,
    contacts: options.contacts ?? 50,
    companies: options.companies ?? 20,
    ...(options.searchLagMs === undefined ? {} : { searchLagMs: options.searchLagMs }),
    ...(virtual ? { now: () => host?.now() ?? Number(startMs), acceptClockHeader: true } : {}),
    ...(options.saved ? { saved: options.saved.hubspot } : {}),
  });
  const sandboxes = [toCrmSandbox(hubspot)];
  const startHost = async (saved: SavedWorld["host"] | null): Promise<Host> => {
    const started = createHost({
      ...project,
      ...options.emulator,
      hosts: Object.fromEntries(sandboxes.flatMap(({ hosts, url }) => hosts.map((name) => [name, url]))),
      clock: virtual ? "virtual" : "live",
      ...(virtual ? { startMs: Number(startMs) } : {}),
      ...(saved === null ? {} : { saved }),
      seed,
    });
    started.on((event) => {
      for (const listener of listeners) listener(event);
    });
    host = started;
    await started.open();
    return started;
  };
  host = await startHost(options.saved?.host ?? null);
  const running = (): Host => {
    if (host === null) throw new Error("The emulator is starting.");
    return host;
  };
  return {
    get host() {
      return running();
    },
    hubspot,
    sandboxes,
    virtual,
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset: async (what) => {
      if (what !== "workbook") {
        hubspot.control.resetTo(seed, options.contacts ?? 50, options.companies ?? 20);
        hubspot.control.clearFaults();
        hubspot.control.clearRequests();
      }
      if (what === "crm") return;
      const old = running();
      await startHost(null);
      await old.close();
    },
    save: () => ({ version: 1, host: running().save(), hubspot: hubspot.control.save() }),
    close: async () => {
      await running().close();
      await hubspot.close();
    },
  };
}

function loadProject(options: ScriptProject): Required<ScriptProject> {
  return {
    code: options.code ?? readProjectFile("dist/Code.js"),
    html: options.html ?? { Sidebar: readProjectFile("dist/Sidebar.html") },
    manifest: options.manifest ?? (JSON.parse(readProjectFile("dist/appsscript.json")) as AppsScriptManifest),
  };
}
