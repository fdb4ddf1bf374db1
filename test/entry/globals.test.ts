import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MENU } from "../../src/app/menu-entries";
import { SCOPES } from "../../src/entry/scopes";
import { projectRoot } from "../support/call-module";
import "../../src/entry/globals";

/** Where Google finds the public functions. */
const PUBLIC = globalThis as unknown as Record<string, unknown>;

const GLOBALS_TEXT = readFileSync(join(projectRoot, "src/entry/globals.ts"), "utf8");

/** Names that `globals.ts` makes public: one line each, which the build looks for. */
const NAMES = [...GLOBALS_TEXT.matchAll(/^global\.(\w+) = (\w+);$/gm)].map(([, name = "", value = ""]) => {
  expect(value).toBe(name);
  return name;
});

function callRpc(name: unknown, json: unknown): Record<string, unknown> {
  const text = (PUBLIC.rpc as (name: unknown, json: unknown) => unknown)(name, json);
  expect(typeof text).toBe("string");
  return JSON.parse(String(text)) as Record<string, unknown>;
}

function manifestScopes(file: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(projectRoot, file), "utf8")) as { oauthScopes: string[] };
  return manifest.oauthScopes;
}

describe("the public functions of the script", () => {
  it("are there after loading, without any Google service", () => {
    expect(NAMES.length).toBeGreaterThan(5);
    for (const name of NAMES) expect([name, typeof PUBLIC[name]]).toEqual([name, "function"]);
    expect(PUBLIC).not.toHaveProperty("SpreadsheetApp");
  });

  it("cover every item of the menu", () => {
    const wanted = MENU.flatMap((entry) => (entry.kind === "item" ? [entry.functionName] : []));
    expect(wanted.length).toBeGreaterThan(0);
    for (const name of wanted) expect(NAMES).toContain(name);
  });

  it("cover what Google calls by itself: installing, opening and the clock", () => {
    expect(NAMES).toEqual(expect.arrayContaining(["onInstall", "onOpen", "scheduledSync", "rpc"]));
    const triggers = readFileSync(join(projectRoot, "src/adapters/apps-script/triggers.ts"), "utf8");
    for (const [, handler] of triggers.matchAll(/newTrigger\("(\w+)"\)/g)) expect(NAMES).toContain(handler);
  });

  it("have captions of their own in the menu", () => {
    const captions = MENU.flatMap((entry) => (entry.kind === "item" ? [entry.caption] : []));
    expect(new Set(captions).size).toBe(captions.length);
  });
});

describe("the one function of the sidebar", () => {
  it("answers JSON also where there is no Google service at all", () => {
    expect(callRpc("app.state", "{}")).toMatchObject({ ok: false, kind: "bug", code: "unexpected" });
  });

  it.each([
    [undefined, undefined],
    [null, null],
    [{}, []],
    [7, () => 7],
    ["app.state", undefined],
    ["app.state", { a: 1 }],
  ])("answers %p with %p by a refusal", (name, json) => {
    expect(callRpc(name, json)).toMatchObject({
      ok: false,
      kind: "bug",
      code: name === "app.state" ? "bad-request" : "unknown-call",
      hint: expect.stringContaining("Reload"),
    });
  });
});

describe("the scopes that the add-on asks about", () => {
  it("are those of the manifest", () => {
    expect([...SCOPES].sort()).toEqual([...manifestScopes("appsscript.json")].sort());
  });

  it("are all part of the wide manifest", () => {
    expect(manifestScopes("appsscript.wide.json")).toEqual(expect.arrayContaining([...SCOPES]));
  });
});
