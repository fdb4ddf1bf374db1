import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callModules } from "../support/call-module";
import { pathsOfAll, plantProject } from "../support/planted-project";

const GLOBALS = "declare const global: Record<string, unknown>;\nglobal.onOpen = 1;\nglobal.rpc = 2;\n";
const CODE = "function onOpen() {\n}\nfunction rpc() {\n}\nglobalThis.onOpen = () => 1; globalThis.rpc = () => 2;\n";
const PAGE = "<!doctype html><style>p{}</style><p></p><script>\nlet a=1;\n</script>";

/** A project that passes every gate. */
const SOUND = {
  "src/entry/globals.ts": GLOBALS,
  "dist/Code.js": CODE,
  "dist/Sidebar.html": PAGE,
  "dist/appsscript.json": '{"timeZone":"Etc/UTC","oauthScopes":[]}',
  ".clasp.json": '{"scriptId":"PUT_YOUR_SCRIPT_ID_HERE","rootDir":"dist"}',
  "build/server.mjs": "",
};

interface Fault {
  readonly fault: string;
  readonly gate: readonly [file: string, name: string];
  readonly files: Readonly<Record<string, string>>;
  readonly says: string;
}

/** Bounds of the bundle and of the page. */
const LIMITS: readonly { limit: string }[] = JSON.parse(
  readFileSync(join(__dirname, "../../.size-limit.json"), "utf8"),
);
const maxBytes = (at: number) => Number.parseInt(LIMITS[at]?.limit ?? "", 10) * 1_000;
const tooLong = (at: number) => `//${"x".repeat(maxBytes(at))}`;

const bundle = (text: string) => ({ "dist/Code.js": CODE + text });
const page = (script: string) => ({ "dist/Sidebar.html": PAGE.replace("let a=1;", script) });
const source = (text: string) => ({ "src/app/planted.ts": text });

const SYNTAX = ["bundle-syntax", "checkBundleSyntax"] as const;
const ENTRIES = ["entry-points", "checkEntryPoints"] as const;
const EMPTY = ["empty-context", "checkEmptyContext"] as const;
const HOSTS = ["fixed-hosts", "checkFixedHosts"] as const;
const ZOD = ["zod-imports", "checkZodImports"] as const;
const SCRIPT = ["page-script", "checkPageScript"] as const;
const SIZES = ["sizes", "checkSizes"] as const;
const CLASP = ["clasp-files", "checkClaspFiles"] as const;
const HOUSE = ["house-rules", "checkHouseRules"] as const;

const FAULTS: readonly Fault[] = [
  { fault: "the bundle is newer than ES2019", gate: SYNTAX, files: bundle("a?.b;"), says: "is not ES2019" },
  { fault: "the bundle has a private field", gate: SYNTAX, files: bundle("class A { #a }"), says: "is not ES2019" },
  {
    fault: "one more function is callable",
    gate: ENTRIES,
    files: bundle("function more() {}"),
    says: "Google call more",
  },
  {
    fault: "a variable holds a function",
    gate: ENTRIES,
    files: bundle("var more = () => 1;"),
    says: "Google call more",
  },
  {
    fault: "a published function has no stub",
    gate: ENTRIES,
    files: { "src/entry/globals.ts": `${GLOBALS}global.showHistory = 3;\n` },
    says: "no top-level function showHistory",
  },
  {
    fault: "loading the bundle touches a service",
    gate: EMPTY,
    files: bundle("SpreadsheetApp.getActive();"),
    says: "does not load without Google services: ReferenceError: SpreadsheetApp",
  },
  {
    fault: "an entry point stays empty",
    gate: EMPTY,
    files: { "dist/Code.js": CODE.replace("globalThis.rpc", "globalThis.other") },
    says: "leaves rpc empty",
  },
  { fault: "a loopback address is in the bundle", gate: HOSTS, files: bundle('"127.0.0.1"'), says: "127.0.0.1" },
  { fault: "a source names localhost", gate: HOSTS, files: source('"http://localhost:1"'), says: "planted.ts:1" },
  { fault: "a base URL can be set", gate: HOSTS, files: source("const baseUrl = x;"), says: "'baseUrl'" },
  { fault: "zod is imported by name", gate: ZOD, files: source('import { z } from "zod";'), says: "zod/mini" },
  { fault: "full zod is imported", gate: ZOD, files: source('import * as z from "zod";'), says: "zod/mini" },
  { fault: "a template literal holds //", gate: SCRIPT, files: page("`https://a`"), says: "comment sign" },
  { fault: "a template literal holds /*", gate: SCRIPT, files: page("`a/*`"), says: "comment sign" },
  { fault: "the page's script ends early", gate: SCRIPT, files: page('"</script>"'), says: "does not parse" },
  {
    fault: "the page has a second script",
    gate: SCRIPT,
    files: page("</script><script>"),
    says: "must hold one script",
  },
  { fault: "the page loads a script", gate: SCRIPT, files: page('"<script src="'), says: "from the network" },
  { fault: "the bundle is too big", gate: SIZES, files: bundle(tooLong(0)), says: `at most ${maxBytes(0)}` },
  { fault: "the page is too big", gate: SIZES, files: page(tooLong(1)), says: `at most ${maxBytes(1)}` },
  {
    fault: "clasp would push a fourth file",
    gate: CLASP,
    files: { "dist/More.js": "" },
    says: "would push Code.js, More.js",
  },
  { fault: "clasp would see a map file", gate: CLASP, files: { "dist/Code.js.map": "{}" }, says: "Code.js.map" },
  { fault: "a file name says nothing", gate: HOUSE, files: { "src/app/string-utils.ts": "" }, says: "says nothing" },
  { fault: "a file name is not kebab-case", gate: HOUSE, files: { "src/app/RunSync.ts": "" }, says: "not kebab-case" },
  { fault: "a file only passes exports on", gate: HOUSE, files: source('export * from "./a";'), says: "only passes" },
  {
    fault: "a function takes five parameters",
    gate: HOUSE,
    files: source("/** a */\nexport function a(b: 1, c: 1, d: 1, e: 1, f: 1) {}"),
    says: "takes 5 parameters",
  },
  {
    fault: "a function is too long",
    gate: HOUSE,
    files: source(`/** a */\nexport function a() {\n${"a();\n".repeat(59)}}`),
    says: "a function of 61 lines",
  },
  {
    fault: "a file is too long",
    gate: HOUSE,
    files: source(`const a = () => 1;\n${"a();\n".repeat(250)}`),
    says: "has 251 lines",
  },
  { fault: "an export has no comment", gate: HOUSE, files: source("export function a() {}"), says: "doc comment" },
];

const ACCEPTED: readonly Fault[] = [SYNTAX, ENTRIES, EMPTY, HOSTS, ZOD, SCRIPT, SIZES, CLASP, HOUSE].map((gate) => ({
  fault: `nothing (${gate[0]})`,
  gate,
  files: {},
  says: "",
}));

/** Plants one project a fault and asks all gates in two processes: a process of its own for each costs ten times that. */
function judgeAll(faults: readonly Fault[]): ReadonlyMap<string, unknown> {
  const projects = faults.map(({ files }) => plantProject({ ...SOUND, ...files }));
  try {
    const paths = pathsOfAll(projects.map((project) => project.root));
    const calls = faults.map(({ gate: [file, name] }, index) => ({
      file: `scripts/gates/${file}.mjs`,
      name,
      args: [paths[index]],
    }));
    const problems = callModules(calls);
    return new Map(faults.map(({ fault }, index) => [fault, problems[index]]));
  } finally {
    for (const project of projects) project.remove();
  }
}

describe("a gate", () => {
  let problems: ReadonlyMap<string, unknown>;
  beforeAll(() => {
    problems = judgeAll([...ACCEPTED, ...FAULTS]);
  }, 60_000);

  it.each(ACCEPTED)("finds $fault in a sound project", ({ fault }) => {
    expect(problems.get(fault)).toEqual([]);
  });

  it.each(FAULTS)("fails when $fault", ({ fault, says }) => {
    expect(problems.get(fault)).toContainEqual(expect.stringContaining(says));
  });
});
