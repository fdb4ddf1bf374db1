import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { projectAt } from "./project.mjs";

/** Parts of the test harness that the long proofs run outside the test runner. */
const PARTS = ["sync-world", "sync-bundle-world", "sync-policy-scenarios", "sync-sweep", "model-soak"];

/**
 * Bundles the harness with the sources it drives and loads it.
 *
 * @param {string} root
 */
export async function loadHarness(root) {
  const project = projectAt(root);
  const outfile = join(project.build, "proofs/harness.mjs");
  mkdirSync(join(project.build, "proofs"), { recursive: true });
  await build({
    stdin: { contents: PARTS.map((part) => `export * from "./test/support/${part}";`).join("\n"), resolveDir: root },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  const harness = await import(pathToFileURL(outfile).href);
  // What was tried with another build says nothing about this one.
  const inputs = [outfile, project.code, join(project.build, "workbench/execution-worker.mjs")];
  const hash = createHash("sha256");
  for (const path of inputs) hash.update(readFileSync(path));
  return { harness, build: hash.digest("hex").slice(0, 16) };
}

/**
 * Value of `--name value`, or of `--name` alone.
 *
 * @param {string} name
 * @param {string} fallback
 */
export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

/**
 * Worlds by their name on the command line.
 *
 * @param {any} harness
 * @param {string} name
 */
export function worldMaker(harness, name) {
  if (name === "fake") return async () => new harness.SyncWorld();
  if (name === "bundle") return () => harness.BundleTrialWorld.start();
  throw new Error(`there is no world '${name}': fake or bundle`);
}
