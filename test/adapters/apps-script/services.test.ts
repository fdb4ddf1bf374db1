import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { adapterHost, call, closeHosts } from "./adapter-host";

const IMPORTS = `
import { createClock } from "./apps-script/clock";
import { createCodec } from "./apps-script/codec";
import { createGrid } from "./apps-script/grid";
import { createHttp } from "./apps-script/http";
import { createLock } from "./apps-script/lock";
import { createLog } from "./apps-script/log";
import { createMemory } from "./apps-script/memory";
import { buildMenu, showAlert, showSidebar } from "./apps-script/menu";
import { newId } from "./apps-script/new-id";
import { createNotices } from "./apps-script/notices";
import { resolveSpreadsheet } from "./apps-script/spreadsheet";
import { createTokens } from "./apps-script/tokens";
import { createTriggers } from "./apps-script/triggers";
import { createUser } from "./apps-script/user";
import { createZone } from "./apps-script/zone";
`;

const FUNCTIONS = `
const attempt = (work) => {
  try {
    return { value: work() };
  } catch (error) {
    return { kind: error.kind, code: error.code, message: error.message, hint: error.hint };
  }
};

export function onOpen() {
  buildMenu([
    { kind: "item", caption: "Open sidebar", functionName: "openSidebar" },
    { kind: "separator" },
    { kind: "item", caption: "Show history", functionName: "openSidebar" },
  ]);
}
export function openSidebar() { showSidebar(); }
export function alertUser() { showAlert("Done."); return true; }

export function send(request) { return attempt(() => createHttp().send(request)); }
export function sendAll(requests) { return attempt(() => createHttp().sendAll(requests).map((one) => one.status)); }

export function clock() {
  const time = createClock();
  const start = time.now();
  time.sleep(1500);
  return time.now() - start;
}

export function locks() {
  const lock = createLock();
  const inner = lock.hold(1000, () => lock.hold(0, () => "inside"));
  const thrown = attempt(() => lock.hold(1000, () => { throw new Error("work failed"); }));
  return [inner, thrown.message, lock.hold(0, () => "free again")];
}
export function holdLong() { return createLock().hold(0, () => { Utilities.sleep(60000); return "held"; }); }
export function holdShort() { Utilities.sleep(100); return attempt(() => createLock().hold(1000, () => "got it")); }

export function tokens() {
  const store = createTokens();
  const connection = { crm: "hubspot", token: "secret", connectedAtMs: 5, account: { crm: "hubspot", id: "1", name: "A", timeZone: null, uiHost: "h" } };
  const before = store.read("hubspot");
  store.save(connection);
  const saved = store.read("hubspot");
  const other = store.read("salesforce");
  store.remove("hubspot");
  PropertiesService.getUserProperties().setProperty("crmsync.connection.hubspot", "{broken");
  return [before, saved, other, store.read("hubspot")];
}

export function memory() {
  const store = createMemory();
  store.save("a/1", "x");
  store.save("a/2", "y");
  store.save("b", "z");
  store.remove("a/2");
  return [store.read("a/1"), store.read("a/2"), store.keys("a/"), store.keys("")];
}

export function codec() {
  const pack = createCodec();
  const text = JSON.stringify(Array.from({ length: 500 }, (_, i) => ["row " + i, "ünïcode 😀 中文"]));
  const packed = pack.pack(text);
  return [pack.unpack(packed) === text, packed.length < text.length, /^[A-Za-z0-9+/=]+$/.test(packed), pack.unpack(pack.pack("")) === ""];
}

export function zone(name, instants) {
  const one = createZone(name);
  return instants.map((ms) => one.offsetMinutes(ms));
}

export function ids() { const one = newId(); return [/^[0-9a-f]{32}$/.test(one), one !== newId()]; }

export function ensure(fileId) { return attempt(() => createTriggers(fileId || SpreadsheetApp.getActive().getId()).ensureDispatcher()); }
export function dispatcher(fileId) { return createTriggers(fileId || SpreadsheetApp.getActive().getId()).dispatcherId(); }
export function continuation() { return createTriggers(SpreadsheetApp.getActive().getId()).plantContinuation(60000) !== null; }
export function removeAll(fileId) { createTriggers(fileId || SpreadsheetApp.getActive().getId()).removeAll(); return ScriptApp.getProjectTriggers().length; }
export function forget() { for (const one of ScriptApp.getProjectTriggers()) ScriptApp.deleteTrigger(one); }

export function scheduledSync(event) {
  const book = resolveSpreadsheet(event);
  const seen = PropertiesService.getUserProperties().getProperty("seen") || "";
  PropertiesService.getUserProperties().setProperty("seen", seen + (book === null ? "none" : book.getId()) + ";");
  if (book !== null) createGrid(book).tabs()[0].writeValues({ row: 1, column: 1, rows: 1, columns: 1 }, [["by the clock"]]);
}

export function user(scopes) { const one = createUser(scopes); return [one.email(), one.missingScopes()]; }
export function notices() {
  const one = createNotices(SpreadsheetApp.getActive());
  one.toast("Hello");
  createNotices(null).toast("nobody");
  return one.mail("Run failed", "Because.");
}
export function logs() { const log = createLog(); log.info("one"); log.error("two"); }
`;

const SCOPE = "https://www.googleapis.com/auth/";
const host = () => adapterHost(IMPORTS, FUNCTIONS);

afterAll(closeHosts);

describe("menu and sidebar", () => {
  it("builds the menu under Extensions before anything is granted", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { mode: "add-on" });
    expect((await own.run("onOpen", [], { authMode: "NONE", source: "simple-trigger" })).error).toBeNull();
    const [menu] = own.menus();
    expect(menu?.addon).toBe(true);
    expect(menu?.items.map((item) => item.caption ?? item.kind)).toEqual(["Open sidebar", "separator", "Show history"]);
  });

  it("opens the sidebar and shows messages", async () => {
    const own = host();
    await own.run("openSidebar", [], { source: "menu" });
    expect(own.sidebar()).toMatchObject({ title: "CRM Sync", html: "<p>Sidebar</p>" });
    expect(await call(own, "alertUser", [], { source: "menu" })).toBe(true);
  });
});

describe("http", () => {
  const seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  let server: Server;
  const hosts = () => ({ "api.example.test": `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
        const status = Number(/status=(\d+)/.exec(request.url ?? "")?.[1] ?? 200);
        response.writeHead(status, { "X-Limit": "5", Location: "https://api.example.test/elsewhere" });
        response.end(`{"ok":${status}}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const request = (patch = {}) => ({
    method: "GET",
    url: "https://api.example.test/a?status=200",
    headers: { Authorization: "Bearer t" },
    body: null,
    ...patch,
  });

  it("gives every status as an answer, redirects too, with header names in lower case", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { hosts: hosts() });
    for (const status of [200, 302, 404, 429, 503]) {
      const answer = await call(own, "send", [request({ url: `https://api.example.test/a?status=${status}` })]);
      expect(answer).toMatchObject({ value: { status, body: `{"ok":${status}}`, headers: { "x-limit": "5" } } });
    }
    expect(
      await call(own, "sendAll", [[201, 404].map((n) => request({ url: `https://api.example.test/?status=${n}` }))]),
    ).toEqual({
      value: [201, 404],
    });
    expect(await call(own, "sendAll", [[]])).toEqual({ value: [] });
  });

  it("sends method, headers, content type and body as they were given", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { hosts: hosts() });
    seen.length = 0;
    const headers = { "Content-Type": "application/json", Authorization: "Bearer t" };
    await call(own, "send", [request({ method: "PATCH", headers, body: '{"a":1}' })]);
    expect(seen[0]).toMatchObject({ method: "PATCH", body: '{"a":1}' });
    expect(seen[0]?.headers).toMatchObject({ "content-type": "application/json", authorization: "Bearer t" });
  });

  it("turns exceptions of the service into errors to retry, without the address", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { hosts: hosts() });
    const unknown = await call(own, "send", [request({ url: "https://nowhere.example.test/contacts/ada@x.example" })]);
    expect(unknown).toMatchObject({ kind: "retryable", code: "network", hint: "Try again later." });
    expect(JSON.stringify(unknown)).not.toContain("ada@x.example");
    const hung = await own.run("send", [request()], { faults: { 1: { kind: "timeout", effectApplied: true } } });
    expect(hung.value).toMatchObject({ kind: "retryable", code: "timeout", hint: "Try again later." });
  });

  it("refuses an address that is too long before it is sent", async () => {
    const url = `https://api.example.test/?q=${"x".repeat(2_000)}`;
    expect(await call(adapterHost(IMPORTS, FUNCTIONS, { hosts: hosts() }), "send", [request({ url })])).toMatchObject({
      kind: "bug",
      code: "url-too-long",
    });
  });
});

describe("clock, lock, ids, zone, codec", () => {
  it("sleeps on the clock", async () => {
    expect(await call(host(), "clock")).toBeGreaterThanOrEqual(1500);
  });

  it("may be held again by its holder, and is freed when the work throws", async () => {
    expect(await call(host(), "locks")).toEqual(["inside", "work failed", "free again"]);
  });

  it("I14: a second execution that waits too long is told that the file is busy", async () => {
    const own = host();
    const [held, refused] = await Promise.all([own.run("holdLong"), own.run("holdShort")]);
    expect(held.value).toBe("held");
    expect(refused.value).toMatchObject({ kind: "retryable", code: "busy" });
  });

  it("gives random ids", async () => {
    expect(await call(host(), "ids")).toEqual([true, true]);
  });

  it("tells offsets in summer and winter, and of zones with half hours", async () => {
    const instants = [
      Date.UTC(2026, 0, 1),
      Date.UTC(2026, 6, 1),
      Date.UTC(2026, 2, 29, 0, 59),
      Date.UTC(2026, 2, 29, 1),
    ];
    expect(await call(host(), "zone", ["Europe/Rome", instants])).toEqual([60, 120, 60, 120]);
    expect(await call(host(), "zone", ["Asia/Kolkata", instants])).toEqual([330, 330, 330, 330]);
    expect(await call(host(), "zone", ["America/New_York", instants])).toEqual([-300, -240, -240, -240]);
  });

  it("packs and unpacks texts of all alphabets", async () => {
    expect(await call(host(), "codec")).toEqual([true, true, true, true]);
  });
});

describe("properties of the user", () => {
  it("keeps connections, and takes a damaged one for none", async () => {
    const own = host();
    const [before, saved, other, broken] = (await call(own, "tokens")) as unknown[];
    expect([before, other, broken]).toEqual([null, null, null]);
    expect(saved).toMatchObject({ token: "secret", account: { id: "1" } });
    expect(own.properties("script")).toEqual({});
    expect(own.properties("document")).toEqual({});
  });

  it("keeps small settings apart from them", async () => {
    expect(await call(host(), "memory")).toEqual(["x", null, ["a/1"], ["a/1", "b"]]);
  });
});

describe("triggers", () => {
  it("makes one hourly dispatcher a file and never touches those of other files", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { mode: "bound" });
    const first = (await call(own, "ensure", [""])) as { value: string };
    expect(await call(own, "ensure", [""])).toEqual(first);
    await call(own, "ensure", ["another-file"]);
    expect(own.triggers()).toHaveLength(2);
    expect(await call(own, "removeAll", [""])).toBe(1);
    expect(await call(own, "dispatcher", [""])).toBeNull();
    expect(await call(own, "dispatcher", ["another-file"])).not.toBeNull();
  });

  it("notices a dispatcher that was deleted elsewhere", async () => {
    const own = host();
    await call(own, "ensure", [""]);
    await call(own, "forget");
    expect(await call(own, "dispatcher", [""])).toBeNull();
    expect(Object.keys(own.properties("user"))).toEqual([]);
  });

  it("plants continuations", async () => {
    const own = host();
    expect(await call(own, "continuation")).toBe(true);
    expect(own.triggers()).toHaveLength(1);
  });

  it.each(["active", "none"] as const)(
    "finds the file of a clock run whose active document is %s",
    async (clockRunDocument) => {
      const own = adapterHost(IMPORTS, FUNCTIONS, { mode: "add-on", clockRunDocument });
      await call(own, "ensure", [""]);
      await own.advance(3 * 3_600_000);
      expect(own.properties("user").seen).toContain(own.workbook.id);
      const [[cell] = []] = own.workbook.cells(own.workbook.activeTabId(), 1, 1, 1, 1);
      expect(cell?.value).toBe("by the clock");
    },
  );

  it("gives no file when the scopes don't allow to open it", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, {
      mode: "add-on",
      clockRunDocument: "none",
      manifest: {
        timeZone: "Etc/UTC",
        oauthScopes: [`${SCOPE}spreadsheets.currentonly`, `${SCOPE}script.scriptapp`],
      },
    });
    await call(own, "ensure", [""]);
    await own.advance(3 * 3_600_000);
    expect(own.properties("user").seen).toMatch(/^none;/);
  });
});

describe("user and notices", () => {
  it("tells the user's address and the scopes that were not granted", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { user: { email: "ada@x.example", plan: "consumer" } });
    const scopes = [`${SCOPE}userinfo.email`, `${SCOPE}script.send_mail`];
    expect(await call(own, "user", [scopes])).toEqual(["ada@x.example", []]);
    own.setGrantedScopes([`${SCOPE}spreadsheets`]);
    expect(await call(own, "user", [scopes])).toEqual(["", scopes]);
  });

  it("mails and toasts, and says when no mail could be sent", async () => {
    const own = adapterHost(IMPORTS, FUNCTIONS, { user: { email: "ada@x.example", plan: "consumer" } });
    expect(await call(own, "notices")).toBe(true);
    expect(own.outbox()).toMatchObject([{ to: "ada@x.example", subject: "Run failed", body: "Because." }]);
    own.setGrantedScopes([`${SCOPE}spreadsheets`]);
    expect(await call(own, "notices")).toBe(false);
  });

  it("writes to the execution log", async () => {
    expect((await host().run("logs")).log.join("\n")).toMatch(/one[\s\S]*two/);
  });
});
