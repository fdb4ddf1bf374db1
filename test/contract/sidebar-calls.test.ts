import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REQUESTS } from "../../src/contract/rpc";
import { projectRoot } from "../support/call-module";

/** Texts of all files of a folder, by path. */
function sources(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(projectRoot, folder, name));
  return new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
}

const SIDEBAR = sources("sidebar");
const NAMES = Object.keys(REQUESTS);

/** Every text in the sidebar that looks like the name of a call. */
const CALLED = [...SIDEBAR.values()].flatMap((text) =>
  [...text.matchAll(/\bcall\(\s*"([^"]+)"/g)].map(([, name = ""]) => name),
);

describe("the calls between sidebar and server", () => {
  it("that the sidebar makes are all in the contract", () => {
    expect(CALLED.length).toBeGreaterThan(10);
    expect(CALLED.filter((name) => !NAMES.includes(name))).toEqual([]);
  });

  it("that the contract has are all made by the sidebar", () => {
    expect(NAMES.filter((name) => !CALLED.includes(name))).toEqual([]);
  });

  it("have names of two words", () => {
    for (const name of NAMES) expect(name).toMatch(/^[a-z]+\.[a-z]+$/);
  });

  it("cross at one place", () => {
    const users = [...SIDEBAR].filter(([, text]) => /\.rpc\(|google\.script|script\?\.run/.test(text));
    expect(users.map(([file]) => file.slice(projectRoot.length + 1)).sort()).toEqual([
      "sidebar/rpc/client.ts",
      "sidebar/rpc/script-run.ts",
    ]);
  });
});
