import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const outdir = path.join(root, "build", "workbench");

/** Programs of the workbench: source below workbench/, name in build/workbench/. */
const ENTRIES = [
  { source: "apps-script/execution-worker.ts", name: "execution-worker" },
  { source: "server/main.ts", name: "server" },
  { source: "demo/main.ts", name: "demo" },
  { source: "sandbox-main.ts", name: "sandbox" },
  { source: "bench/main.ts", name: "bench" },
];

const entries = ENTRIES.filter(({ source }) => existsSync(path.join(root, "workbench", source)));

await build({
  entryPoints: Object.fromEntries(entries.map(({ source, name }) => [name, path.join(root, "workbench", source)])),
  outdir,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});

// The services as the bundle sees them: evaluated inside the fresh context of each execution, so nothing of Node is in it.
await build({
  entryPoints: [path.join(root, "workbench/apps-script/context/boot.ts")],
  outfile: path.join(outdir, "execution-context.js"),
  bundle: true,
  platform: "neutral",
  format: "iife",
  target: "es2022",
  logLevel: "warning",
});

// The page's own script. The spreadsheet component it uses is served beside it as its makers built it, never bundled.
const page = path.join(root, "workbench/page/page.ts");
if (existsSync(page)) {
  await build({
    entryPoints: [page],
    outfile: path.join(outdir, "page.js"),
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
}
