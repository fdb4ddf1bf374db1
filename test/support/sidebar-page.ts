import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Browser, chromium, type Disposable, type Page } from "playwright-core";
import { callModules, projectRoot } from "./call-module";
import type { FakeServerSetup, SeenCall } from "./fake-rpc";

/** Width that Google gives a sidebar; nobody can change it. */
export const SIDEBAR_WIDTH = 300;

const HEIGHT = 900;

/** A browser that opens the built sidebar on a fake server. */
export interface SidebarBrowser {
  /** Opens the sidebar anew; a tab that was open before is gone then. */
  open(setup: FakeServerSetup): Promise<SidebarTab>;
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
  const window = new SidebarWindow(await openWindow(browser), built);
  await window.start();
  return { open: (setup) => window.open(setup), close: () => browser.close() };
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

function openWindow(browser: Browser): Promise<Page> {
  const viewport = { width: SIDEBAR_WIDTH, height: HEIGHT };
  return browser.newPage({ viewport, deviceScaleFactor: 2, timezoneId: "Europe/Berlin" });
}

/**
 * One window for all sidebars of a file, one after the other: each is a new document at an address of its own, so that
 * nothing is left of the one before, but the browser's processes and compiled scripts, which take most of the time.
 */
class SidebarWindow {
  private opened = 0;
  private complaints: string[] = [];
  private setup: Disposable | null = null;

  constructor(
    private readonly page: Page,
    private readonly built: BuiltPage & { readonly fake: string },
  ) {}

  async start(): Promise<void> {
    this.page.on("console", (message) => this.complaints.push(message.text()));
    this.page.on("pageerror", (error) => this.complaints.push(error.message));
    // A page of its own address, as in Google Sheets: any request that it made would be seen as a complaint.
    await this.page.route("**/*", (route) => {
      if (route.request().url() === this.address())
        return route.fulfill({ contentType: "text/html", body: this.built.html });
      this.complaints.push(`asked for ${route.request().url()}`);
      return route.abort();
    });
  }

  async open(setup: FakeServerSetup): Promise<SidebarTab> {
    const { page, built } = this;
    await this.setup?.dispose();
    this.setup = await page.addInitScript(`globalThis.fakeSetup = ${JSON.stringify(setup)};\n${built.fake}`);
    // The pointer of the test before would hover over something of this one.
    await page.mouse.move(0, 0);
    const complaints: string[] = [];
    this.complaints = complaints;
    this.opened += 1;
    await page.goto(this.address());
    const calls = () => page.evaluate("globalThis.fakeServer.calls") as Promise<readonly SeenCall[]>;
    const css = (selector: string) =>
      selector.replace(/\.([a-z][\w-]*)/g, (_, name: string) => `.${built.classNames[name] ?? name}`);
    return { page, complaints, css, calls };
  }

  private address(): string {
    return `http://sidebar.test/${this.opened}`;
  }
}
