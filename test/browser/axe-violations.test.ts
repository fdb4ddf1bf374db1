import { type Browser, chromium, type Page } from "playwright-core";
import { axeViolations } from "../support/axe-violations";
import { findChromium } from "../support/chromium";

const search = findChromium();
const why = search.kind === "missing" ? ` (skipped: ${search.reason})` : "";

/** The frame has no origin of its own, like the sidebar in the workbench. */
const PAGE = `<!doctype html><html lang="en"><title>Outside</title><main><h1>Outside</h1>
<img id="bare" src="data:,"><div id="grid"><img src="data:,"></div>
<iframe title="Inside" sandbox="allow-scripts" srcdoc="<!doctype html><html lang='en'><title>Inside</title>
<h2>Inside</h2><button></button><p style='color:#ccc;background:#fff'>Pale</p></html>"></iframe></main></html>`;

(search.kind === "missing" ? describe.skip : describe)(`the look at accessibility${why}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: search.kind === "found" ? search.path : "" });
    page = await browser.newPage();
    await page.setContent(PAGE);
    await page.frameLocator("iframe").getByText("Pale").waitFor();
  });

  afterAll(() => browser?.close());

  const found = async (scope: Parameters<typeof axeViolations>[1]): Promise<readonly string[]> =>
    (await axeViolations(page, { tags: ["wcag2a", "wcag2aa"], ...scope })).map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
    );

  it.each(["the first time", "again"])(
    "finds what is wrong in the page and in a frame of another origin, %s",
    async () => {
      expect(await found({ exclude: "#grid" })).toEqual([
        "button-name: iframe button",
        "color-contrast: iframe p",
        "image-alt: #bare",
      ]);
    },
  );

  it("keeps to the part that it is given", async () => {
    expect(await found({ include: "#grid" })).toEqual(["image-alt: #grid > img"]);
    expect(await found({ include: "h1" })).toEqual([]);
  });
});
