import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of the HubSpot recordings, or null when the environment names none. */
const fixtureFolder: string | null = findFolder();

function findFolder(): string | null {
  const root = process.env.CRM_SYNC_FIXTURES;
  if (root === undefined || root === "") return null;
  const folder = join(root, "hubspot");
  return existsSync(folder) ? folder : null;
}

/** One recorded request and its answer. */
export interface RecordedPair {
  readonly source: string;
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies of every shape are taken apart in tests
  readonly body: any;
}

/** A recorded JSON file. Only for tests that run when there are recordings. */
export function readFixture<T>(name: string): T {
  if (fixtureFolder === null) throw new Error("no recordings: set CRM_SYNC_FIXTURES");
  return JSON.parse(readFileSync(join(fixtureFolder, name), "utf8")) as T;
}

/** The recorded pairs of a file with one pair a line, in the order of recording. */
export function readPairs(name: string): readonly RecordedPair[] {
  if (fixtureFolder === null) throw new Error("no recordings: set CRM_SYNC_FIXTURES");
  const lines = readFileSync(join(fixtureFolder, name), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RecordedPair);
}

/** Texts of all recorded files. */
export function readAllFixtures(): readonly string[] {
  const folder = fixtureFolder;
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.jsonl?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** `describe` for tests that need recordings; without them the title says how many tests wait. */
export function describeRecorded(title: string, count: number, body: () => void): void {
  if (fixtureFolder !== null) describe(title, body);
  else describe.skip(`${title} (${count} skipped: CRM_SYNC_FIXTURES is not set)`, body);
}
