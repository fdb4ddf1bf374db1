import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the checkout that these scripts belong to. */
export const PROJECT_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Every path the build reads or writes, so that a test can point the same steps and gates at a copy.
 *
 * @param {string} root folder that holds `src/`, `sidebar/` and `appsscript.json`
 */
export function projectAt(root) {
  const dist = join(root, "dist");
  const build = join(root, "build");
  return {
    root,
    src: join(root, "src"),
    sidebar: join(root, "sidebar"),
    entry: join(root, "src/entry/globals.ts"),
    build,
    dist,
    serverModule: join(build, "server.mjs"),
    stamp: join(build, "built.json"),
    code: join(dist, "Code.js"),
    page: join(dist, "Sidebar.html"),
    manifest: join(dist, "appsscript.json"),
    manifestSource: join(root, "appsscript.json"),
    wideManifestSource: join(root, "appsscript.wide.json"),
  };
}

/** @typedef {ReturnType<typeof projectAt>} Project */
