import { describeRecorded, type RecordedPair, readPairs } from "./read-fixture";
import { closeSandboxes, type Json, type SandboxAnswer, type StartedSandbox, startSandbox } from "./start-sandbox";

afterEach(closeSandboxes);

/** Counts of one replay. */
interface Replay {
  readonly sent: number;
  readonly settledSearches: number;
  readonly unsettledSearches: number;
  readonly unsettledTotalsAlike: number;
  readonly differences: readonly string[];
}

/** Searches this long after the last write have one right answer; before, recordings themselves differ. */
const settledAfterMs = 10_000;

/** Sends a recording's requests in order to an equal portal and compares every answer but the recorded 429s. */
async function replay(
  sandbox: StartedSandbox,
  pairs: readonly RecordedPair[],
  ids: Map<string, string>,
): Promise<Replay> {
  const differences: string[] = [];
  const counts = { sent: 0, settledSearches: 0, unsettledSearches: 0, unsettledTotalsAlike: 0 };
  let lastWriteMs = Date.parse(pairs[0]?.headers.date ?? "");
  for (const pair of pairs) {
    if (pair.status === 429) continue;
    const nowMs = Math.max(Date.parse(pair.headers.date ?? ""), sandbox.control.now() + 200);
    sandbox.control.setClock(nowMs);
    const isSearch = pair.path.endsWith("/search");
    const answer = await sandbox.call(pair.method, pair.path, translate(pair.request, ids));
    counts.sent += 1;
    learnIds(pair, answer.body, ids);
    const isSettled = !isSearch || nowMs - lastWriteMs >= settledAfterMs;
    if (!isSettled) counts.unsettledSearches += 1;
    if (isSearch && isSettled) counts.settledSearches += 1;
    if (!isSettled && answer.body.total === pair.body.total) counts.unsettledTotalsAlike += 1;
    for (const difference of compare(pair, answer, isSettled)) differences.push(`${pair.source}: ${difference}`);
    if (!isSearch) lastWriteMs = nowMs;
  }
  return { ...counts, differences };
}

function translate(request: unknown, ids: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(request);
  return JSON.parse(text, (key, value) => (key === "id" ? (ids.get(value) ?? value) : value));
}

/** Created records are matched by what a person typed in. */
function learnIds(pair: RecordedPair, body: Json, ids: Map<string, string>): void {
  if (!pair.path.endsWith("/batch/create")) return;
  const key = (record: Json): string => `${record.properties.email ?? record.properties.domain}`;
  for (const record of pair.body.results) {
    const twin = body.results?.find((candidate: Json) => key(candidate) === key(record));
    if (twin !== undefined) ids.set(record.id, twin.id);
  }
}

function compare(pair: RecordedPair, answer: SandboxAnswer, isSettled: boolean): string[] {
  if (answer.status !== pair.status) return [`status ${answer.status}, recorded ${pair.status}: ${answer.text}`];
  const limits = (names: Iterable<string>): string =>
    [...names]
      .filter((name) => name.includes("ratelimit"))
      .sort()
      .join();
  const found = limits(answer.headers.keys());
  const wanted = limits(Object.keys(pair.headers));
  const headers = found === wanted ? [] : [`headers ${found}, recorded ${wanted}`];
  if (pair.body === null) return headers;
  const bodies = isSettled ? [masked(answer.body), masked(pair.body)] : [shape(answer.body), shape(pair.body)];
  const [ours, theirs] = bodies.map((body) => JSON.stringify(body));
  const isComparable = isSettled || answer.body.total === pair.body.total;
  return isComparable && ours !== theirs ? [...headers, `${ours}\n  recorded ${theirs}`] : headers;
}

/** What has to be equal: everything but ids, moments and the order of results. */
function masked(body: Json): object {
  const vary = new Set([
    "createdate",
    "lastmodifieddate",
    "hs_lastmodifieddate",
    "hs_object_id",
    "hs_all_contact_vids",
  ]);
  const results = body.results.map((record: Json) => ({
    keys: Object.keys(record).sort(),
    archived: record.archived,
    properties: Object.entries(record.properties)
      .map(([name, value]) => (vary.has(name) ? [name, "varies"] : [name, value]))
      .sort(),
  }));
  const sorted = results.map((record: object) => JSON.stringify(record)).sort();
  return { keys: Object.keys(body).sort(), total: body.total, results: sorted };
}

/** Key sets only. */
function shape(body: Json): object {
  const shapes = body.results.map((record: Json) => [Object.keys(record), Object.keys(record.properties).sort()]);
  return { keys: Object.keys(body).sort(), shapes: [...new Set(shapes.map((each: object) => JSON.stringify(each)))] };
}

async function startLike2022(first: RecordedPair, kind: "service-key" | "oauth"): Promise<StartedSandbox> {
  const nowMs = Date.parse(first.headers.date ?? "") - 60_000;
  const sandbox = await startSandbox({ era: "2022", tier: "starter", searchLagMs: 5_000, enrichment: false });
  sandbox.control.setClock(nowMs);
  sandbox.control.addToken({ token: sandbox.token, kind, scopes: "all" });
  sandbox.control.defineProperty("contacts", { name: "text_field", type: "string", fieldType: "text" });
  sandbox.control.defineProperty("contacts", { name: "number_field", type: "number", fieldType: "number" });
  sandbox.control.defineProperty("contacts", { name: "date_field", type: "date", fieldType: "date" });
  return sandbox;
}

describeRecorded("replay of recorded traffic of 2022 (30)", 3, () => {
  it("30, 31: answers the contact recording alike", async () => {
    const pairs = readPairs("grouparoo/contact.api-key.jsonl");
    const [first] = pairs;
    if (first === undefined) throw new Error("empty recording");
    const sandbox = await startLike2022(first, "service-key");
    const [existing] = first.body.results;
    const { email, firstname } = existing.properties;
    const id = sandbox.control.create("contacts", { email, firstname });
    sandbox.control.setEnrichment(true);
    const result = await replay(sandbox, pairs, new Map([[existing.id, id]]));
    expect(result.differences).toEqual([]);
    expect(result.sent).toBe(127);
    expect(result.settledSearches).toBeGreaterThan(50);
    expect(result.unsettledTotalsAlike / result.unsettledSearches).toBeGreaterThan(0.8);
  });

  it("30, 31: answers the company recording alike", async () => {
    const pairs = readPairs("grouparoo/company.oauth.jsonl");
    const [first] = pairs;
    if (first === undefined) throw new Error("empty recording");
    const sandbox = await startLike2022(first, "oauth");
    // Three companies were archived just before: the first search still counts them.
    const request = first.request as Json;
    const groups: readonly Json[] = request.filterGroups.slice(0, first.body.total);
    const domains = groups.map((group) => String(group.filters[0].value));
    const ids = domains.map((domain) => sandbox.control.create("companies", { name: domain, domain }));
    sandbox.control.setClock(Date.parse(first.headers.date ?? "") - 500);
    for (const id of ids) sandbox.control.archive("companies", id);
    sandbox.control.setEnrichment(true);
    const result = await replay(sandbox, pairs, new Map());
    expect(result.differences).toEqual([]);
    expect(result.sent).toBe(122);
    expect(result.unsettledTotalsAlike / result.unsettledSearches).toBeGreaterThan(0.8);
  });

  it("30: answers the short company recording alike", async () => {
    const pairs = readPairs("grouparoo/company-small.api-key.jsonl");
    const [first] = pairs;
    if (first === undefined) throw new Error("empty recording");
    const sandbox = await startLike2022(first, "service-key");
    const ids = new Map<string, string>();
    for (const record of first.body.results) {
      const { name, domain } = record.properties;
      ids.set(record.id, sandbox.control.create("companies", { name: name ?? domain, domain }));
    }
    const result = await replay(sandbox, pairs, ids);
    expect(result.differences).toEqual([]);
    expect(result.sent).toBe(12);
  });
});
