import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { gunzipSync, gzipSync } from "node:zlib";
import { ERROR_TEXTS } from "./error-texts";
import { offsetsOf } from "./grid/time-zone";
import type { ContextBridge, ExecutionEnd, HostReply, StartMessage, WorkerMessage, WorkerSetup } from "./rpc-protocol";

/** What one reading of the clock adds in virtual mode, ms: a loop that waits for the time to pass ends. */
const CLOCK_READ_MS = 0.01;

type Invoke = (target: unknown, argsJson: string, reviveArgs: boolean, client: boolean) => Promise<string>;

const setup = workerData as WorkerSetup;
const port: MessagePort = setup.port;
const flag = new Int32Array(setup.flag);
const bootScript = new vm.Script(readFileSync(setup.contextPath, "utf8"), { filename: "services.js" });
let bundleScript: vm.Script | undefined;
let callNumber = 0;

const post = (message: WorkerMessage): void => port.postMessage(message);

/** Blocks this thread until the host has answered call number n. */
function waitForReply(n: number): HostReply {
  for (;;) {
    const seen = Atomics.load(flag, 0);
    const received = receiveMessageOnPort(port) as { readonly message: HostReply } | undefined;
    if (received === undefined) {
      Atomics.wait(flag, 0, seen, 60_000);
    } else if (received.message.n === n) {
      return received.message;
    }
  }
}

interface ExecutionClock {
  read(): number;
  at(): number;
  set(ms: number): void;
}

function createClock(start: StartMessage): ExecutionClock {
  if (start.clock === "live") {
    const read = (): number => Date.now() + start.clockMs;
    return { read, at: read, set: () => undefined };
  }
  let clockMs = start.clockMs;
  return {
    read: () => {
      clockMs += CLOCK_READ_MS;
      return clockMs;
    },
    at: () => clockMs,
    set: (ms) => {
      clockMs = ms;
    },
  };
}

function createBridge(start: StartMessage, clock: ExecutionClock): ContextBridge {
  return {
    call: (op, args) => {
      const n = ++callNumber;
      post({ kind: "call", n, execution: start.execution, at: clock.at(), op, args });
      const reply = waitForReply(n);
      clock.set(reply.clockMs);
      return reply.body;
    },
    compute,
    now: clock.read,
    offsetAt: offsetsOf(start.timeZone),
    log: (line) => post({ kind: "log", execution: start.execution, line }),
    timeZone: start.timeZone,
  };
}

const latin1 = (bytes: Buffer): string => bytes.toString("latin1");
const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

/** Node's names of the digests of Utilities. */
const DIGESTS: Readonly<Record<string, string>> = {
  MD5: "md5",
  SHA_1: "sha1",
  SHA_256: "sha256",
  SHA_384: "sha384",
  SHA_512: "sha512",
};

function encodingOf(charset: string): BufferEncoding {
  return /^(?:iso-8859-1|latin1|us[-_]ascii|windows-1252)$/i.test(charset) ? "latin1" : "utf8";
}

/** Pure byte work for Utilities and blobs; a leading "!" stands for failure where failure is possible. */
function compute(op: string, first: string, second: string): string {
  switch (op) {
    case "encode":
      return latin1(Buffer.from(first, encodingOf(second)));
    case "decode":
      return bytesOf(first).toString(encodingOf(second));
    case "base64-encode":
      return bytesOf(first).toString("base64");
    case "base64-decode":
      return /^[A-Za-z0-9+/_\s-]*={0,2}\s*$/.test(first) ? `+${latin1(Buffer.from(first, "base64"))}` : "!";
    case "gzip":
      return latin1(gzipSync(bytesOf(first)));
    case "ungzip":
      return ungzip(first);
    case "digest":
      return latin1(
        createHash(DIGESTS[second] ?? second)
          .update(bytesOf(first))
          .digest(),
      );
    case "hmac":
      return hmac(first, second);
    case "offset":
      return String(offsetOrUtc(Number(first), second));
    default:
      throw new Error(`unknown computation ${op}`);
  }
}

function ungzip(data: string): string {
  try {
    return `+${latin1(gunzipSync(bytesOf(data)))}`;
  } catch {
    return "!";
  }
}

function hmac(data: string, keyed: string): string {
  const colon = keyed.indexOf(":");
  const algorithm = DIGESTS[keyed.slice("HMAC_".length, colon)] ?? "sha256";
  return latin1(
    createHmac(algorithm, bytesOf(keyed.slice(colon + 1)))
      .update(bytesOf(data))
      .digest(),
  );
}

/** Java's rule, which Utilities.formatDate inherits: an unknown zone means UTC. */
function offsetOrUtc(ms: number, timeZone: string): number {
  try {
    return offsetsOf(timeZone)(ms);
  } catch {
    return 0;
  }
}

function findFunction(context: vm.Context, name: string): unknown {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
    return undefined;
  }
  return vm.runInContext(`typeof ${name} === "function" ? ${name} : undefined`, context);
}

function describeLoadError(thrown: unknown): ExecutionEnd {
  const error = thrown as Partial<Error> | null | undefined;
  const message = error?.message ?? String(thrown);
  return { kind: "threw", name: error?.name ?? "Error", message, stack: error?.stack ?? message };
}

async function execute(start: StartMessage, bridge: ContextBridge): Promise<ExecutionEnd> {
  try {
    const context = vm.createContext({});
    bootScript.runInContext(context);
    const connect = (context as unknown as { readonly __connect: (bridge: ContextBridge) => Invoke }).__connect;
    const invoke = connect(bridge);
    bundleScript ??= new vm.Script(setup.code, { filename: "Code.js" });
    bundleScript.runInContext(context);
    const target = findFunction(context, start.functionName);
    if (target === undefined) {
      const message = ERROR_TEXTS.functionMissing(start.functionName);
      return { kind: "threw", name: "Exception", message, stack: message };
    }
    return JSON.parse(await invoke(target, JSON.stringify(start.args), start.reviveArgs, start.client)) as ExecutionEnd;
  } catch (thrown) {
    return describeLoadError(thrown);
  }
}

parentPort?.on("message", async (start: StartMessage) => {
  const clock = createClock(start);
  const end = await execute(start, createBridge(start, clock));
  // Promises that the function left behind still run: only macrotasks are missing on Apps Script.
  await new Promise((resolve) => setImmediate(resolve));
  post({ kind: "end", execution: start.execution, at: clock.at(), end });
});

// A rejected promise that nobody awaits must not end the worker: Apps Script ignores it.
process.on("unhandledRejection", () => undefined);
