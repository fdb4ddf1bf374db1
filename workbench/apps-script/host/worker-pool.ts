import { existsSync } from "node:fs";
import path from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { HostReply, StartMessage, WorkerMessage, WorkerSetup } from "../rpc-protocol";

/** A worker thread that runs one execution at a time. */
export interface ExecutionWorker {
  start(message: StartMessage, receive: (message: WorkerMessage) => void, fail: (fault: Error) => void): void;
  reply(reply: HostReply): void;
  /** Ends the thread at once; the worker is of no use afterwards. */
  kill(): Promise<void>;
}

export interface WorkerPool {
  acquire(): ExecutionWorker;
  release(worker: ExecutionWorker): void;
  close(): Promise<void>;
}

const BUILD_FOLDER = path.join("build", "workbench");

/** Finds the compiled worker from the working folder upwards, so that tests may start below the root. */
function findBuild(): string {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, BUILD_FOLDER);
    if (existsSync(path.join(candidate, "execution-worker.mjs"))) {
      return candidate;
    }
    if (folder === path.dirname(folder)) {
      throw new Error(`${BUILD_FOLDER}/execution-worker.mjs is missing: run "npm run build"`);
    }
  }
}

/** Keeps finished workers warm: each has compiled the bundle once. */
export function createWorkerPool(code: string): WorkerPool {
  const folder = findBuild();
  const idle: ThreadWorker[] = [];
  const all = new Set<ThreadWorker>();
  return {
    acquire() {
      const worker = idle.pop() ?? new ThreadWorker(code, folder, (gone) => all.delete(gone));
      all.add(worker);
      worker.hold();
      return worker;
    },
    release(worker) {
      if (worker instanceof ThreadWorker) {
        worker.rest();
        idle.push(worker);
      }
    },
    async close() {
      idle.length = 0;
      await Promise.all([...all].map((worker) => worker.kill()));
    },
  };
}

class ThreadWorker implements ExecutionWorker {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly flag = new SharedArrayBuffer(4);
  private receive: (message: WorkerMessage) => void = () => undefined;
  private fail: (fault: Error) => void = () => undefined;

  constructor(
    code: string,
    folder: string,
    private readonly onGone: (worker: ThreadWorker) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const setup: WorkerSetup = {
      code,
      contextPath: path.join(folder, "execution-context.js"),
      port: port2,
      flag: this.flag,
    };
    this.worker = new Worker(path.join(folder, "execution-worker.mjs"), { workerData: setup, transferList: [port2] });
    this.port.on("message", (message: WorkerMessage) => this.receive(message));
    this.worker.on("error", (fault: Error) => this.fail(fault));
  }

  start(message: StartMessage, receive: (message: WorkerMessage) => void, fail: (fault: Error) => void): void {
    this.receive = receive;
    this.fail = fail;
    this.worker.postMessage(message);
  }

  reply(reply: HostReply): void {
    this.port.postMessage(reply);
    const flag = new Int32Array(this.flag);
    Atomics.add(flag, 0, 1);
    Atomics.notify(flag, 0);
  }

  async kill(): Promise<void> {
    this.onGone(this);
    this.receive = () => undefined;
    this.fail = () => undefined;
    this.port.close();
    await this.worker.terminate();
  }

  hold(): void {
    this.worker.ref();
    this.port.ref();
  }

  /** An idle worker must not keep the process alive. */
  rest(): void {
    this.receive = () => undefined;
    this.fail = () => undefined;
    this.worker.unref();
    this.port.unref();
  }
}
