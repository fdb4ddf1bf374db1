import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of the Salesforce recordings, or null when the environment names none. */
const fixtureFolder: string | null = findFolder();

function findFolder(): string | null {
  const root = process.env.CRM_SYNC_FIXTURES;
  if (root === undefined || root === "") return null;
  const folder = join(root, "salesforce");
  return existsSync(folder) ? folder : null;
}

/** The flags of a field as a describe tells them; only those that tests name. */
export type RecordedField = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };

/** The recorded describe of an object. Only for tests that run when there are recordings. */
export function readDescribe(object: string): { readonly fields: readonly RecordedField[] } {
  if (fixtureFolder === null) throw new Error("no recordings: set CRM_SYNC_FIXTURES");
  const text = readFileSync(join(fixtureFolder, "cumulusci", `describe_${object}.json`), "utf8");
  const found = findFields(JSON.parse(text));
  if (found === null) throw new Error(`no fields in the describe of ${object}`);
  return found;
}

/** A recording wraps its body in lists, objects and texts of JSON. */
function findFields(json: unknown): { readonly fields: readonly RecordedField[] } | null {
  if (typeof json === "string")
    return json.startsWith("{") || json.startsWith("[") ? findFields(JSON.parse(json)) : null;
  if (typeof json !== "object" || json === null) return null;
  if ("fields" in json && Array.isArray(json.fields)) return { fields: json.fields as RecordedField[] };
  for (const inner of Object.values(json)) {
    const found = findFields(inner);
    if (found !== null) return found;
  }
  return null;
}

/** Texts of all recorded files. */
export function readAllFixtures(): readonly string[] {
  const folder = fixtureFolder;
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** `describe` for tests that need recordings; without them the title says how many tests wait. */
export function describeRecorded(title: string, count: number, body: () => void): void {
  if (fixtureFolder !== null) describe(title, body);
  else describe.skip(`${title} (${count} skipped: CRM_SYNC_FIXTURES is not set)`, body);
}
