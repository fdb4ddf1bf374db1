import type { RunView } from "../../src/contract/views";
import type { Fault } from "../../workbench/apps-script/host-api";
import type { FaultSpec } from "../../workbench/crm/fault-list";
import { readBuilt } from "../support/built-files";
import { BundleWorld, closeWorlds, type MappedTab } from "../support/bundle-world";

/** Columns of the people template. */
const EMAIL = 3;
const PHONE = 4;
const TITLE = 5;

interface Mapped extends MappedTab {
  readonly world: BundleWorld;
}

async function pulled(contacts = 6): Promise<Mapped> {
  const world = await BundleWorld.start({ contacts });
  const tab = await world.mapPeople();
  const run = await world.run(tab.mappingId, "pull");
  expect(run).toMatchObject({ phase: "done", error: null, totals: { appended: contacts } });
  return { world, ...tab };
}

/** The newest event of the history holds every message of the run. */
async function expectInHistory(world: BundleWorld, run: RunView): Promise<void> {
  const [event] = await world.history();
  expect(event?.runId).toBe(run.id);
  const told = event?.messages.map((one) => one.message) ?? [];
  for (const { message } of run.messages) expect(told).toContain(message);
}

const refusal = (status: number, category: string, message: string, context = {}): FaultSpec => ({
  kind: "status",
  status,
  body: { status: "error", message, category, context },
});

const EXPIRED = refusal(
  401,
  "EXPIRED_AUTHENTICATION",
  "The OAuth token used to make this call expired 75 second(s) ago.",
);
const NO_SCOPE = refusal(403, "MISSING_SCOPES", "One or more of the following scopes are required.", {
  requiredGranularScopes: ["crm.objects.contacts.write"],
});
const BURST: FaultSpec = { kind: "rate-limit", policy: "ten-secondly" };
const SECONDLY: FaultSpec = { kind: "rate-limit", policy: "secondly" };
const DAILY: FaultSpec = { kind: "rate-limit", policy: "daily" };
const BROKEN: FaultSpec = { kind: "status", status: 500 };
const PAGE: FaultSpec = { kind: "html", status: 200 };
const GATEWAY: FaultSpec = { kind: "html", status: 502 };
const CUT: FaultSpec = {
  kind: "status",
  status: 200,
  body: '{"results":[{"id":"1"',
  headers: { "content-type": "application/json" },
};

/** Records are read by what changed and by the ids of the rows. */
const READING = /\/contacts\/(search|batch\/read)$/;
const ALWAYS = 1_000;
/** A write without an answer is looked for after a minute: HubSpot's search may show it later than it was made. */
const UNCONFIRMED_WAIT_MS = 90_000;

/** What a run says while HubSpot fails, and what it did nevertheless. */
interface FaultCase {
  readonly what: string;
  readonly fault: FaultSpec;
  readonly path: string | RegExp;
  readonly times: number;
  readonly phase: "done" | "failed";
  /** What stands in the error of a run that stopped, or in the message of a row. */
  readonly says?: RegExp;
}

const expired = /key has expired.*Connect HubSpot again/;
const noScope = /lacks the scope crm\.objects\.contacts\.write.*Add what is missing/;
const noAnswer = /did not confirm this new record.*next sync looks/;
const CASES: readonly FaultCase[] = [
  { what: "a 401 when reading", fault: EXPIRED, path: READING, times: 1, phase: "failed", says: expired },
  { what: "a 403 when reading", fault: NO_SCOPE, path: READING, times: 1, phase: "failed", says: noScope },
  { what: "one 429 of the burst limit when reading", fault: BURST, path: READING, times: 1, phase: "done" },
  { what: "one 429 of the search limit", fault: SECONDLY, path: "/search", times: 1, phase: "done" },
  {
    what: "429 without end",
    fault: BURST,
    path: READING,
    times: ALWAYS,
    phase: "failed",
    says: /limit is used up.*share the limit/,
  },
  {
    what: "the daily limit",
    fault: DAILY,
    path: READING,
    times: ALWAYS,
    phase: "failed",
    says: /calls for today.*midnight/,
  },
  { what: "one 500 when reading", fault: BROKEN, path: READING, times: 1, phase: "done" },
  {
    what: "500 without end",
    fault: BROKEN,
    path: READING,
    times: ALWAYS,
    phase: "failed",
    says: /status 500.*Try again later/,
  },
  { what: "500 at the look who we are", fault: BROKEN, path: "account-info", times: 5, phase: "done" },
  {
    what: "a web page instead of data",
    fault: PAGE,
    path: READING,
    times: ALWAYS,
    phase: "failed",
    says: /could not be read.*proxy/,
  },
  {
    what: "data that is cut off",
    fault: CUT,
    path: READING,
    times: ALWAYS,
    phase: "failed",
    says: /could not be read.*Try again/,
  },
  { what: "a 401 when creating", fault: EXPIRED, path: "batch/create", times: 1, phase: "failed", says: expired },
  { what: "a 403 when creating", fault: NO_SCOPE, path: "batch/create", times: 1, phase: "failed", says: noScope },
  { what: "a 429 when creating", fault: BURST, path: "batch/create", times: 1, phase: "done" },
  { what: "a 500 when creating", fault: BROKEN, path: "batch/create", times: 1, phase: "done", says: noAnswer },
  {
    what: "a gateway's page when creating",
    fault: GATEWAY,
    path: "batch/create",
    times: 1,
    phase: "done",
    says: noAnswer,
  },
  { what: "a cut answer to a create", fault: CUT, path: "batch/create", times: 1, phase: "done", says: noAnswer },
  { what: "a 403 when updating", fault: NO_SCOPE, path: "batch/update", times: 1, phase: "failed", says: noScope },
  {
    what: "a 500 when updating",
    fault: BROKEN,
    path: "batch/update",
    times: 1,
    phase: "done",
    says: /did not confirm this change/,
  },
];

describe("HubSpot answers with", () => {
  let mapped: Mapped;
  let number = 0;
  beforeAll(async () => {
    mapped = await pulled();
  }, 60_000);
  afterAll(closeWorlds);

  /** An edit and a new row, so that every call of a sync is made. */
  function edit({ world, tabId }: Mapped): { title: string; email: string; row: number } {
    number += 1;
    const made = { title: `Title ${number}`, email: `new${number}@example.org`, row: world.cells(tabId).length + 1 };
    world.host.user.typeInto(tabId, 2, TITLE, made.title);
    world.host.user.paste(tabId, made.row, 1, [["New", `Row ${number}`, made.email, "", "", ""]]);
    return made;
  }

  /** Both sides hold the edit and the new record, once. */
  function expectInStep({ world, tabId }: Mapped, made: { title: string; email: string; row: number }): void {
    const records = world.contacts().filter((record) => record.properties.email === made.email);
    expect(records).toHaveLength(1);
    const rows = world.texts(tabId);
    expect(rows[made.row - 2]).toMatchObject({ Email: made.email, "CRM record ID": records[0]?.id });
    const edited = world.crm.get("contacts", rows[0]?.["CRM record ID"] ?? "");
    expect(edited?.properties.jobtitle).toBe(made.title);
    expect(rows[0]?.["Job title"]).toBe(made.title);
    expect(world.contacts()).toHaveLength(rows.length);
    expect(rows.filter((row) => row["CRM sync status"] !== "")).toEqual([]);
  }

  it.each(CASES)("$what: the user is told, and the next sync ends what was begun, once", async (one) => {
    const { world, mappingId } = mapped;
    const made = edit(mapped);
    world.crm.fault({ ...one.fault, path: one.path, times: one.times });
    const run = await world.run(mappingId, "both", {});
    world.crm.clearFaults();
    expect(run.phase).toBe(one.phase);
    const told = run.error ? `${run.error.message} ${run.error.hint}` : run.messages.map((m) => m.message).join(" ");
    if (one.says) expect(told).toMatch(one.says);
    else expect(run.messages).toEqual([]);
    for (const message of run.messages.filter(() => run.error === null)) expect(message.rowNumber).not.toBeNull();
    await expectInHistory(world, run);
    await world.host.advance(UNCONFIRMED_WAIT_MS);
    const healed = await world.run(mappingId, "both", {});
    expect(healed).toMatchObject({ phase: "done", totals: { errors: 0 } });
    expectInStep(mapped, made);
  });

  it("silence after it has created a record: the record is found, linked, and not made again", async () => {
    const { world, mappingId } = mapped;
    const made = edit(mapped);
    const faults: Record<number, Fault> = {};
    world.crm.clearRequests();
    const result = await world.host.run(
      "rpc",
      ["run.start", JSON.stringify({ mappingId, direction: "both", preview: false })],
      {
        faults,
        beforeCall: ({ number: call, method }) => {
          // The updates are the last that is written before the creates.
          const last = world.crm.requests().at(-1)?.path ?? "";
          if (method.startsWith("UrlFetchApp") && last.endsWith("batch/update")) {
            faults[call] = { kind: "timeout", effectApplied: true };
          }
        },
      },
    );
    const run = (JSON.parse(String(result.value)) as { value: RunView }).value;
    expect(run.messages.map((one) => one.message).join()).toMatch(noAnswer);
    expect(world.texts(mapped.tabId)[made.row - 2]?.["CRM record ID"]).toMatch(/^pending:/);
    await expectInHistory(world, run);
    await world.host.advance(UNCONFIRMED_WAIT_MS);
    world.crm.clearRequests();
    expect(await world.run(mappingId, "both", {})).toMatchObject({ phase: "done", totals: { errors: 0 } });
    expect(world.crm.requests().filter(({ path }) => path.endsWith("batch/create"))).toEqual([]);
    expectInStep(mapped, made);
  });

  it("nothing wrong any more: the last sync finds nothing to do (I5)", async () => {
    expect(await mapped.world.run(mapped.mappingId, "both")).toMatchObject({ phase: "done", totals: { processed: 0 } });
  });
});

describe("keys that HubSpot does not take", () => {
  afterAll(closeWorlds);

  it("says of each key what is wrong with it, and keeps the one that worked", async () => {
    const world = await BundleWorld.start({ contacts: 1 });
    await world.connect();
    world.crm.addToken({ token: "pat-eu1-revoked", scopes: "all", revoked: true });
    const connect = (token: string) => world.raw("connection.connect", JSON.stringify({ crm: "hubspot", token }));
    const unknown = await connect("pat-eu1-unknown");
    expect(unknown).toMatchObject({ ok: false, kind: "auth", message: expect.stringContaining("not one of its keys") });
    expect(unknown.hint).toContain("new service key");
    const revoked = await connect("pat-eu1-revoked");
    expect(revoked).toMatchObject({
      ok: false,
      kind: "auth",
      message: expect.stringContaining("does not accept the key"),
    });
    expect(JSON.stringify([unknown, revoked])).not.toMatch(/pat-eu1-(unknown|revoked)/);
    const state = await world.call("app.state", {});
    expect(state.connections).toHaveLength(1);
    expect(await world.call("objects.list", { crm: "hubspot" })).not.toEqual([]);
  });

  it("names the scope that a key lacks when a mapping is opened and when it is synced", async () => {
    const { world, mappingId, tabId } = await pulled(3);
    world.crm.addToken({ token: "pat-eu1-reader", scopes: ["crm.objects.contacts.read", "crm.schemas.contacts.read"] });
    await world.connect("pat-eu1-reader");
    world.host.user.typeInto(tabId, 2, TITLE, "Not sent");
    const run = await world.run(mappingId, "both");
    expect(run).toMatchObject({ phase: "failed", error: { code: "missing-scopes" } });
    expect(run.error?.message).toContain("crm.objects.contacts.write");
    expect(run.error?.hint).toMatch(/Add what is missing/);
    await expectInHistory(world, run);
    world.crm.addToken({ token: "pat-eu1-nothing", scopes: ["crm.lists.read"] });
    await world.connect("pat-eu1-nothing");
    const opened = await world.raw(
      "editor.open",
      JSON.stringify({ crm: "hubspot", objectType: "contacts", tabId, headerRow: null, mappingId }),
    );
    expect(opened).toMatchObject({ ok: false, code: "missing-scopes" });
    expect(opened.message).toMatch(/scopes? crm\./);
    await world.connect();
    expect((await world.run(mappingId, "both")).totals).toMatchObject({ updated: 1, errors: 0 });
  });

  it("starts nothing with the key of another portal: no record is asked for, no cell is written (R20)", async () => {
    const { world, mappingId, tabId } = await pulled(3);
    world.host.user.typeInto(tabId, 2, TITLE, "Stays");
    const before = JSON.stringify(world.cells(tabId));
    world.crm.addToken({ token: "pat-eu1-other", scopes: "all", portalId: 424242 });
    await world.connect("pat-eu1-other");
    world.crm.clearRequests();
    const run = await world.run(mappingId, "both");
    expect(run).toMatchObject({ phase: "failed", error: { code: "other-account" } });
    expect(run.error?.message).toMatch(/belongs to another account than .*424242/);
    expect(run.error?.hint).toContain("Reconnect");
    expect(world.crm.requests().map(({ path }) => path)).toEqual([expect.stringContaining("/account-info/")]);
    expect(JSON.stringify(world.cells(tabId))).toBe(before);
    await expectInHistory(world, run);
    await world.connect();
    expect((await world.run(mappingId, "both")).totals).toMatchObject({ updated: 1, errors: 0 });
  });

  it("keeps the key out of every cell, log and answer (I17)", async () => {
    const { world } = await pulled(2);
    const { token } = world.world.hubspot;
    const seen = [
      world.host.workbook.tabs().map((tab) => world.cells(tab.id)),
      world.host.executions().map((one) => [one.log, one.error]),
      await world.call("app.state", {}),
      await world.history(),
    ];
    expect(JSON.stringify(seen)).not.toContain(token);
  });
});

describe("cells of a real sheet", () => {
  let mapped: Mapped;
  beforeAll(async () => {
    mapped = await pulled();
  }, 60_000);
  afterAll(closeWorlds);

  const idOf = (row: number) => mapped.world.texts(mapped.tabId)[row - 2]?.["CRM record ID"] ?? "";
  const crmOf = (row: number) => mapped.world.crm.get("contacts", idOf(row))?.properties ?? {};
  const plain = (row: number, column: number) =>
    mapped.world.host.user.setNumberFormat(mapped.tabId, row, column, 1, 1, "General");

  it("leaves out a formula's error, names row and column, and sends the rest of the row (F8)", async () => {
    const { world, mappingId, tabId } = mapped;
    const { phone } = crmOf(2);
    plain(2, PHONE);
    world.host.user.typeInto(tabId, 2, PHONE, "=NA()");
    world.host.user.typeInto(tabId, 2, TITLE, "Sent all the same");
    const run = await world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ updated: 1, errors: 0 });
    const [message, ...more] = run.messages;
    expect(more).toEqual([]);
    expect(message).toMatchObject({ severity: "note", rowNumber: 2, field: "Phone" });
    expect(message?.message).toMatch(/"Phone" shows #N\/A.*left out.*correct the cell/);
    expect(crmOf(2)).toMatchObject({ jobtitle: "Sent all the same", phone });
    await expectInHistory(world, run);
  });

  it("never overwrites a formula, neither one that shows a value nor one that shows nothing (F7)", async () => {
    const { world, mappingId, tabId } = mapped;
    plain(3, TITLE);
    plain(4, TITLE);
    world.host.user.typeInto(tabId, 3, TITLE, '="Sir"');
    world.host.user.typeInto(tabId, 4, TITLE, '=IF(TRUE,"","x")');
    expect((await world.run(mappingId, "both")).totals).toMatchObject({ updated: 1, errors: 0 });
    expect(crmOf(3).jobtitle).toBe("Sir");
    for (const row of [3, 4]) world.crm.update("contacts", idOf(row), { jobtitle: "From HubSpot" });
    const run = await world.run(mappingId, "pull");
    expect(run.totals).toMatchObject({ cellsWritten: 0, errors: 0 });
    const formulas = [3, 4].map((row) => world.cells(tabId)[row - 1]?.[TITLE - 1]?.formula);
    expect(formulas).toEqual(['="Sir"', '=IF(TRUE,"","x")']);
    for (const row of [3, 4]) {
      const message = run.messages.find((one) => one.rowNumber === row)?.message;
      expect(message).toMatch(/holds a formula and was left as it is; the CRM has "From HubSpot"/);
    }
    await expectInHistory(world, run);
    const both = await world.run(mappingId, "both");
    expect(both.totals).toMatchObject({ cellsWritten: 0 });
    expect(crmOf(4).jobtitle).toBe("From HubSpot");
  });

  it("tells HubSpot's own refusal of an address with row, column and value, and goes on with the others", async () => {
    const { world, mappingId, tabId } = mapped;
    const row = world.cells(tabId).length + 1;
    world.host.user.paste(tabId, row, 1, [
      ["Typo", "One", "typo@example.con", "", "", ""],
      ["Right", "Two", "right@example.org", "", "", ""],
    ]);
    const run = await world.run(mappingId, "push", {});
    expect(run.totals).toMatchObject({ created: 1, errors: 1 });
    const message = run.messages.find((one) => one.rowNumber === row);
    expect(message).toMatchObject({ severity: "error", field: "Email" });
    expect(message?.message).toContain("HubSpot does not accept “typo@example.con” as an e-mail address");
    expect(world.texts(tabId)[row - 2]).toMatchObject({
      Email: "typo@example.con",
      "CRM record ID": "",
      "CRM sync status": "Error",
    });
    expect(world.contactByEmail("right@example.org")).toBeDefined();
    world.host.user.typeInto(tabId, row, EMAIL, "typo@example.com");
    expect((await world.run(mappingId, "push", {})).totals).toMatchObject({ created: 1, errors: 0 });
  });

  it("brings in all other records beside a text that no cell can hold", async () => {
    const { world, mappingId, tabId } = mapped;
    world.crm.update("contacts", idOf(5), { jobtitle: "x".repeat(50_001) });
    world.crm.update("contacts", idOf(6), { jobtitle: "Short enough" });
    const run = await world.run(mappingId, "pull");
    expect(run).toMatchObject({ phase: "done", totals: { cellsWritten: 1 } });
    expect(world.texts(tabId)[4]?.["Job title"]).toBe("Short enough");
    const message = run.messages.find((one) => one.rowNumber === 5);
    expect(message?.message).toMatch(/50001 characters in the CRM.*at most 49999.*Shorten the text/);
    await expectInHistory(world, run);
  });

  it("syncs rows that a filter or hand has hidden like all others, and leaves filter and hiding alone", async () => {
    const hide = `function hideSome(tabId) {
      var sheet = SpreadsheetApp.getActive().getSheets().filter(function (one) { return one.getSheetId() === tabId; })[0];
      sheet.hideRows(3, 2);
      sheet.getRange(1, 1, 7, 8).createFilter();
    }
    function look(tabId) {
      var sheet = SpreadsheetApp.getActive().getSheets().filter(function (one) { return one.getSheetId() === tabId; })[0];
      return [sheet.isRowHiddenByUser(3), sheet.isRowHiddenByUser(5), sheet.getFilter().getRange().getA1Notation()];
    }`;
    const world = await BundleWorld.start({ contacts: 6, code: `${readBuilt("Code.js")}\n${hide}` });
    const { mappingId, tabId } = await world.mapPeople();
    await world.run(mappingId, "pull");
    await world.host.run("hideSome", [tabId]);
    const ids = world.texts(tabId).map((row) => row["CRM record ID"] ?? "");
    world.host.user.typeInto(tabId, 3, TITLE, "Hidden edit");
    world.crm.update("contacts", ids[2] ?? "", { phone: "030 7" });
    world.crm.create("contacts", { email: "late@example.org" });
    const run = await world.run(mappingId, "both");
    expect(run.totals).toMatchObject({ updated: 1, cellsWritten: 7, appended: 1, errors: 0 });
    expect(world.crm.get("contacts", ids[1] ?? "")?.properties.jobtitle).toBe("Hidden edit");
    expect(world.texts(tabId)[2]?.Phone).toBe("030 7");
    expect(world.texts(tabId)[6]?.Email).toBe("late@example.org");
    expect((await world.host.run("look", [tabId])).value).toEqual([true, false, "A1:H7"]);
  });
});

describe("calls that make no sense", () => {
  afterAll(closeWorlds);

  it("are answered with a sentence and a way out, and change nothing", async () => {
    const world = await BundleWorld.start({ contacts: 1 });
    const kept = () => [world.host.workbook.revision, world.host.properties("user"), world.host.triggers()];
    const before = JSON.stringify(kept());
    const calls: readonly (readonly [unknown, unknown])[] = [
      ["rows.explode", "{}"],
      [null, null],
      ["app.state", "{oops"],
      ["run.start", "[]"],
      ["run.step", JSON.stringify({ runId: "x".repeat(1_000_000) })],
      ["connection.connect", JSON.stringify({ crm: "hubspot", token: "pat eu1 with blanks" })],
    ];
    for (const [name, json] of calls) {
      const answer = await world.raw(name, json);
      expect(answer).toMatchObject({ ok: false, kind: expect.stringMatching(/bug|config/) });
      expect(String(answer.message)).toMatch(/^[A-Z].*\.$/);
      expect(`${answer.message} ${answer.hint}`).toMatch(/Reload|Paste the whole key/);
    }
    expect(JSON.stringify(kept())).toBe(before);
    expect(world.crm.requests()).toEqual([]);
  });
});
