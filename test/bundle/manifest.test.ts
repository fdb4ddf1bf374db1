import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callModules, projectRoot } from "../support/call-module";
import { pathsOfAll, plantProject } from "../support/planted-project";

const SCOPE = "https://www.googleapis.com/auth/";

/** Each scope has its reason in the guide; one more would ask every user for consent again. */
const NARROW_SCOPES = [
  "spreadsheets.currentonly",
  "script.container.ui",
  "script.external_request",
  "script.scriptapp",
  "script.send_mail",
  "userinfo.email",
].map((name) => SCOPE + name);

interface Manifest {
  readonly oauthScopes: readonly string[];
  readonly [key: string]: unknown;
}

/** The manifest that the build puts into `dist/`. */
function builtManifest(wide: boolean): Manifest {
  const sources = Object.fromEntries(
    ["appsscript.json", "appsscript.wide.json"].map((name) => [name, readFileSync(join(projectRoot, name), "utf8")]),
  );
  const project = plantProject(sources);
  try {
    const [paths] = pathsOfAll([project.root]);
    callModules([{ file: "scripts/steps/manifest.mjs", name: "copyManifest", args: [paths, wide] }]);
    return JSON.parse(readFileSync(join(project.root, "dist/appsscript.json"), "utf8")) as Manifest;
  } finally {
    project.remove();
  }
}

describe("the manifest", () => {
  it("asks for exactly six scopes", () => {
    expect([...builtManifest(false).oauthScopes].sort()).toEqual([...NARROW_SCOPES].sort());
  });

  it("asks for all spreadsheets in its wide form, and differs in nothing else", () => {
    const { oauthScopes: narrow, ...rest } = builtManifest(false);
    const { oauthScopes: wide, ...wideRest } = builtManifest(true);
    expect([...wide].sort()).toEqual([...narrow, `${SCOPE}spreadsheets`].sort());
    expect(wideRest).toEqual(rest);
  });

  it("lets requests go to HubSpot and Salesforce over https only", () => {
    const prefixes = builtManifest(false).urlFetchWhitelist as readonly string[];
    expect(prefixes.length).toBeGreaterThan(0);
    for (const prefix of prefixes) {
      expect(prefix).toMatch(/^https:\/\/(api\.hubapi\.com|(login|test|\*\.my|\*\.sandbox\.my)\.salesforce\.com)\/$/);
    }
  });
});
