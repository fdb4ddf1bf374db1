import type { Browser, Page } from "playwright-core";
import { axeViolations } from "../support/axe-violations";
import { browserSearch, launchBrowser, type OpenPage, openPage } from "./open-page";

const withBrowser = browserSearch.kind === "found" ? describe : describe.skip;
const why = browserSearch.kind === "found" ? "" : ` (${browserSearch.reason})`;

withBrowser(`the page around the grid${why}`, () => {
  let browser: Browser;
  let open: OpenPage;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    open = await openPage(browser);
  });
  afterEach(() => open.close());

  const answer = () => open.sidebar.locator("#answer");
  const openSidebar = async (): Promise<void> => {
    await open.workbench.host.run("openSidebar");
    await open.sidebar.getByRole("button", { name: "Echo" }).waitFor();
  };

  it("takes the token out of the address and refuses to work without one", async () => {
    expect(open.page.url()).toBe(`${open.workbench.url}/`);
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(open.workbench.url);
    await stranger.getByText("npm start").waitFor();
    expect(await stranger.evaluate(() => window.workbench)).toBeUndefined();
    await stranger.context().close();
  });

  it("shows the grid however late the browser draws its first frame", async () => {
    const slow = await open.page.addInitScript(() => {
      const { setTimeout: wait, requestAnimationFrame: draw } = window;
      const lateMs = 300;
      Object.assign(window, {
        setTimeout: (work: () => void, ms = 0) => wait(work, ms + lateMs),
        requestAnimationFrame: (work: FrameRequestCallback) => wait(() => draw(work), lateMs),
      });
    });
    try {
      await open.page.goto(open.workbench.url);
      await open.page.waitForFunction(() => window.workbench !== undefined, undefined, { polling: 100 });
      expect(await open.page.locator(".o-grid canvas").count()).toBe(1);
      expect(open.problems).toEqual([]);
    } finally {
      await slow.dispose();
    }
  }, 30_000);

  it("says so when it cannot start, and starts at the second try", async () => {
    const templates = "**/vendor/o-spreadsheet.xml";
    await open.page.route(templates, (route) => route.abort());
    await open.page.goto(open.workbench.url);
    await open.page.getByRole("heading", { name: "The workbench could not be shown" }).waitFor();
    expect(await open.page.evaluate(() => window.workbench)).toBeUndefined();
    await open.page.unroute(templates);
    await open.page.getByRole("button", { name: "Reload" }).click();
    await open.page.waitForFunction(() => window.workbench !== undefined);
  });

  it("lists the script's items under Extensions > CRM Sync and runs them", async () => {
    await open.page.getByText("Extensions", { exact: true }).click();
    await open.page.getByText("CRM Sync", { exact: true }).hover();
    await open.page.getByText("Open sidebar", { exact: true }).waitFor();
    const items = await open.page.locator(".o-menu-item-name").allInnerTexts();
    expect(items).toEqual(expect.arrayContaining(["Open sidebar", "Write rows", "Fail"]));
    await open.page.getByText("Write rows", { exact: true }).click();
    await open.untilCell(4, 1, "Mia");
    await open.page.getByText("Rows written").waitFor();
  });

  it("shows the error of a failed menu item", async () => {
    await open.page.getByRole("button", { name: "Run" }).click();
    await open.page.getByRole("button", { name: "Fail" }).click();
    await open.page.getByText("It was not to be").waitFor();
  });

  it("carries google.script.run there and back: values, user object, failures, illegal arguments", async () => {
    await openSidebar();
    await open.sidebar.getByRole("button", { name: "Echo" }).click();
    await open.sidebar.getByText('ok {"list":[1,null,"x"]} mine').waitFor();
    await open.sidebar.getByRole("button", { name: "Fail" }).click();
    await open.sidebar.getByText(/failed .*It was not to be/).waitFor();
    await open.sidebar.getByRole("button", { name: "Send a date" }).click();
    await open.sidebar.getByText("thrown Failed due to illegal value in property: 0").waitFor();
    await open.sidebar.getByRole("button", { name: "Call twelve times" }).click();
    await open.sidebar.getByText("left 0").waitFor();
    await open.sidebar.getByRole("button", { name: "Write rows" }).click();
    await open.untilCell(2, 1, "Zoe <b>x</b>");
    expect(await answer().textContent()).toContain("ok null");
  });

  it("has at most ten calls of the sidebar under way", async () => {
    let most = 0;
    let now = 0;
    open.page.on("request", (request) => {
      if (!request.url().endsWith("/api/run")) return;
      now += 1;
      most = Math.max(most, now);
    });
    open.page.on("requestfinished", (request) => {
      if (request.url().endsWith("/api/run")) now -= 1;
    });
    await openSidebar();
    await open.sidebar.getByRole("button", { name: "Call twelve times" }).click();
    await open.sidebar.getByText("left 0").waitFor();
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(10);
  });

  it("keeps the sidebar away from the page and from the API", async () => {
    await openSidebar();
    const frame = open.page.frames().find((candidate) => candidate.url().includes("/frame/"));
    expect(await frame?.evaluate(() => origin)).toBe("null");
    expect(await frame?.evaluate(() => parent.document.title).catch(() => "refused")).toBe("refused");
    const status = await frame?.evaluate(
      (url) =>
        fetch(`${url}/api/state`).then(
          ({ status: code }) => code,
          () => 0,
        ),
      open.workbench.url,
    );
    expect(status).not.toBe(200);
    const width = await open.page.locator("aside iframe").evaluate((element) => element.getBoundingClientRect().width);
    expect(width).toBe(300);
  });

  it("closes the sidebar by its button and by the script's own call", async () => {
    await openSidebar();
    await open.page.getByRole("button", { name: "Close sidebar" }).click();
    await open.page.locator("aside").waitFor({ state: "detached" });
    await openSidebar();
    await open.sidebar.getByRole("button", { name: "Close" }).click();
    await open.page.locator("aside").waitFor({ state: "detached" });
    expect(open.workbench.host.sidebar()).toBeNull();
  });

  it("changes a record of the CRM as somebody else, from the drawer", async () => {
    const { control } = open.workbench.hubspot;
    const [first] = control.all("contacts");
    await open.page.getByRole("tab", { name: "Sandbox data" }).click();
    await open.page.getByRole("button", { name: `Edit ${first?.id}` }).click();
    await open.page.getByLabel("firstname").fill("<i>Eve</i>");
    await open.page.keyboard.press("Enter");
    await open.page.getByRole("cell", { name: "<i>Eve</i>" }).waitFor();
    expect(control.get("contacts", first?.id ?? "")?.properties.firstname).toBe("<i>Eve</i>");
  });

  it("shows executions and requests with their bodies", async () => {
    await open.workbench.host.run("askQuietly", [open.workbench.hubspot.token]);
    await open.page.getByRole("tab", { name: "Executions" }).click();
    await open.page.getByRole("cell", { name: "askQuietly" }).waitFor();
    await open.page.getByRole("tab", { name: "CRM requests" }).click();
    await open.page.getByText("/crm/v3/objects/contacts?limit=1").waitFor();
    await open.page
      .getByText(/[\d,]+ bytes/)
      .first()
      .click();
    await open.page.getByText('"results"').waitFor();
  });

  it("walks the drawer's tabs by the arrow keys", async () => {
    await open.page.getByRole("tab", { name: "Executions" }).click();
    await open.page.keyboard.press("ArrowRight");
    expect(await open.page.getByRole("tab", { name: "CRM requests" }).getAttribute("aria-selected")).toBe("true");
    await open.page.keyboard.press("ArrowLeft");
    await open.page.keyboard.press("ArrowLeft");
    expect(await open.page.getByRole("tab", { name: "Reset" }).getAttribute("aria-selected")).toBe("true");
  });

  it("resets after a second question", async () => {
    await open.workbench.host.run("writeRows");
    await open.untilCell(4, 1, "Mia");
    await open.page.getByRole("tab", { name: "Reset" }).click();
    await open.page.getByRole("button", { name: "Reset everything" }).click();
    await open.page.getByRole("button", { name: "Yes, reset everything" }).click();
    await open.page.getByText("Reset done.").waitFor();
    await open.untilCell(4, 1, null);
  });

  it("has no accessibility violation outside the grid", async () => {
    await openSidebar();
    await open.workbench.host.run("writeRows");
    await open.workbench.host.run("askQuietly", ["none"]);
    await open.workbench.host.run("schedule");
    expect(await violations(open.page)).toEqual([]);
    for (const name of ["Executions", "CRM requests", "Sandbox data", "Clock and triggers", "Properties", "Reset"]) {
      await open.page.getByRole("tab", { name }).click();
      await open.page.locator("#drawer-panel table, #drawer-panel .empty, #drawer-panel .resets").first().waitFor();
      expect({ name, found: await violations(open.page, ".drawer") }).toEqual({ name, found: [] });
    }
    await open.page.getByRole("button", { name: "How to connect" }).click();
    expect(await violations(open.page, ".title-bar")).toEqual([]);
  }, 120_000);

  it.each([1280, 1440, 1920])("fits %i pixels without scrolling sideways", async (width) => {
    await open.page.setViewportSize({ width, height: 800 });
    await openSidebar();
    await open.page.getByRole("tab", { name: "Sandbox data" }).click();
    await open.page.getByRole("button", { name: "Create" }).waitFor();
    const overflow = await open.page.evaluate(() => {
      const panel = document.querySelector("#drawer-panel");
      const bar = document.querySelector(".title-bar");
      return [document.documentElement, panel, bar].map((box) => (box ? box.scrollWidth - box.clientWidth : -1));
    });
    expect(overflow).toEqual([0, 0, 0]);
  });
});

async function violations(page: Page, part = "body"): Promise<readonly string[]> {
  const tags = ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"];
  const found = await axeViolations(page, { include: part, exclude: "#grid", tags });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
