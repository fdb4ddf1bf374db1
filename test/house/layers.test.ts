import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../support/call-module";
import { writeFiles } from "../support/planted-project";

const CHECK_TIMEOUT_MS = 60_000;

/** Runs the layer check on a copy of `src` with more files planted in it. */
function checkCopy(planted: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly output: string;
} {
  const root = mkdtempSync(join(tmpdir(), "crm-sync-layers-"));
  try {
    cpSync(join(projectRoot, "src"), join(root, "src"), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
    writeFiles(root, planted);
    const script = join(projectRoot, "scripts/check-layers.mjs");
    const done = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
    return { status: done.status, output: `${done.stdout}${done.stderr}` };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const FORBIDDEN = {
  "src/domain/planted-target.ts": "export const target = 1;\n",
  "src/ports/planted-target.ts": "export const target = 1;\nexport interface Target {}\n",
  "src/merge/planted-value.ts": 'import { target } from "../ports/planted-target";\nexport const value = target;\n',
  "src/domain/planted-type.ts": 'import type { Target } from "../ports/planted-target";\nexport type Again = Target;\n',
  "src/engine/planted-package.ts": 'import * as z from "zod/mini";\nexport const schema = z.string();\n',
  "src/state/planted-node.ts": 'import { join } from "node:path";\nexport const path = join("a", "b");\n',
  "sidebar/planted-core.ts": 'import { target } from "../src/domain/planted-target";\nexport const value = target;\n',
  "src/merge/planted-one.ts": 'import { two } from "./planted-two";\nexport const one = (): number => two();\n',
  "src/merge/planted-two.ts": 'import { one } from "./planted-one";\nexport const two = (): number => one();\n',
  "src/app/planted-service.ts": "export const sheet = () => SpreadsheetApp.getActive();\n",
  "src/engine/planted-async.ts": "export const wait = async () => 1;\n",
  "src/app/planted-global.ts": "declare const global: Record<string, unknown>;\nglobal.more = 1;\n",
  "src/extra/planted-stray.ts": "export const stray = 1;\n",
};

describe("the layer check", () => {
  it(
    "accepts the sources as they are",
    () => {
      expect(checkCopy({})).toEqual({ status: 0, output: expect.stringContaining("layers hold") });
    },
    CHECK_TIMEOUT_MS,
  );

  describe("refuses a copy of the sources", () => {
    let checked: ReturnType<typeof checkCopy>;
    beforeAll(() => {
      checked = checkCopy(FORBIDDEN);
    }, CHECK_TIMEOUT_MS);

    it.each([
      ["merge imports from ports", /layer-src-merge: src\/merge\/planted-value\.ts/],
      ["domain imports a type from ports", /layer-src-domain: src\/domain\/planted-type\.ts/],
      ["engine imports a package", /layer-src-engine: src\/engine\/planted-package\.ts/],
      ["state imports a module of Node", /layer-src-state: src\/state\/planted-node\.ts/],
      ["the sidebar imports from the core", /layer-sidebar: sidebar\/planted-core\.ts/],
      ["two files import each other", /no-circle: src\/merge\/planted-(one|two)\.ts/],
      ["app names a Google service", /src\/app\/planted-service\.ts:1 names SpreadsheetApp/],
      ["engine is asynchronous", /src\/engine\/planted-async\.ts:1 is asynchronous/],
      ["app assigns to global", /src\/app\/planted-global\.ts:\d names global/],
      ["a file lies in no layer", /src\/extra\/planted-stray\.ts lies in no folder/],
    ])("where %s", (_what, message) => {
      expect(checked.status).toBe(1);
      expect(checked.output).toMatch(message);
    });
  });
});

describe("the layer list", () => {
  it("stands word for word in ARCHITECTURE.md", () => {
    const source = readFileSync(join(projectRoot, "scripts/layers.mjs"), "utf8");
    const list = /LAYER_LIST = `\n([^`]+)`/.exec(source)?.[1] ?? "no list found";
    expect(readFileSync(join(projectRoot, "ARCHITECTURE.md"), "utf8")).toContain(list.trim());
  });
});
