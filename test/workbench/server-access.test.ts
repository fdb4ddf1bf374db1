import { request } from "node:http";
import { createWorkbench, type Workbench } from "../../workbench/server/create-workbench";
import { smallProject } from "./small-script";

let workbench: Workbench;
beforeAll(async () => {
  workbench = await createWorkbench(smallProject);
});
afterAll(() => workbench.close());

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `fetch` sets Host and refuses others, so this speaks plain HTTP. */
function send({ method = "GET", path = "/api/state", headers = {} }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(workbench.url);
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? "{}" : undefined);
  });
}

const bearer = () => ({ authorization: `Bearer ${workbench.token}` });
const cookie = () => ({ cookie: `crm-sync-workbench-${new URL(workbench.url).port}=${workbench.token}` });

describe("who may talk to the workbench", () => {
  it("answers a call with the token", async () => {
    expect(await send({ headers: bearer() })).toBe(200);
  });

  it.each(["/", "/api/state"])("refuses a foreign Host header for %s, even with the token", async (path) => {
    expect(await send({ path, headers: { ...bearer(), host: "evil.example" } })).toBe(403);
    const otherPort = `127.0.0.1:${Number(new URL(workbench.url).port) + 1}`;
    expect(await send({ path, headers: { ...bearer(), host: otherPort } })).toBe(403);
  });

  it("takes localhost for the same machine", async () => {
    expect(await send({ headers: { ...bearer(), host: `localhost:${new URL(workbench.url).port}` } })).toBe(200);
  });

  it("refuses a call without a token and one with a wrong token", async () => {
    expect(await send({})).toBe(401);
    expect(await send({ headers: { authorization: "Bearer wrong" } })).toBe(401);
    expect(await send({ method: "POST", path: "/api/run", headers: { origin: workbench.url } })).toBe(401);
  });

  it("refuses a call of another origin, even with the token", async () => {
    expect(await send({ headers: { ...bearer(), origin: "http://evil.example" } })).toBe(403);
    expect(await send({ method: "POST", headers: { ...cookie(), origin: "null" } })).toBe(403);
  });

  it("takes the cookie for reading, and for writing only with the page's own origin", async () => {
    const path = "/api/sidebar/close";
    expect(await send({ headers: cookie() })).toBe(200);
    expect(await send({ method: "POST", path, headers: cookie() })).toBe(403);
    expect(await send({ method: "POST", path, headers: { ...cookie(), origin: workbench.url } })).toBe(200);
  });

  it("serves the page's files without a token, and nothing beside them", async () => {
    expect(await send({ path: "/" })).toBe(200);
    expect(await send({ path: "/vendor/o-spreadsheet.js" })).toBe(200);
    expect(await send({ path: "/package.json" })).toBe(404);
    expect(await send({ path: "/vendor/../package.json" })).toBe(404);
  });
});
