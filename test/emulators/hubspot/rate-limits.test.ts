import { closeSandboxes, type StartedSandbox, startSandbox } from "./start-sandbox";

afterEach(closeSandboxes);

const oauth = { token: "oauth-access-token", scopes: "all" } as const;

function limitHeaders(headers: Headers): string[] {
  return [...headers.keys()].filter((name) => name.startsWith("x-hubspot-ratelimit")).sort();
}

async function read(sandbox: StartedSandbox, count: number, token = sandbox.token) {
  const answers = [];
  for (let n = 0; n < count; n += 1) answers.push(await sandbox.call("GET", "/crm/v3/owners", undefined, token));
  return answers;
}

const daily = ["x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining"];
const burst = [
  "x-hubspot-ratelimit-interval-milliseconds",
  "x-hubspot-ratelimit-max",
  "x-hubspot-ratelimit-remaining",
  "x-hubspot-ratelimit-secondly",
  "x-hubspot-ratelimit-secondly-remaining",
];

describe("limits of the HubSpot sandbox", () => {
  it("6: refuses the sixth search within a second, whoever asks, with the exact body and no Retry-After", async () => {
    const sandbox = await startSandbox({ tokens: [oauth] });
    for (let n = 0; n < 5; n += 1) {
      const token = n % 2 === 0 ? sandbox.token : oauth.token;
      expect((await sandbox.call("POST", "/crm/v3/objects/contacts/search", {}, token)).status).toBe(200);
    }
    const refused = await sandbox.post("companies/search", {});
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      status: "error",
      message: "You have reached your secondly limit.",
      correlationId: refused.headers.get("x-hubspot-correlation-id"),
      category: "RATE_LIMITS",
    });
    expect(refused.headers.get("retry-after")).toBeNull();
    sandbox.wait(1_000);
    expect((await sandbox.post("contacts/search", {})).status).toBe(200);
  });

  it.each([
    ["starter", 100],
    ["professional", 190],
  ] as const)("7: a service key of the %s tier has %i calls in ten seconds", async (tier, max) => {
    const sandbox = await startSandbox({ tier });
    const answers = await read(sandbox, max + 1);
    expect(answers[max - 1]?.status).toBe(200);
    expect(answers[max]?.status).toBe(429);
    expect(answers[max]?.body).toMatchObject({
      message: "You have reached your ten_secondly_rolling limit.",
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
    });
    sandbox.wait(10_000);
    expect((await read(sandbox, 1))[0]?.status).toBe(200);
  });

  it("7: counts each token by itself, an OAuth token up to 110", async () => {
    const sandbox = await startSandbox({ tier: "starter", tokens: [oauth] });
    await read(sandbox, 100);
    const answers = await read(sandbox, 111, oauth.token);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(110);
  });

  it("7: searches do not use up the ten-second limit", async () => {
    const sandbox = await startSandbox();
    await sandbox.post("contacts/search", {});
    const [answer] = await read(sandbox, 1);
    expect(answer?.headers.get("x-hubspot-ratelimit-remaining")).toBe("189");
  });

  it("8: refuses calls beyond the daily limit until midnight of the account", async () => {
    const sandbox = await startSandbox({ dailyLimit: 2, timeZone: "America/New_York" });
    await read(sandbox, 2);
    const refused = await sandbox.call("GET", "/crm/v3/owners");
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ message: "You have reached your daily limit.", policyName: "DAILY" });
    sandbox.control.setClock(Date.UTC(2026, 10, 3, 4, 59, 59));
    expect((await sandbox.call("GET", "/crm/v3/owners")).status).toBe(429);
    sandbox.control.setClock(Date.UTC(2026, 10, 3, 5, 0, 0));
    expect((await sandbox.call("GET", "/crm/v3/owners")).status).toBe(200);
  });

  it("8: counts every call down, searches and refused ones too", async () => {
    const sandbox = await startSandbox({ dailyLimit: 1_000 });
    const answers = [];
    for (let n = 0; n < 7; n += 1) answers.push(await sandbox.post("contacts/search", {}));
    expect(answers.map((answer) => answer.headers.get("x-hubspot-ratelimit-daily-remaining"))).toEqual([
      "999",
      "998",
      "997",
      "996",
      "995",
      "994",
      "993",
    ]);
  });

  it("31: sends a service key the daily pair with searches and all headers with other calls", async () => {
    const sandbox = await startSandbox();
    expect(limitHeaders((await sandbox.post("contacts/search", {})).headers)).toEqual(daily);
    expect(limitHeaders((await sandbox.post("contacts/batch/archive", { inputs: [] })).headers)).toEqual([
      ...daily,
      ...burst,
    ]);
  });

  it("31: sends an OAuth token no limit header with searches and no daily pair with other calls", async () => {
    const sandbox = await startSandbox({ tokens: [oauth] });
    const search = await sandbox.call("POST", "/crm/v3/objects/contacts/search", {}, oauth.token);
    expect(limitHeaders(search.headers)).toEqual([]);
    const [other] = await read(sandbox, 1, oauth.token);
    expect(limitHeaders(other?.headers ?? new Headers())).toEqual(burst);
  });
});
