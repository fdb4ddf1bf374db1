import type { WriteOperation } from "../../../src/domain/outcome";
import { findField } from "../../../src/domain/schema";
import { catchSyncError } from "../../support/catch-error";
import { type HubspotOnSandbox, startHubspotOnSandbox } from "../../support/hubspot-on-sandbox";

const ALL = { kind: "all" } as const;
let hubspot: HubspotOnSandbox;
let timeoutMs = 10_000;

beforeAll(async () => {
  hubspot = await startHubspotOnSandbox({ searchLagMs: 3_000, timeoutMs: () => timeoutMs });
});

afterAll(() => hubspot?.stop());

const control = () => hubspot.sandbox.control;
const create = (operationId: string, values: Readonly<Record<string, string>>): WriteOperation => ({
  kind: "create",
  operationId,
  values,
});
/** Requests that the sandbox saw since the portal was opened, without property definitions. */
const seen = () =>
  control()
    .requests()
    .filter((request) => !request.path.includes("/properties/"));

describe("a write whose answer does not arrive", () => {
  it.each<[string, Parameters<ReturnType<typeof control>["fault"]>[0], number]>([
    ["hangs after its effect", { kind: "hang", effect: true, path: "batch/create" }, 1],
    ["hangs without effect", { kind: "hang", path: "batch/create" }, 0],
    ["is cut off after its effect", { kind: "drop-after-effect", path: "batch/create" }, 1],
    ["ends as 502", { kind: "html", status: 502, path: "batch/create" }, 0],
  ])("is unknown when the call %s", (_, fault, records) => {
    const crm = hubspot.open();
    crm.describe("contacts");
    control().fault(fault);
    // A server that hangs is given up early; nothing else may run into this.
    timeoutMs = fault.kind === "hang" ? 1_000 : 10_000;
    const outcomes = crm.write("contacts", [create("a", { email: "lost@example.com" })]);
    timeoutMs = 10_000;
    expect(outcomes).toMatchObject([{ kind: "unknown", operationId: "a" }]);
    expect(control().all("contacts").length).toBe(records);
    expect(crm.find("contacts", "email", ["lost@example.com"], [])[0]?.records.length).toBe(records);
  });

  it("is unknown when its effect comes later, and is found by key then", () => {
    const crm = hubspot.open();
    control().fault({ kind: "delayed-effect", delayMs: 30_000, path: "batch/create" });
    const key = ["late@example.com"];
    expect(crm.write("contacts", [create("a", { email: "late@example.com" })])[0]?.kind).toBe("unknown");
    expect(crm.find("contacts", "email", key, [])[0]?.records.length).toBe(0);
    hubspot.pass(31_000);
    expect(crm.find("contacts", "email", key, [])[0]?.records.length).toBe(1);
  });
});

describe("limits of the portal", () => {
  it.each(["secondly", "ten-secondly"] as const)("are waited out: %s", (policy) => {
    const crm = hubspot.open();
    control().fault({ kind: "rate-limit", policy, times: 2 });
    expect(crm.check().id).toMatch(/^\d+$/);
    expect(hubspot.clock().sleptMs).toBeGreaterThan(0);
  });

  it("of a day are told, not waited for", () => {
    const crm = hubspot.open();
    control().fault({ kind: "rate-limit", policy: "daily" });
    expect(catchSyncError(() => crm.check())).toMatchObject({ kind: "fatal", code: "daily-limit" });
    expect(hubspot.clock().sleptMs).toBe(0);
  });

  it("are never met by a long run of its own", () => {
    const crm = hubspot.open();
    const keys = Array.from({ length: 40 }, (_, n) => `company-${n}.example`);
    for (let round = 0; round < 130; round += 1) crm.list("contacts", { fields: ["email"], filter: ALL, cursor: null });
    for (const key of keys) crm.find("companies", "domain", [key], ["name"]);
    expect(seen().filter((request) => request.status === 429)).toEqual([]);
  });
});

describe("keys of the portal", () => {
  const given = (name: string, scopes: readonly string[], more: object = {}) => {
    const token = `pat-eu1-${name}`;
    control().addToken({ token, scopes, ...more });
    return token;
  };

  it("that may not read an object are told by describe and list, with the scope", () => {
    hubspot.open();
    const crm = hubspot.open({ token: given("narrow", ["oauth", "crm.objects.contacts.read"]) });
    expect(crm.describe("contacts").fields.length).toBeGreaterThan(10);
    const error = catchSyncError(() => crm.describe("companies"));
    expect(error).toMatchObject({ kind: "auth", code: "missing-scopes" });
    expect(error.message).toContain("crm.objects.companies.read");
  });

  it("that may only read are told by a write, before anything is done", () => {
    const crm = hubspot.open({ token: given("reader", ["crm.objects.contacts.read"]) });
    const error = catchSyncError(() => crm.write("contacts", [create("a", { email: "a@example.com" })]));
    expect(error).toMatchObject({ kind: "auth", code: "missing-scopes" });
    expect(error.message).toContain("crm.objects.contacts.write");
    expect(control().all("contacts")).toEqual([]);
  });

  it("that are unknown, revoked or expired are dead", () => {
    const expired = given("expired", ["crm.objects.contacts.read"], { expiresAtMs: 1 });
    const revoked = given("revoked", ["crm.objects.contacts.read"], { revoked: true });
    for (const token of [expired, revoked, "pat-eu1-nobody"]) {
      const error = catchSyncError(() => hubspot.open({ token }).check());
      expect(error.kind).toBe("auth");
      expect(`${error.message}${error.hint}`).not.toContain(token);
    }
  });
});

describe("an index that lags", () => {
  it("hides a new company from a search, and a new contact from nothing", () => {
    const crm = hubspot.open();
    control().create("companies", { name: "Fresh", domain: "fresh.example" });
    control().create("contacts", { email: "fresh@example.com" });
    expect(crm.find("companies", "domain", ["fresh.example"], [])[0]?.records.length).toBe(0);
    expect(crm.find("contacts", "email", ["fresh@example.com"], [])[0]?.records.length).toBe(1);
    hubspot.pass(crm.limits.searchLagMs);
    expect(crm.find("companies", "domain", ["fresh.example"], [])[0]?.records.length).toBe(1);
  });

  it("does not show a company under a domain that it no longer has", () => {
    const crm = hubspot.open();
    const id = control().create("companies", { name: "Moved", domain: "before.example" });
    hubspot.pass(60_000);
    control().update("companies", id, { domain: "after.example" });
    expect(crm.find("companies", "domain", ["before.example"], [])[0]?.records).toEqual([]);
  });

  it("does not hide the survivor of a merge that has just happened", () => {
    const crm = hubspot.open();
    const [kept, lost] = ["kept", "lost"].map((name) => control().create("contacts", { email: `${name}@example.com` }));
    const survivor = control().merge("contacts", kept ?? "", lost ?? "");
    const reads = crm.read("contacts", ["email"], [lost ?? "", survivor]);
    expect(reads).toMatchObject([
      { kind: "merged", record: { id: survivor } },
      { kind: "found", record: { id: survivor } },
    ]);
  });
});

describe("somebody who changes the portal's properties", () => {
  it("turns values of a removed property into refusals of their rows", () => {
    const crm = hubspot.open();
    control().defineProperty("contacts", { name: "nickname", label: "Nickname", type: "string", fieldType: "text" });
    expect(findField(crm.describe("contacts"), "nickname")?.custom).toBe(true);
    control().archiveProperty("contacts", "nickname");
    const outcomes = crm.write("contacts", [
      create("a", { email: "a@example.com", nickname: "A" }),
      create("b", { email: "b@example.com" }),
    ]);
    expect(outcomes.find((outcome) => outcome.operationId === "a")).toMatchObject({
      kind: "refused",
      field: "nickname",
    });
    expect(outcomes.find((outcome) => outcome.operationId === "b")?.kind).toBe("written");
  });

  it("is heard by the next describe", () => {
    const crm = hubspot.open();
    crm.describe("contacts");
    control().renameOption("contacts", "favourite_colour", "red", "Crimson");
    const options = findField(crm.describe("contacts"), "favourite_colour")?.options ?? [];
    expect(options.find((option) => option.value === "red")?.label).toBe("Crimson");
  });
});

describe("calls", () => {
  it("are one for a batch in which a third of the inputs is refused or taken", () => {
    const crm = hubspot.open();
    crm.describe("contacts");
    for (let n = 0; n < 15; n += 1) control().create("contacts", { email: `taken${n}@example.com` });
    const operations = Array.from({ length: 90 }, (_, n) =>
      create(
        `op${n}`,
        n % 6 === 0
          ? { email: `taken${n / 6}@example.com` }
          : { email: `p${n}@example.com`, score: n % 6 === 1 ? "x" : "1" },
      ),
    );
    control().clearRequests();
    const kinds = crm.write("contacts", operations).map((outcome) => outcome.kind);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count("exists"), count("refused"), count("written")]).toEqual([15, 15, 60]);
    expect(seen().length).toBe(1);
  });

  it("are one a page for a list of all contacts", () => {
    const crm = hubspot.open({ contacts: 230 });
    let cursor: string | null = null;
    let records = 0;
    do {
      const page = crm.list("contacts", { fields: ["email", "firstname"], filter: ALL, cursor });
      records += page.records.length;
      cursor = page.next;
    } while (cursor !== null);
    expect([records, seen().length]).toEqual([230, 3]);
  });
});

describe("contacts by an additional e-mail address", () => {
  const asked = (count: number) => Array.from({ length: count }, (_, at) => `nobody${at}@example.com`);

  /** A portal in which one contact has a second address that the search index shows. */
  function withSecond() {
    const crm = hubspot.open();
    const id = control().create("contacts", { email: "first@example.com" });
    control().update("contacts", id, { hs_additional_emails: "second@example.com" });
    hubspot.pass(60_000);
    control().clearRequests();
    return { crm, id };
  }

  const searches = () => seen().filter(({ path }) => path.endsWith("/search")).length;

  it("are searched by the addresses where these fit into one search", () => {
    const { crm, id } = withSecond();
    const found = crm.find("contacts", "email", ["second@example.com", ...asked(20)], []);
    expect(found.flatMap(({ key, records }) => records.map((record) => [key, record.id]))).toEqual([
      ["second@example.com", id],
    ]);
    expect(searches()).toBe(1);
  });

  it("are listed once, whatever the number of addresses", () => {
    const { crm, id } = withSecond();
    for (const keys of [
      ["second@example.com", ...asked(300)],
      ["second@example.com", ...asked(500)],
    ]) {
      const found = crm.find("contacts", "email", keys, []);
      expect(found.filter(({ records }) => records.length > 0)).toMatchObject([
        { key: "second@example.com", records: [{ id }] },
      ]);
    }
    expect(searches()).toBe(1);
  });

  it("are searched by the addresses where listing them would take longer", () => {
    const { crm, id } = withSecond();
    for (let at = 0; at < 450; at++) {
      const other = control().create("contacts", { email: `one${at}@example.com` });
      control().update("contacts", other, { hs_additional_emails: `two${at}@example.com` });
    }
    hubspot.pass(60_000);
    const found = crm.find("contacts", "email", [...asked(130), "second@example.com"], []);
    expect(found.at(-1)).toMatchObject({ records: [{ id }] });
    // One look at the list, and two that the addresses need.
    expect(searches()).toBe(3);
  });
});
