import type { WriteOperation } from "../../../src/domain/outcome";
import type { HttpRequest } from "../../../src/ports/http";
import { catchSyncError } from "../../support/catch-error";
import type { ScriptedAnswer } from "../../support/scripted-http";
import { openHubspot, refusal, refusedValues, wireRecord } from "./open-hubspot";

const create = (operationId: string, values: Readonly<Record<string, string>>): WriteOperation => ({
  kind: "create",
  operationId,
  values,
});
const update = (operationId: string, recordId: string, values: Readonly<Record<string, string>>): WriteOperation => ({
  kind: "update",
  operationId,
  recordId,
  values,
});

interface Input {
  readonly id?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly objectWriteTraceId?: string;
}
const inputsOf = (request: HttpRequest): readonly Input[] =>
  (JSON.parse(request.body ?? "{}") as { inputs: Input[] }).inputs;
const emails = (count: number) => Array.from({ length: count }, (_, n) => create(`op${n}`, { email: `p${n}@x.de` }));

/** Answers a create batch as a portal without multi-status would: all or nothing. */
function allOrNothing(judge: (inputs: readonly Input[]) => ScriptedAnswer | null) {
  return (request: HttpRequest): ScriptedAnswer => {
    const inputs = inputsOf(request);
    const results = inputs.map((input, n) => wireRecord(String(1_000 + n), input.properties));
    return judge(inputs) ?? { status: 201, json: { status: "COMPLETE", results } };
  };
}

function outcomesOf(
  script: Parameters<typeof openHubspot>[0],
  operations: readonly WriteOperation[],
  type = "contacts",
) {
  const { crm, http } = openHubspot(script);
  const outcomes = crm.write(type, operations);
  expect(outcomes.length).toBe(operations.length);
  return { by: new Map(outcomes.map((outcome) => [outcome.operationId, outcome])), http };
}

describe("what is sent", () => {
  it("puts a trace id of its own on every input", () => {
    const { http } = outcomesOf([{ status: 201, json: { results: [] } }], emails(3));
    const traces = inputsOf(http.sent[0] as HttpRequest).map((input) => input.objectWriteTraceId);
    expect(new Set(traces).size).toBe(3);
    expect(traces.every((trace) => trace)).toBe(true);
  });

  it("leaves blanks out of a create and clears with them in an update", () => {
    const made = outcomesOf(
      [{ status: 201, json: { results: [] } }],
      [create("a", { email: "a@x.de", firstname: "" })],
    );
    expect(inputsOf(made.http.sent[0] as HttpRequest)[0]?.properties).toEqual({ email: "a@x.de" });
    const changed = outcomesOf([{ json: { results: [] } }], [update("a", "7", { firstname: "" })]);
    expect(inputsOf(changed.http.sent[0] as HttpRequest)[0]).toMatchObject({ id: "7", properties: { firstname: "" } });
  });

  it("keeps what is known to be bad out of the batch", () => {
    const { by, http } = outcomesOf(
      [{ json: { results: [wireRecord("7", { firstname: "A" })] } }],
      [
        update("a", "7", { firstname: "A" }),
        update("b", "seven", { firstname: "B" }),
        update("c", "7", { firstname: "C" }),
        update("d", "8", {}),
      ],
    );
    expect(inputsOf(http.sent[0] as HttpRequest).length).toBe(1);
    expect([...by].map(([id, outcome]) => [id, outcome.kind]).sort()).toEqual([
      ["a", "written"],
      ["b", "gone"],
      ["c", "refused"],
      ["d", "refused"],
    ]);
  });

  it("sends nothing at all when nothing is left", () => {
    const { http } = outcomesOf([], [update("b", "seven", { firstname: "B" }), update("d", "8", {})]);
    expect(http.sent.length).toBe(0);
  });
});

describe("matching an answer with several statuses", () => {
  it("matches shuffled results by trace id", () => {
    const results = [
      { ...wireRecord("502", {}), objectWriteTraceId: "w1" },
      { ...wireRecord("501", {}), objectWriteTraceId: "w0" },
    ];
    const { by } = outcomesOf([{ status: 201, json: { results } }], emails(2));
    expect([by.get("op0"), by.get("op1")]).toMatchObject([{ record: { id: "501" } }, { record: { id: "502" } }]);
  });

  it("matches shuffled results without trace ids by e-mail address, whatever its case was", () => {
    const results = [wireRecord("502", { email: "b@x.de" }), wireRecord("501", { email: "a@x.de" })];
    const { by } = outcomesOf(
      [{ status: 201, json: { results } }],
      [create("a", { email: "A@X.de" }), create("b", { email: "b@x.de" })],
    );
    expect([by.get("a"), by.get("b")]).toMatchObject([{ record: { id: "501" } }, { record: { id: "502" } }]);
  });

  it("does not guess between two results that hold the same", () => {
    const results = [wireRecord("502", { firstname: "Ann" }), wireRecord("501", { firstname: "Ann" })];
    const { by } = outcomesOf(
      [{ status: 201, json: { results } }],
      [create("a", { firstname: "Ann" }), create("b", { firstname: "Ann" })],
    );
    expect([...by.values()].map((outcome) => outcome.kind)).toEqual(["unknown", "unknown"]);
  });

  it("takes what is named nowhere as unknown, never as written", () => {
    const { by } = outcomesOf(
      [{ json: { results: [wireRecord("1", {})] } }],
      [update("a", "1", { firstname: "A" }), update("b", "2", { firstname: "B" })],
    );
    expect([by.get("a")?.kind, by.get("b")?.kind]).toEqual(["written", "unknown"]);
  });

  it("takes an empty answer as unknown for all", () => {
    for (const json of [{ results: [], errors: [] }, {}, [], "ok", null]) {
      const { by } = outcomesOf([{ status: 200, json }], emails(2));
      expect([...by.values()].map((outcome) => outcome.kind)).toEqual(["unknown", "unknown"]);
    }
  });

  it("takes the answer of another record as unknown", () => {
    const results = [{ ...wireRecord("900", { firstname: "A" }), objectWriteTraceId: "w0" }];
    expect(outcomesOf([{ json: { results } }], [update("a", "5", { firstname: "A" })]).by.get("a")?.kind).toBe(
      "unknown",
    );
  });

  it("reads conflict, missing record and refused value from the errors", () => {
    const errors = [
      {
        category: "CONFLICT",
        message: "Contact already exists. Existing ID: 171",
        context: { objectWriteTraceId: ["w0"], existingId: ["171"] },
      },
      { category: "CONFLICT", message: "Contact already exists", context: { objectWriteTraceId: ["w1"] } },
      {
        ...refusedValues({ name: "score", error: "INVALID_INTEGER", message: "score was not a valid number" }),
        context: { objectWriteTraceId: ["w2"] },
      },
    ];
    const { by } = outcomesOf(
      [{ status: 207, json: { results: [], errors } }],
      [
        create("a", { email: "a@x.de" }),
        create("b", { email: "b@x.de" }),
        create("c", { email: "c@x.de", score: "abc" }),
      ],
    );
    expect(by.get("a")).toMatchObject({ kind: "exists", recordId: "171" });
    expect(by.get("b")).toMatchObject({ kind: "exists", recordId: null });
    expect(by.get("c")).toMatchObject({ kind: "refused", field: "score", message: "Score: “abc” is not a number." });
  });

  it("reads missing records from the one error that lists them all", () => {
    const errors = [
      { category: "OBJECT_NOT_FOUND", message: "Could not get some CONTACT objects", context: { ids: ["2", "3"] } },
    ];
    const { by } = outcomesOf(
      [{ status: 207, json: { results: [wireRecord("1", {})], errors } }],
      ["1", "2", "3"].map((id) => update(id, id, { firstname: "A" })),
    );
    expect(["1", "2", "3"].map((id) => by.get(id)?.kind)).toEqual(["written", "gone", "gone"]);
  });
});

describe("a batch that is refused as a whole", () => {
  it("gives the named inputs their refusal and sends the others once more", () => {
    const bad = refusedValues(
      { name: "score", error: "INVALID_INTEGER", message: "many was not a valid number" },
      {
        name: "colour",
        error: "INVALID_OPTION",
        message: "purple was not one of the allowed options: [red, hot_pink]",
      },
    );
    const script = allOrNothing((inputs) =>
      inputs.some((input) => input.properties.score === "many") ? { status: 400, json: bad } : null,
    );
    const operations = [
      ...emails(8),
      create("n", { email: "n@x.de", score: "many" }),
      create("c", { email: "c@x.de", colour: "purple" }),
    ];
    const { by, http } = outcomesOf(script, operations);
    expect(http.sent.length).toBe(2);
    expect(by.get("n")).toMatchObject({ kind: "refused", field: "score" });
    expect(by.get("c")).toMatchObject({
      kind: "refused",
      field: "colour",
      message: "Colour: “purple” is not one of the options. Allowed: Red, Hot pink.",
    });
    expect([...by.values()].filter((outcome) => outcome.kind === "written").length).toBe(8);
  });

  it("does not blame a value that only contains the quoted one", () => {
    const bad = refusedValues({ name: "score", error: "INVALID_INTEGER", message: "4x was not a valid number" });
    const script = allOrNothing((inputs) =>
      inputs.some((input) => input.properties.score === "4x") ? { status: 400, json: bad } : null,
    );
    const { by } = outcomesOf(script, [
      create("a", { email: "a@x.de", score: "4x" }),
      create("b", { email: "b@x.de", score: "4" }),
    ]);
    expect([by.get("a")?.kind, by.get("b")?.kind]).toEqual(["refused", "written"]);
  });

  it("names every field of an input that it refuses, each with its own reason (F10)", () => {
    const bad = refusedValues(
      { name: "score", error: "INVALID_INTEGER", message: "many was not a valid number" },
      { name: "colour", error: "INVALID_OPTION", message: "purple was not one of the allowed options: [red]" },
      { name: "score", error: "INVALID_INTEGER", message: "many was not a valid number" },
    );
    const script = allOrNothing((inputs) =>
      inputs.some((input) => input.properties.score === "many") ? { status: 400, json: bad } : null,
    );
    const values = { email: "n@x.de", score: "many", colour: "purple" };
    const fields = [
      { field: "score", message: expect.stringMatching(/^Score: “many” is not a number\.$/) },
      { field: "colour", message: expect.stringMatching(/^Colour: “purple” is not one of the options\./) },
    ];
    const inBatch = outcomesOf(script, [...emails(3), create("n", values)]);
    expect(inBatch.by.get("n")).toMatchObject({ kind: "refused", field: "score", fields });
    expect(inBatch.http.sent.length).toBe(2);
    expect(outcomesOf(script, [create("n", values)]).by.get("n")).toMatchObject({ field: "score", fields });
  });

  it("refuses every input that has a property which is gone", () => {
    const bad = refusedValues({
      name: "gone",
      error: "PROPERTY_DOESNT_EXIST",
      message: 'Property "gone" does not exist',
    });
    const script = allOrNothing((inputs) =>
      inputs.some((input) => "gone" in input.properties) ? { status: 400, json: bad } : null,
    );
    const { by, http } = outcomesOf(script, [
      ...emails(3),
      create("a", { email: "a@x.de", gone: "1" }),
      create("b", { email: "b@x.de", gone: "2" }),
    ]);
    expect([by.get("a"), by.get("b")]).toMatchObject([
      { kind: "refused", field: "gone" },
      { kind: "refused", field: "gone" },
    ]);
    expect(http.sent.length).toBe(2);
  });

  it("says what HubSpot said and what to do where it does not know the reason", () => {
    const refuse = (json: object) => {
      const { by } = outcomesOf(
        allOrNothing(() => ({ status: 400, json })),
        [create("a", { score: "5" })],
      );
      return by.get("a");
    };
    expect(refuse(refusal("Sorry, not today"))).toMatchObject({
      field: null,
      message: "HubSpot refused this row: “Sorry, not today”. Correct the row and sync again.",
    });
    expect(refuse(refusal("x".repeat(2_000)))).toMatchObject({
      message: expect.stringMatching(/x…”\. Correct the row and sync again\.$/),
    });
    const limit = { name: "score", error: "LIMIT", message: "5 is too much" };
    expect(refuse(refusedValues(limit))).toMatchObject({
      field: "score",
      message: "Score: HubSpot refused the value: “5 is too much”. Correct the cell and sync again.",
    });
  });

  it("finds an invalid address from the plain sentence", () => {
    const script = allOrNothing((inputs) =>
      inputs.some((input) => input.properties.email === "x@gmail.con")
        ? { status: 400, json: refusal("Email address x@gmail.con is invalid") }
        : null,
    );
    const { by, http } = outcomesOf(script, [...emails(5), create("bad", { email: "x@gmail.con" })]);
    expect(by.get("bad")).toMatchObject({ kind: "refused", field: "email" });
    expect(http.sent.length).toBe(2);
  });

  it("halves the batch when a conflict does not say which input it means", () => {
    const taken = "p70@x.de";
    const conflict = refusal("Contact already exists. Existing ID: 5550001", { category: "CONFLICT" });
    const script = allOrNothing((inputs) =>
      inputs.some((input) => input.properties.email === taken) ? { status: 409, json: conflict } : null,
    );
    const { by, http } = outcomesOf(script, emails(100));
    expect(by.get("op70")).toMatchObject({ kind: "exists", recordId: "5550001" });
    expect([...by.values()].filter((outcome) => outcome.kind === "written").length).toBe(99);
    expect(http.sent.length).toBeLessThanOrEqual(16);
  });

  it("stops after forty requests and leaves the rest for the next run", () => {
    const { by, http } = outcomesOf(() => ({ status: 400, json: refusal("Something is wrong.") }), emails(100));
    expect(http.sent.length).toBe(40);
    expect([...by.values()].every((outcome) => outcome.kind === "refused")).toBe(true);
  });

  it("never repeats an input whose fate is unknown, nor hides what was done when a later part fails", () => {
    const conflict = { status: 409, json: refusal("Contact already exists", { category: "CONFLICT" }) };
    const script: readonly ScriptedAnswer[] = [
      conflict,
      {
        status: 201,
        json: { results: [wireRecord("1", { email: "p0@x.de" }), wireRecord("2", { email: "p1@x.de" })] },
      },
      { status: 401, json: refusal("revoked", { category: "INVALID_AUTHENTICATION" }) },
    ];
    const { by, http } = outcomesOf(script, emails(4));
    expect(["op0", "op1", "op2", "op3"].map((id) => by.get(id)?.kind)).toEqual([
      "written",
      "written",
      "refused",
      "refused",
    ]);
    expect(http.sent.length).toBe(3);
  });
});

describe("a write that fails on the way", () => {
  it.each<[string, ScriptedAnswer]>([
    ["a time-out", { failure: "timeout" }],
    ["a 502 page", { status: 502, body: "<html>" }],
    ["a page with status 200", { status: 200, body: "<html>" }],
    ["truncated JSON", { status: 201, body: '{"results":[{"id":"1"' }],
  ])("is unknown for all after %s, and sent once", (_, answer) => {
    const { by, http } = outcomesOf([answer], emails(3));
    expect([...by.values()].map((outcome) => outcome.kind)).toEqual(["unknown", "unknown", "unknown"]);
    expect(http.sent.length).toBe(1);
  });

  it("throws when nothing at all was done", () => {
    const { crm } = openHubspot([
      { status: 429, json: refusal("You have reached your daily limit.", { policyName: "DAILY" }) },
    ]);
    expect(catchSyncError(() => crm.write("contacts", emails(2)))).toMatchObject({
      kind: "fatal",
      code: "daily-limit",
    });
  });

  it("throws for a refusal that is not about the data", () => {
    const missing = refusal("Unable to infer object type from: contacts");
    expect(
      catchSyncError(() => openHubspot([{ status: 400, json: missing }]).crm.write("contacts", emails(2))),
    ).toMatchObject({ code: "unknown-object" });
    expect(
      catchSyncError(() => openHubspot([{ status: 404, body: "<html>" }]).crm.write("contacts", emails(2))),
    ).toMatchObject({ kind: "fatal" });
  });
});
