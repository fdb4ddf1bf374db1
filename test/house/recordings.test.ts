import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/call-module";

const fixtures = process.env.CRM_SYNC_FIXTURES;
const OWN_FOLDERS = ["workbench", "src", "sidebar", "test", "scripts", "docs"];

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const CORRELATION_ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const HUBSPOT_ID = /"(?:id|hs_object_id|vid|companyId|portalId)":\s*"?(\d{6,})"?/g;
const SALESFORCE_ID = /\b[0-9a-zA-Z]{5}0[0-9a-zA-Z]{9}[A-Z0-5]{3}\b/g;
/** Every Salesforce org has these: the empty id and the id of the master record type. */
const SHARED_BY_ALL = /^0\w{2}0{12}/;
/** Domains that are reserved for examples name nobody. */
const RESERVED_DOMAIN = /@(?:[\w-]+\.)*example(?:\.(?:com|org|net))?$|\.(?:test|invalid|example)$/;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Values of a recording that belong to somebody's account. */
function ownedValues(text: string): readonly string[] {
  const salesforce = (text.match(SALESFORCE_ID) ?? []).filter((id) => /\d/.test(id) && !SHARED_BY_ALL.test(id));
  const emails = (text.match(EMAIL) ?? []).filter((email) => !RESERVED_DOMAIN.test(email));
  const hubspot = [...text.matchAll(HUBSPOT_ID)].map((match) => match[1] ?? "");
  return [...emails, ...(text.match(CORRELATION_ID) ?? []), ...hubspot, ...salesforce];
}

/** Words of a text that such a value could be: cut at every character that stands in none of them. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\w.+@-]+/g)?.flatMap((word) => [word, ...word.split(/[.@+]/)]) ?? []);
}

describe("recorded answers", () => {
  const title = "give no id, e-mail address or correlation id to a file of this project";
  if (fixtures === undefined) {
    it.skip(`${title} (1 test skipped: CRM_SYNC_FIXTURES names no folder of recordings)`, () => undefined);
    return;
  }

  it(title, () => {
    const recorded = filesBelow(fixtures).filter((path) => /\.jsonl?$/.test(path));
    const owned = new Set(recorded.flatMap((path) => ownedValues(readFileSync(path, "utf8"))));
    expect(owned.size).toBeGreaterThan(0);
    const found = OWN_FOLDERS.flatMap((folder) => filesBelow(join(projectRoot, folder))).flatMap((path) =>
      [...wordsOf(readFileSync(path, "utf8"))].filter((word) => owned.has(word)).map((word) => `${path}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});
