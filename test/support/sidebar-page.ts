import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { callModules, projectRoot } from "./call-module";
import type { FakeServerSetup, SeenCall } from "./fake-rpc";

/** Width that Google gives a sidebar; nobody can change it. */
export const SIDEBAR_WIDTH = 300;

/** A browser that opens the built sidebar on a fake server. */
export interface SidebarBrowser {
  open(setup: FakeServerSetup, view?: { readonly width?: number; readonly height?: number }): Promise<SidebarTab>;
  close(): Promise<void>;
}

/** One open sidebar. */
export interface SidebarTab {
  readonly page: Page;
  /** A selector with the classes of the style sheet, as the page has them: the build gives most of them short names. */
  css(selector: string): string;
  /** Everything that the server was asked. */
  calls(): Promise<readonly SeenCall[]>;
  /** What the page wrote to the console or threw; a good page does neither. */
  readonly complaints: readonly string[];
}

/** Builds the page as the build does, and starts the browser. */
export async function startSidebarBrowser(executablePath: string): Promise<SidebarBrowser> {
  const built = { ...buildPage(), fake: buildFake() };
  const browser = await chromium.launch({ executablePath });
  return { open: (setup, view) => openTab(browser, built, setup, view), close: () => browser.close() };
}

/** The page, and the short name of each class that has one there. */
interface BuiltPage {
  readonly html: string;
  readonly classNames: Readonly<Record<string, string>>;
}

/** The page with every byte that Google would serve. */
function buildPage(): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), "crm-sync-sidebar-"));
  const path = join(folder, "Sidebar.html");
  const [src, sidebar] = [join(projectRoot, "src"), join(projectRoot, "sidebar")];
  const project = { root: projectRoot, src, sidebar, dist: folder, page: path };
  try {
    const [built] = callModules([
      { file: "scripts/steps/sidebar-page.mjs", name: "buildSidebarPage", args: [project] },
    ]);
    return { ...(built as Pick<BuiltPage, "classNames">), html: readFileSync(path, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildFake(): string {
  const entry = join(projectRoot, "test/support/fake-rpc-page.ts");
  const built = buildSync({ entryPoints: [entry], bundle: true, write: false, format: "iife", logLevel: "warning" });
  return built.outputFiles[0]?.text ?? "";
}

async function openTab(
  browser: Browser,
  built: BuiltPage & { readonly fake: string },
  setup: FakeServerSetup,
  view: { readonly width?: number; readonly height?: number } = {},
): Promise<SidebarTab> {
  const viewport = { width: view.width ?? SIDEBAR_WIDTH, height: view.height ?? 900 };
  const context = await browser.newContext({ viewport, deviceScaleFactor: 2, timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.addInitScript(`globalThis.fakeSetup = ${JSON.stringify(setup)};\n${built.fake}`);
  // A page of its own address, as in Google Sheets: any request that it made would be seen as a complaint.
  await page.route("**/*", (route) => {
    if (route.request().url() === "http://sidebar.test/")
      return route.fulfill({ contentType: "text/html", body: built.html });
    complaints.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  await page.goto("http://sidebar.test/");
  const calls = () => page.evaluate("globalThis.fakeServer.calls") as Promise<readonly SeenCall[]>;
  const css = (selector: string) =>
    selector.replace(/\.([a-z][\w-]*)/g, (_, name: string) => `.${built.classNames[name] ?? name}`);
  return { page, complaints, css, calls };
}
