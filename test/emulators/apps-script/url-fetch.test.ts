import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostOptions } from "../../../workbench/apps-script/host-api";
import { errorOf, evaluate, START_MS, startHost, TEST_SCOPES, valueFrom } from "./support/start-host";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let hosts: Record<string, string>;
let seen: Seen[] = [];
let open = 0;
let mostOpen = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    open++;
    mostOpen = Math.max(mostOpen, open);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = request.url ?? "";
      seen.push({
        method: request.method ?? "",
        url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString("latin1"),
      });
      if (url.includes("silent")) return;
      if (url.includes("drop") && seen.filter((one) => one.url === url).length === 1) {
        open--;
        request.socket.destroy();
        return;
      }
      const status = Number(/status=(\d+)/.exec(url)?.[1] ?? 200);
      const delayMs = Number(/delay=(\d+)/.exec(url)?.[1] ?? 0);
      const location = /to=([^&]+)/.exec(url)?.[1];
      setTimeout(() => {
        open--;
        const headers = location === undefined ? {} : { Location: decodeURIComponent(location) };
        response.writeHead(status, {
          "Content-Type": "application/json; charset=utf-8",
          "Set-Cookie": ["a=1", "b=2"],
          ...headers,
        });
        response.end(JSON.stringify({ path: url, text: "grüße" }));
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  hosts = { "api.example.com": `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
  mostOpen = 0;
});

const withHosts = (options: Partial<HostOptions> = {}): Partial<HostOptions> => ({ hosts, ...options });

it("28: a URL of more than 2,082 characters is refused", async () => {
  const url = "https://api.example.com/?q=";
  expect(await errorOf(`UrlFetchApp.fetch("${url}" + "x".repeat(${2083 - url.length}));`, withHosts())).toBe(
    "Limit Exceeded: URLFetch URL Length.",
  );
  expect(
    await evaluate(
      `return UrlFetchApp.fetch("${url}" + "x".repeat(${2082 - url.length})).getResponseCode();`,
      withHosts(),
    ),
  ).toBe(200);
});

it("28: more than 100 headers or 8 KB of them are refused", async () => {
  expect(
    await errorOf(
      `const headers = {}; for (let i = 0; i <= 100; i++) headers["x-" + i] = "1"; UrlFetchApp.fetch("https://api.example.com/", { headers });`,
      withHosts(),
    ),
  ).toContain("Limit Exceeded");
  expect(
    await errorOf(`UrlFetchApp.fetch("https://api.example.com/", { headers: { a: "x".repeat(8192) } });`, withHosts()),
  ).toContain("Limit Exceeded");
});

it("29: fetchAll works in parallel and answers in the order of the requests", async () => {
  const body = `const requests = Array.from({ length: 10 }, (_, index) => ({ url: "https://api.example.com/" + index + "?delay=" + (200 - index * 10), muteHttpExceptions: true }));
    return UrlFetchApp.fetchAll(requests).map((response) => JSON.parse(response.getContentText()).path.charAt(1)).join("");`;
  expect(await evaluate(body, withHosts({ clock: "live" }))).toBe("0123456789");
  expect(mostOpen).toBeGreaterThan(1);
});

it("29: with a virtual clock fetchAll costs as much as parallel requests and sends them in order", async () => {
  const host = startHost(
    `function main() { UrlFetchApp.fetchAll(["a", "b", "c"].map((name) => "https://api.example.com/" + name)); }`,
    withHosts(),
  );
  const result = await host.run("main");
  expect([result.fetchCalls, Math.round(result.durationMs), mostOpen]).toEqual([3, 150, 1]);
  expect(seen.map(({ url }) => url)).toEqual(["/a", "/b", "/c"]);
});

it("29: without muteHttpExceptions one bad answer of fetchAll throws for all", async () => {
  expect(
    await errorOf(
      `UrlFetchApp.fetchAll(["https://api.example.com/ok", "https://api.example.com/?status=404"]);`,
      withHosts(),
    ),
  ).toBe(
    'Request failed for https://api.example.com returned code 404. Truncated server response: {"path":"/?status=404","text":"grüße"} (use muteHttpExceptions option to examine full response)',
  );
});

it("29: each element of fetchAll counts towards the quota", async () => {
  const host = startHost(
    `function main(n) { UrlFetchApp.fetchAll(Array(n).fill("https://api.example.com/")); }`,
    withHosts(),
  );
  await host.run("main", [5]);
  await host.run("main", [2]);
  expect(host.executions().map(({ fetchCalls }) => fetchCalls)).toEqual([5, 2]);
});

it("30: muteHttpExceptions gives the bad answer, without it the call throws", async () => {
  expect(
    await evaluate(
      `return UrlFetchApp.fetch("https://api.example.com/?status=500", { muteHttpExceptions: true }).getResponseCode();`,
      withHosts(),
    ),
  ).toBe(500);
  expect(await errorOf(`UrlFetchApp.fetch("https://api.example.com/?status=500");`, withHosts())).toContain(
    "returned code 500",
  );
});

it("30: redirects are followed unless the call says otherwise", async () => {
  const url = "https://api.example.com/?status=302&to=%2Fend";
  expect(await evaluate(`return JSON.parse(UrlFetchApp.fetch("${url}").getContentText()).path;`, withHosts())).toBe(
    "/end",
  );
  expect(
    await evaluate(`return UrlFetchApp.fetch("${url}", { followRedirects: false }).getResponseCode();`, withHosts()),
  ).toBe(302);
});

it("30: an object as payload is a form, a string is sent as it is, bytes too", async () => {
  await evaluate(
    `const url = "https://api.example.com/";
    UrlFetchApp.fetch(url, { method: "post", payload: { a: "1 2", b: "ü" } });
    UrlFetchApp.fetch(url, { method: "patch", contentType: "application/json", payload: JSON.stringify({ a: 1 }) });
    UrlFetchApp.fetch(url, { method: "put", payload: Utilities.gzip(Utilities.newBlob("x")).getBytes(), contentType: "application/octet-stream" });
    UrlFetchApp.fetch(url, { method: "delete", headers: { Authorization: "Bearer token" } });`,
    withHosts(),
  );
  expect(seen.map(({ method, headers }) => `${method} ${headers["content-type"]}`)).toEqual([
    "POST application/x-www-form-urlencoded",
    "PATCH application/json",
    "PUT application/octet-stream",
    "DELETE undefined",
  ]);
  expect(seen[0]?.body).toBe("a=1+2&b=%C3%BC");
  expect(seen[1]?.body).toBe('{"a":1}');
  expect(seen[2]?.body.slice(0, 2)).toBe("\u001f\u008b");
  expect(seen[3]?.headers.authorization).toBe("Bearer token");
});

it("30: timeoutSeconds ends a hung call", async () => {
  expect(
    await errorOf(
      `UrlFetchApp.fetch("https://api.example.com/?delay=3000", { timeoutSeconds: 0.2 });`,
      withHosts({ clock: "live" }),
    ),
  ).toContain("Timeout");
});

it("30: an address outside the whitelist of the manifest is refused", async () => {
  const manifest = {
    timeZone: "Etc/UTC",
    oauthScopes: TEST_SCOPES,
    urlFetchWhitelist: ["https://api.example.com/v1/", "https://*.my.example.com/"],
  };
  const all = withHosts({ manifest, hosts: { ...hosts, "acme.my.example.com": hosts["api.example.com"] ?? "" } });
  expect(
    await evaluate(
      `return ["https://api.example.com/v1/x", "https://acme.my.example.com/y"].map((url) => UrlFetchApp.fetch(url).getResponseCode());`,
      all,
    ),
  ).toEqual([200, 200]);
  expect(await errorOf(`UrlFetchApp.fetch("https://api.example.com/v2/");`, all)).toContain("urlFetchWhitelist");
  expect(await errorOf(`UrlFetchApp.fetch("https://api.example.com.evil.test/v1/");`, all)).toContain(
    "urlFetchWhitelist",
  );
});

it("30: a host that is not mapped cannot be reached, nor can plain http", async () => {
  expect(await errorOf(`UrlFetchApp.fetch("https://other.example.com/x");`, withHosts())).toBe(
    "DNS error: https://other.example.com/x",
  );
  expect(await errorOf(`UrlFetchApp.fetch("http://api.example.com/x");`, withHosts())).toContain("DNS error");
  expect(
    await errorOf(`UrlFetchApp.fetch("https://closed.example.com/x");`, {
      hosts: { "closed.example.com": "http://127.0.0.1:9" },
    }),
  ).toContain("Address unavailable");
});

it("31: the answer has code, text, bytes and headers, repeated ones as a list", async () => {
  expect(
    await evaluate(
      `const response = UrlFetchApp.fetch("https://api.example.com/"); const text = response.getContentText();
      return [response.getResponseCode(), JSON.parse(text).text, response.getContent().length > text.length, response.getHeaders()["Set-Cookie"], response.getAllHeaders()["Set-Cookie"], response.getBlob().getContentType()];`,
      withHosts(),
    ),
  ).toEqual([200, "grüße", true, "b=2", ["a=1", "b=2"], "application/json; charset=utf-8"]);
});

it("sends the virtual time to the sandbox, and none on the machine's clock", async () => {
  const body = `Utilities.sleep(5000); UrlFetchApp.fetch("https://api.example.com/");`;
  await evaluate(body, withHosts());
  await evaluate(`UrlFetchApp.fetch("https://api.example.com/");`, withHosts({ clock: "live" }));
  expect(Number(seen[0]?.headers["x-workbench-now"]) - START_MS).toBe(5_000);
  expect(seen[1]?.headers["x-workbench-now"]).toBeUndefined();
});

it("sends a request that changes something only once, also when the connection breaks", async () => {
  const body = `const url = "https://api.example.com/"; UrlFetchApp.fetch(url + "first"); UrlFetchApp.fetch(url + "first");
    const read = UrlFetchApp.fetch(url + "read-drop").getResponseCode();
    try { UrlFetchApp.fetch(url + "write-drop", { method: "post", payload: "{}" }); return [read, "answered"]; }
    catch (error) { return [read, error.message]; }`;
  expect(await evaluate(body, withHosts())).toEqual([200, "Address unavailable: https://api.example.com/write-drop"]);
  expect(seen.map(({ url }) => url)).toEqual(["/first", "/first", "/read-drop", "/read-drop", "/write-drop"]);
});

it("a server that never answers costs the timeout on a virtual clock, and little time of the machine", async () => {
  const host = startHost(
    `function main() { try { UrlFetchApp.fetch("https://api.example.com/silent", { timeoutSeconds: 60 }); } catch (error) { return error.message; } }`,
    withHosts(),
  );
  const startedMs = Date.now();
  const result = await host.run("main");
  expect(result.value).toBe("Timeout: https://api.example.com/silent");
  expect(result.durationMs).toBeGreaterThanOrEqual(60_000);
  expect(Date.now() - startedMs).toBeLessThan(10_000);
});

it("faults answer instead of the sandbox, or after it has acted", async () => {
  const host = startHost(
    `function main() { const seen = []; for (let i = 0; i < 3; i++) { try { const response = UrlFetchApp.fetch("https://api.example.com/" + i, { muteHttpExceptions: true, timeoutSeconds: 30 });
      seen.push(response.getResponseCode() + (response.getHeaders()["Retry-After"] || "")); } catch (error) { seen.push(error.message); } } return seen; }`,
    withHosts(),
  );
  const result = await host.run("main", [], {
    faults: {
      1: { kind: "http-status", status: 429, headers: { "Retry-After": "10" } },
      2: { kind: "timeout", effectApplied: true },
    },
  });
  expect(valueFrom(result)).toEqual(["42910", "Timeout: https://api.example.com/1", "200"]);
  expect(seen.map(({ url }) => url)).toEqual(["/1", "/2"]);
  expect(result.durationMs).toBeGreaterThan(30_000);
});
