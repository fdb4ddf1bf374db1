import type { CrmName } from "../../src/contract/views";
import { createHost } from "../apps-script/create-host";
import type { AppsScriptManifest, Host, HostEvent, HostOptions } from "../apps-script/host-api";
import type { HubspotSandbox } from "../crm/hubspot/sandbox-types";
import type { CrmSandbox, RecordCounts } from "./crm-sandbox";
import { readProjectFile } from "./project-files";
import type { SavedWorld } from "./saved-world";
import { type RunningSandboxes, startSandboxes } from "./start-sandboxes";

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
  /** CRMs that can be reached; default: HubSpot alone. */
  readonly crms?: readonly CrmName[];
  /** Seed of the sandboxes and of the emulator's random numbers; default 1. */
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
    Pick<
      HostOptions,
      | "mode"
      | "clockRunDocument"
      | "user"
      | "grantedScopes"
      | "spreadsheet"
      | "textCellsKeepApostrophe"
      | "cpuWatchdogMs"
    >
  >;
  readonly saved?: SavedWorld | null;
}

/** One spreadsheet with its script project and the CRMs it can reach. */
export interface World {
  /** The emulator; another one after a reset. */
  readonly host: Host;
  /** Throws RangeError in a world without it. */
  readonly hubspot: HubspotSandbox;
  /** In the order of the options. */
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
  const startMs = options.startMs ?? Date.now();
  const project = loadProject(options);
  let running: Host | null = null;
  const { crms = ["hubspot"], searchLagMs } = options;
  const sandboxes = await startSandboxes(crms, {
    seed,
    ...recordCounts(options),
    ...(searchLagMs === undefined ? {} : { searchLagMs }),
    ...(options.virtual ? { now: () => running?.now() ?? startMs, acceptClockHeader: true } : {}),
    saved: options.saved?.crms ?? {},
  });
  const hosts = Object.fromEntries(sandboxes.all.flatMap(({ hosts: names, url }) => names.map((name) => [name, url])));
  const hostOptions: HostOptions = {
    ...project,
    ...options.emulator,
    hosts,
    clock: options.virtual ? "virtual" : "live",
    ...(options.virtual ? { startMs } : {}),
    seed,
  };
  const world = new RunningWorld({ sandboxes, hostOptions, options }, (host) => {
    running = host;
  });
  await world.start(options.saved?.host ?? null);
  return world;
}

interface WorldParts {
  readonly sandboxes: RunningSandboxes;
  readonly hostOptions: HostOptions;
  readonly options: WorldOptions;
}

class RunningWorld implements World {
  readonly sandboxes: readonly CrmSandbox[];
  readonly virtual: boolean;
  private readonly listeners = new Set<(event: HostEvent) => void>();
  private running: Host | null = null;

  constructor(
    private readonly parts: WorldParts,
    /** Told of each emulator before it runs anything: the sandbox reads its clock. */
    private readonly onStart: (host: Host) => void,
  ) {
    this.sandboxes = parts.sandboxes.all;
    this.virtual = parts.options.virtual ?? false;
  }

  get hubspot(): HubspotSandbox {
    return this.parts.sandboxes.hubspot();
  }

  get host(): Host {
    if (this.running === null) throw new Error("The emulator is starting.");
    return this.running;
  }

  async start(saved: SavedWorld["host"] | null): Promise<void> {
    const host = createHost({ ...this.parts.hostOptions, ...(saved === null ? {} : { saved }) });
    this.running = host;
    this.onStart(host);
    host.on((event) => {
      // A late event of an emulator that was replaced says nothing about the present one.
      if (this.running === host) for (const listener of this.listeners) listener(event);
    });
    await host.open();
  }

  on(listener: (event: HostEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async reset(what: "workbook" | "crm" | "all"): Promise<void> {
    const { options } = this.parts;
    if (what !== "workbook") {
      for (const sandbox of this.sandboxes) sandbox.reset(options.seed ?? 1, recordCounts(options));
    }
    if (what === "crm") return;
    const old = this.host;
    await this.start(null);
    await old.close();
  }

  save(): SavedWorld {
    const crms = Object.fromEntries(this.sandboxes.map((sandbox) => [sandbox.name, sandbox.save()]));
    return { version: 2, host: this.host.save(), crms };
  }

  async close(): Promise<void> {
    await this.host.close();
    await Promise.all(this.sandboxes.map((sandbox) => sandbox.close()));
  }
}

function recordCounts({ contacts = 50, companies = 20 }: WorldOptions): RecordCounts {
  return { contacts, companies };
}

function loadProject(options: ScriptProject): Required<ScriptProject> {
  return {
    code: options.code ?? readProjectFile("dist/Code.js"),
    html: options.html ?? { Sidebar: readProjectFile("dist/Sidebar.html") },
    manifest: options.manifest ?? (JSON.parse(readProjectFile("dist/appsscript.json")) as AppsScriptManifest),
  };
}
