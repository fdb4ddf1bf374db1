import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { findProjectRoot, readProjectFile } from "./project-files";
import { frameSandbox, type SidebarFrames } from "./sidebar-frame";
import type { World } from "./world";

interface StaticFile {
  /** Path from the project's root. */
  readonly file: string;
  readonly type: string;
}

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";
const spreadsheet = "node_modules/@odoo/o-spreadsheet/dist";

/** All that the page loads. The spreadsheet component is served as its makers built it, never bundled (LGPL). */
const files: Readonly<Record<string, StaticFile>> = {
  "/": { file: "workbench/page/index.html", type: "text/html; charset=utf-8" },
  "/style.css": { file: "workbench/page/style.css", type: style },
  "/page.js": { file: "build/workbench/page.js", type: script },
  "/vendor/owl.js": { file: "node_modules/@odoo/owl/dist/owl.iife.min.js", type: script },
  "/vendor/bootstrap.css": { file: "node_modules/bootstrap/dist/css/bootstrap.min.css", type: style },
  "/vendor/o-spreadsheet.js": { file: `${spreadsheet}/o_spreadsheet.min.iife.js`, type: script },
  "/vendor/o-spreadsheet.css": { file: `${spreadsheet}/o_spreadsheet.css`, type: style },
  "/vendor/o-spreadsheet.xml": { file: `${spreadsheet}/o_spreadsheet.xml`, type: "application/xml; charset=utf-8" },
};

/**
 * Only own scripts run in the page; `unsafe-eval` because the spreadsheet component compiles its templates. Styles are
 * set inline by the same component.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Routes that need no token: the page's own files hold no data. The frame's path is the secret of the sidebar. */
export function pageRoutes(world: World, frames: SidebarFrames): Hono {
  const routes = new Hono();
  routes.use(compress());
  for (const [path, { file, type }] of Object.entries(files)) {
    routes.get(path, (context) =>
      context.body(readPageFile(file), 200, {
        "content-type": type,
        "content-security-policy": pagePolicy,
        "cache-control": path.startsWith("/vendor/") ? "max-age=3600" : "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      }),
    );
  }
  routes.get("/favicon.ico", (context) => context.body(null, 204));
  routes.get("/frame/:key", (context) => {
    const document = frames.documentOf(context.req.param("key"), world.host.sidebar());
    if (document === null) return context.text("This sidebar is closed.", 404);
    return context.body(document, 200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `sandbox ${frameSandbox}`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });
  return routes;
}

const vendorFiles = new Map<string, string>();

/** Files of packages do not change while the server runs; the project's own are read each time. */
function readPageFile(file: string): string {
  if (!file.startsWith("node_modules/")) return readProjectFile(file);
  const known = vendorFiles.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(findProjectRoot(), file), "utf8");
  vendorFiles.set(file, text);
  return text;
}
