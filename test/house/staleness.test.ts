import { rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { callModules } from "../support/call-module";
import { type PlantedProject, pathsOfAll, plantProject } from "../support/planted-project";

const BUILT_AT_S = 2_000;

const FILES = {
  "src/entry/globals.ts": "",
  "sidebar/main.tsx": "",
  "dist/Code.js": "",
  "dist/Sidebar.html": "",
  "dist/appsscript.json": "{}",
  "build/built.json": "{}",
  "build/workbench/server.mjs": "",
};

const DATED = [...Object.keys(FILES), "src", "src/entry", "sidebar"];

function isStale(project: PlantedProject): boolean {
  const [stale] = callModules([
    { file: "scripts/ensure-built.mjs", name: "isStale", args: pathsOfAll([project.root]) },
  ]);
  return stale === true;
}

describe("a build", () => {
  let project: PlantedProject;
  const touch = (path: string, seconds: number) => utimesSync(join(project.root, path), seconds, seconds);

  beforeEach(() => {
    project = plantProject(FILES);
    for (const path of DATED) touch(path, path === "build/built.json" ? BUILT_AT_S : BUILT_AT_S - 1_000);
  });
  afterEach(() => project.remove());

  it("is fresh while no source is newer", () => {
    expect(isStale(project)).toBe(false);
  });

  it("is stale once a source is newer", () => {
    touch("src/entry/globals.ts", BUILT_AT_S + 1);
    expect(isStale(project)).toBe(true);
  });

  it("is stale once a source was removed", () => {
    rmSync(join(project.root, "sidebar/main.tsx"));
    expect(isStale(project)).toBe(true);
  });

  it("is stale when a built file is missing", () => {
    rmSync(join(project.root, "dist/Sidebar.html"));
    expect(isStale(project)).toBe(true);
  });
});
