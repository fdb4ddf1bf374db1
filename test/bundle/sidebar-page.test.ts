import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { readBuilt } from "../support/built-files";
import { callModules } from "../support/call-module";
import { pathsOfAll, plantProject } from "../support/planted-project";

const SHELL = '<!doctype html><title>t</title>\n<!-- style -->\n<div id="app"></div>\n<!-- script -->\n';

/** Builds a page of its own from the given script. */
function buildPage(main: string, shell = SHELL): string {
  const project = plantProject({
    "sidebar/index.html": shell,
    "sidebar/style.css": "p { color: red }",
    "sidebar/main.tsx": main,
  });
  try {
    const [paths] = pathsOfAll([project.root]);
    callModules([{ file: "scripts/steps/sidebar-page.mjs", name: "buildSidebarPage", args: [paths] }]);
    return readFileSync(join(project.root, "dist/Sidebar.html"), "utf8");
  } finally {
    project.remove();
  }
}

/** Runs the page's script and gives what it put into `out`. */
function runPage(page: string): unknown {
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
  const context: { out?: unknown; host: string } = { host: "example.com" };
  new Script(script).runInNewContext(context);
  return context.out;
}

describe("the sidebar page", () => {
  it("keeps every text when signs that end or comment out a script are spelled otherwise", () => {
    const texts = ["</script>", "</SCRIPT >", "<!-- a -->", "$& $1", "https://a//b/* c */"];
    const page = buildPage(`globalThis.out = ${JSON.stringify(texts)};`);
    expect(runPage(page)).toEqual(texts);
    expect(page.match(/<\/script/gi)).toHaveLength(1);
    expect(page).not.toContain("<!--");
  });

  it("holds no template literal, because HtmlService strips comment signs inside them", () => {
    const host = "$" + "{host}";
    const page = buildPage(`globalThis.out = \`https://${host}/a\`;`);
    expect(page).not.toContain("`");
    expect(runPage(page)).toBe("https://example.com/a");
  });

  it("is not built when the shell has no place for the script", () => {
    expect(() => buildPage("1;", "<!-- style -->")).toThrow("must hold '<!-- script -->' exactly once");
  });

  it("is what was shipped: one script, one style sheet, no request to any other host", () => {
    const page = readBuilt("Sidebar.html");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]*\s(?:src|href)=/i);
  });
});
