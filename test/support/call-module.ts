import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Folder of the checkout. */
export const projectRoot = join(__dirname, "../..");

const CALL_TIMEOUT_MS = 60_000;

/** A function of one of the build scripts and its arguments; arguments and result are plain JSON. */
export interface ModuleCall {
  /** Path of the ES module from the root of the project, e.g. `scripts/project.mjs`. */
  readonly file: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * Calls exported functions of ES modules in one Node process, because jest's CommonJS realm cannot load them.
 *
 * @returns one result a call, in order
 * @throws Error with the process's output when one of them throws
 */
export function callModules(calls: readonly ModuleCall[]): readonly unknown[] {
  const located = calls.map((call) => ({ ...call, file: pathToFileURL(join(projectRoot, call.file)).href }));
  const program = `
    const results = [];
    for (const { file, name, args } of ${JSON.stringify(located)}) results.push((await (await import(file))[name](...args)) ?? null);
    process.stdout.write(JSON.stringify(results));`;
  const done = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: projectRoot,
    encoding: "utf8",
    timeout: CALL_TIMEOUT_MS,
  });
  if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
  return JSON.parse(done.stdout) as readonly unknown[];
}
