import { closeSandboxes, type StartedSandbox, startMs, startSandbox } from "./start-sandbox";

afterEach(closeSandboxes);

const contact = { properties: { email: "f@control.example" } };
const count = (sandbox: StartedSandbox) => sandbox.control.all("contacts").length;

describe("faults of the HubSpot sandbox", () => {
  it("answers the next matching requests with a status and leaves them without effect", async () => {
    const sandbox = await startSandbox();
    sandbox.control.fault({ kind: "status", status: 503, method: "POST", path: "/contacts", times: 2, after: 1 });
    const answers = [];
    for (let n = 0; n < 4; n += 1) {
      answers.push(await sandbox.post("contacts", { properties: { email: `${n}@control.example` } }));
    }
    expect(answers.map((answer) => answer.status)).toEqual([201, 503, 503, 201]);
    expect(count(sandbox)).toBe(2);
  });

  it("sends gateway pages as HTML, and lets other paths pass", async () => {
    const sandbox = await startSandbox();
    sandbox.control.fault({ kind: "html", status: 502, path: /search$/ });
    expect((await sandbox.post("contacts", contact)).status).toBe(201);
    const answer = await sandbox.post("contacts/search", {});
    expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html;charset=utf-8"]);
  });

  it("drops the connection after the effect", async () => {
    const sandbox = await startSandbox();
    sandbox.control.fault({ kind: "drop-after-effect" });
    await expect(sandbox.post("contacts", contact)).rejects.toThrow();
    expect(count(sandbox)).toBe(1);
    expect(sandbox.control.requests().at(-1)).toMatchObject({ status: 0, fault: "drop-after-effect" });
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("does not answer; with effect %s %i records are there", async (effect, expected) => {
    const sandbox = await startSandbox();
    sandbox.control.fault({ kind: "hang", effect });
    const request = fetch(`${sandbox.url}/crm/v3/objects/contacts`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.token}` },
      body: JSON.stringify(contact),
      signal: AbortSignal.timeout(150),
    });
    await expect(request).rejects.toThrow(/timeout|aborted/i);
    expect(count(sandbox)).toBe(expected);
  });

  it("lets the effect come later than the error", async () => {
    const sandbox = await startSandbox();
    sandbox.control.fault({ kind: "delayed-effect", delayMs: 30_000 });
    expect((await sandbox.post("contacts", contact)).status).toBe(504);
    expect(count(sandbox)).toBe(0);
    sandbox.wait(30_000);
    expect(count(sandbox)).toBe(1);
  });
});

describe("control of the HubSpot sandbox", () => {
  it("seeds the same portal for the same seed, and another for another", async () => {
    const [one, twin, other] = await Promise.all(
      [7, 7, 8].map((seed) => startSandbox({ seed, contacts: 80, companies: 9 })),
    );
    const all = (sandbox: StartedSandbox | undefined) => JSON.stringify(sandbox?.control.all("contacts"));
    expect(all(one)).toBe(all(twin));
    expect(all(one)).not.toBe(all(other));
    expect(one?.token).toMatch(/^pat-eu1-/);
  });

  it("seeds people as they are: several scripts, unique addresses, blanks, leading zeros, long texts", async () => {
    const { control } = await startSandbox({ contacts: 300, companies: 30 });
    const contacts = control.all("contacts").map((record) => record.properties);
    const emails = contacts.flatMap(({ email }) => (email === undefined ? [] : [email]));
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.length).toBeLessThan(300);
    const text = JSON.stringify(contacts);
    for (const sample of ["ü", "ł", "ş", "O'Brien", "山田", "Ελένη"]) expect(text).toContain(sample);
    expect(contacts.some(({ phone }) => phone?.startsWith("0"))).toBe(true);
    expect(contacts.some(({ phone }) => phone?.startsWith("+"))).toBe(true);
    expect(contacts.some(({ notes_long }) => (notes_long ?? "").length > 500)).toBe(true);
    expect(contacts.some(({ external_ref }) => external_ref?.startsWith("00"))).toBe(true);
    const names = new Set(control.all("companies").map((record) => record.properties.name));
    expect(contacts.every(({ company }) => company === undefined || names.has(company))).toBe(true);
  });

  it("seeds values that its own rules accept", async () => {
    const sandbox = await startSandbox({ contacts: 60, companies: 20 });
    const writable = new Set(
      sandbox.control
        .properties("contacts")
        .flatMap(({ name, modificationMetadata }) =>
          modificationMetadata.readOnlyValue || name === "hs_pipeline" ? [] : [name],
        ),
    );
    for (const { id, properties } of sandbox.control.all("contacts")) {
      const values = Object.fromEntries(Object.entries(properties).filter(([name]) => writable.has(name)));
      const answer = await sandbox.post("contacts/batch/update", { inputs: [{ id, properties: values }] });
      expect([answer.status, answer.text.includes("VALIDATION")]).toEqual([200, false]);
    }
  });

  it("is somebody else: creates, changes, archives, restores, merges", async () => {
    const { control } = await startSandbox();
    const a = control.create("contacts", { email: "a@control.example" });
    const b = control.create("contacts", { email: "b@control.example" });
    control.update("contacts", a, { city: "Ulm" });
    control.archive("contacts", b);
    expect(control.get("contacts", b)?.archived).toBe(true);
    control.restore("contacts", b);
    const survivor = control.merge("contacts", a, b);
    expect(control.all("contacts").map((record) => record.id)).toEqual([survivor]);
    expect(() => control.create("contacts", { nope: "1" })).toThrow("does not exist");
    expect(() => control.update("contacts", "1", { city: "Ulm" })).toThrow("resource not found");
  });

  it("logs requests with bodies and sizes until it is told to forget them", async () => {
    const sandbox = await startSandbox();
    await sandbox.post("contacts", contact);
    expect(sandbox.control.requests()).toMatchObject([
      {
        at: startMs,
        method: "POST",
        path: "/crm/v3/objects/contacts",
        status: 201,
        requestBody: JSON.stringify(contact),
        requestBytes: JSON.stringify(contact).length,
        fault: null,
      },
    ]);
    sandbox.control.clearRequests();
    expect(sandbox.control.requests()).toEqual([]);
  });

  it("saves a portal and goes on from it", async () => {
    const first = await startSandbox({ contacts: 30 });
    const [a, b] = first.control.all("contacts");
    first.control.merge("contacts", a?.id ?? "", b?.id ?? "");
    first.control.defineProperty("contacts", { name: "extra", type: "string", fieldType: "text" });
    const saved = JSON.parse(JSON.stringify(first.control.save()));
    const second = await startSandbox({ seed: 99, saved });
    expect(second.control.all("contacts")).toEqual(first.control.all("contacts"));
    expect(second.control.get("contacts", b?.id ?? "")).toEqual(first.control.get("contacts", b?.id ?? ""));
    expect((await second.post("contacts/search", {})).body.total).toBe(29);
    expect((await second.call("GET", "/crm/v3/properties/contacts/extra")).status).toBe(200);
  });

  it("follows the clock of a request only when it is told to", async () => {
    const later = startMs + 3_600_000;
    for (const acceptClockHeader of [true, false]) {
      const sandbox = await startSandbox({ acceptClockHeader });
      await fetch(`${sandbox.url}/crm/v3/owners`, {
        headers: { authorization: `Bearer ${sandbox.token}`, "x-workbench-now": String(later) },
      });
      expect(sandbox.control.now()).toBe(acceptClockHeader ? later : startMs);
    }
  });

  it("can be driven by HTTP with its key only", async () => {
    const sandbox = await startSandbox({ controlKey: "k1" });
    const drive = async (key: string, method: string, args: readonly unknown[]) => {
      const response = await fetch(`${sandbox.url}/__control/${method}`, {
        method: "POST",
        headers: { "x-control-key": key },
        body: JSON.stringify({ args }),
      });
      return { status: response.status, body: await response.json() };
    };
    const made = await drive("k1", "create", ["contacts", { email: "h@control.example" }]);
    expect(made).toMatchObject({ status: 200, body: { ok: true, value: expect.stringMatching(/^\d+$/) } });
    expect((await drive("k1", "create", ["contacts", { email: "x" }])).body).toMatchObject({ ok: false, status: 400 });
    expect((await drive("wrong", "all", ["contacts"])).status).toBe(403);
    expect((await drive("k1", "toString", [])).status).toBe(404);
    const closed = await startSandbox();
    expect((await fetch(`${closed.url}/__control/all`, { method: "POST" })).status).toBe(404);
  });
});
