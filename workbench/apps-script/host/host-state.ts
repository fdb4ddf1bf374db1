import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { Workbook } from "../grid/workbook";
import type {
  AppsScriptManifest,
  ExecutionRecord,
  HostEvent,
  HostOptions,
  InstallMode,
  OutboxMail,
  UnflushedOutcome,
  WorkbenchUser,
} from "../host-api";
import { CacheStores } from "./cache-stores";
import type { Execution } from "./execution";
import type { HostClock } from "./host-clock";
import type { LockTable } from "./lock-table";
import { PropertyStores } from "./property-stores";
import { Quotas } from "./quotas";
import { createRandom, type Random, randomText } from "./seeded-random";
import type { Trigger } from "./trigger";
import { UiState } from "./ui-state";

const ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const DEFAULT_USER: WorkbenchUser = { email: "user@example.com", plan: "consumer" };

/** What a state token of an OAuth redirect stands for. */
export interface StateToken {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  readonly email: string;
  readonly expiresMs: number;
}

/** Everything an emulator holds besides its workers; services read and change it. */
export class HostState {
  readonly properties = new PropertyStores();
  readonly caches: CacheStores;
  readonly quotas = new Quotas();
  readonly ui = new UiState();
  readonly files = new Map<string, Workbook>();
  readonly outbox: OutboxMail[] = [];
  readonly executions: ExecutionRecord[] = [];
  readonly random: Random;
  readonly scriptId: string;
  /** How often this host was saved and loaded again. */
  readonly generation: number;
  readonly stateTokens = new Map<string, StateToken>();
  /** Documents in which the add-on has been used: there onOpen runs in LIMITED mode. */
  readonly enabledFiles = new Set<string>();
  triggers: Trigger[] = [];
  /** Told of each new trigger while the clock is being moved. */
  onTriggerAdded: (trigger: Trigger) => void = () => undefined;
  user: WorkbenchUser;
  unflushed: UnflushedOutcome;
  /** The file that is open in the page. */
  openFileId = "";
  nextExecutionId = 1;
  private grantedScopes: readonly string[];
  private readonly listeners = new Set<(event: HostEvent) => void>();
  private lockTable: LockTable | undefined;

  constructor(
    readonly options: HostOptions,
    readonly clock: HostClock,
  ) {
    this.generation = Number(options.saved?.generation ?? 0);
    // A live host that is started again must not hand out the same ids twice.
    const seed = options.seed ?? (clock.kind === "virtual" ? 1 : Date.now());
    this.random = createRandom(seed + this.generation * 7_919);
    this.scriptId = String(options.saved?.scriptId ?? randomText(this.random, 57, ID_ALPHABET));
    this.caches = new CacheStores(options.earlyCacheEviction ?? false);
    this.user = options.user ?? DEFAULT_USER;
    this.unflushed = options.unflushed ?? "lost";
    this.grantedScopes = options.grantedScopes ?? options.manifest.oauthScopes ?? [];
  }

  get manifest(): AppsScriptManifest {
    return this.options.manifest;
  }

  get mode(): InstallMode {
    return this.options.mode ?? "add-on";
  }

  get scriptTimeZone(): string {
    return this.manifest.timeZone;
  }

  get locks(): LockTable {
    if (this.lockTable === undefined) {
      throw new Error("the lock table is not connected");
    }
    return this.lockTable;
  }

  connectLocks(locks: LockTable): void {
    this.lockTable = locks;
  }

  /** A scope works when the manifest declares it (or declares none, and Google derives them) and the user granted it. */
  isGranted(scope: string): boolean {
    const declared = this.manifest.oauthScopes;
    return declared === undefined || (declared.includes(scope) && this.grantedScopes.includes(scope));
  }

  setGrantedScopes(scopes: readonly string[]): void {
    this.grantedScopes = scopes;
  }

  addTrigger(trigger: Trigger): void {
    this.triggers = [...this.triggers, trigger];
    this.onTriggerAdded(trigger);
  }

  newId(length: number): string {
    return randomText(this.random, length, ID_ALPHABET);
  }

  /** The file that is open in the page. */
  openFile(): Workbook {
    return this.file(this.openFileId);
  }

  file(id: string): Workbook {
    const file = this.files.get(id);
    if (file === undefined) {
      throw new ServiceError(ERROR_TEXTS.documentMissing(id));
    }
    return file;
  }

  /** Books the run time of executions that a trigger started. */
  chargeTriggerTime(execution: Execution): void {
    if (execution.start.source === "clock") {
      const spentMs = execution.clockMs - execution.start.startedMs;
      this.quotas.add(execution.start.user, "trigger total runtime", spentMs, this.clock.now());
    }
  }

  /** The clock as a service call of an execution sees it. */
  nowFor(execution: Execution): number {
    return this.clock.kind === "virtual" ? execution.clockMs : this.clock.now();
  }

  emit(event: HostEvent): void {
    for (const listener of this.listeners) {
      listener(event);
    }
  }

  on(listener: (event: HostEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
