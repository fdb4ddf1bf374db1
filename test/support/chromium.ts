import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** The browser for tests, or why there is none. The reason belongs into the title of what is skipped for it. */
export type ChromiumSearch =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "missing"; readonly reason: string };

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/**
 * Looks for Chromium: `CHROMIUM_PATH`, then Debian's, then the one that Playwright installed.
 *
 * @throws Error when `CHROMIUM_PATH` names no file, and under `CI` when there is none at all: there a missing browser
 *   must not turn into skipped tests
 */
export function findChromium(): ChromiumSearch {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return { kind: "found", path: named };
    throw new Error(`CHROMIUM_PATH names no file: ${named}`);
  }
  const path = [DEBIAN_CHROMIUM, chromium.executablePath()].find((candidate) => existsSync(candidate));
  if (path !== undefined) return { kind: "found", path };
  const reason = "no Chromium: set CHROMIUM_PATH or install Debian's chromium";
  if (process.env.CI) throw new Error(reason);
  return { kind: "missing", reason };
}
