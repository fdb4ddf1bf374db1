import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { sourceFiles } from "./source-files.mjs";

/** What would let tokens be sent to another machine: a loopback address, or a base URL that somebody can set. */
const LOOSE_HOST = /127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\blocalhost\b|base_?url(?!64)\b|\bapi_?(?:base|root)\b/i;

/**
 * Gate: neither `src/` nor the bundle knows a loopback host or a settable CRM base URL. The workbench reaches its
 * sandboxes by mapping hosts inside its emulated UrlFetchApp, so the bundle has no need of one.
 *
 * @param {import("../project.mjs").Project} project
 * @returns {string[]} what is wrong, in sentences
 */
export function checkFixedHosts(project) {
  return [...sourceFiles(project.src, [".ts", ".tsx"]), project.code].flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const hit = LOOSE_HOST.exec(line);
        const place = `${relative(project.root, path)}:${index + 1}`;
        return hit ? [`${place} says '${hit[0]}': the bundle may hold the real hosts only.`] : [];
      }),
  );
}
