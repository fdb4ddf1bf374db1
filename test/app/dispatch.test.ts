import type { AppDeps } from "../../src/app/app-deps";
import { dispatch } from "../../src/app/dispatch";
import { REQUESTS, type RpcName } from "../../src/contract/rpc";
import { SyncError } from "../../src/domain/errors";
import { AppWorld } from "../support/app-world";

/** Dependencies that none of these calls may ask for. */
function noDeps(): AppDeps {
  throw new Error("the argument was not refused");
}

const NAMES = Object.keys(REQUESTS) as RpcName[];

/** Words of a parser of shapes or of JSON, and of JavaScript itself. */
const PARSER_WORDS =
  /zod|invalid|expected|received|unexpected|undefined|nan|object|cannot read|is not a|token|\[\{|\$/i;

describe("a call of the sidebar", () => {
  it.each(["toString", "constructor", "hasOwnProperty", "__proto__", "valueOf", "", "APP.STATE", "app.state ", "app"])(
    "named %j is unknown",
    (name) => {
      expect(dispatch(noDeps, name, "{}")).toMatchObject({ ok: false, kind: "bug", code: "unknown-call" });
    },
  );

  it.each(["", "{", "{'a':1}", "undefined", "[1,]", "{}{}"])(
    "with the argument %j is refused before anything is touched",
    (json) => {
      const reply = dispatch(noDeps, "app.state", json);
      expect(reply).toMatchObject({
        ok: false,
        kind: "bug",
        code: "bad-request",
        message: "The argument of the call app.state is no JSON.",
        hint: expect.stringContaining("Reload"),
      });
    },
  );

  it.each(NAMES)("%s takes no argument of another kind, and names none of the parser's words", (name) => {
    for (const json of ["null", "7", '"text"', "[]", "true"]) {
      const reply = dispatch(noDeps, name, json);
      expect(reply).toMatchObject({ ok: false, code: "bad-request" });
      const { message } = reply as { message: string };
      expect(message.replace(name, "")).not.toMatch(PARSER_WORDS);
      expect(message).toMatch(/^The call .* was not understood\.$/);
    }
  });

  it("says where an argument is wrong, in the sidebar's own words", () => {
    const column = { column: 1, header: "A", field: null, direction: "both", blank: "keep", suggestion: "none" };
    const draft = {
      id: null,
      name: "",
      crm: "hubspot",
      objectType: "contacts",
      tabId: 1,
      headerRow: 1,
      direction: "both",
      keyField: null,
      columns: [column, { ...column, direction: "sideways" }],
    };
    const reply = dispatch(noDeps, "editor.check", JSON.stringify({ draft }));
    expect(reply).toMatchObject({
      message: 'The call editor.check was not understood at "draft.columns.1.direction".',
    });
  });

  it.each<[RpcName, unknown]>([
    ["run.start", { mappingId: "", direction: "both", preview: true }],
    ["run.start", { mappingId: "x".repeat(101), direction: "both", preview: true }],
    ["run.start", { mappingId: "m1", direction: "both" }],
    ["run.approve", { runId: "r1", leaveOut: "all", allowCreates: true, allowGuard: true }],
    ["run.approve", { runId: "r1", leaveOut: Array(20_001).fill("o"), allowCreates: true, allowGuard: true }],
    ["plan.page", { runId: "r1", kind: "create", offset: -1, limit: 10 }],
    ["plan.page", { runId: "r1", kind: "create", offset: 0, limit: 201 }],
    ["plan.page", { runId: "r1", kind: "delete", offset: 0, limit: 10 }],
    ["history.list", { limit: 0 }],
    ["history.list", { limit: 1.5 }],
    ["sheet.select", { tabId: 1, row: 0, column: 1 }],
    ["schedule.save", { mappingId: "m1", schedule: { kind: "daily", hour: 24, day: 1 } }],
    ["schedule.save", { mappingId: "m1", schedule: { kind: "weekly", hour: 1, day: 0 } }],
    ["editor.open", { crm: "hubspot", objectType: null, tabId: 1, headerRow: 0, mappingId: null }],
    ["file.remove", {}],
    ["file.remove", { confirm: "yes" }],
    ["template.create", { template: "toString" }],
    ["objects.list", { crm: "constructor" }],
  ])("%s refuses %j", (name, request) => {
    const reply = dispatch(noDeps, name, JSON.stringify(request));
    expect(reply).toMatchObject({ ok: false, code: "bad-request" });
    expect((reply as { message: string }).message.replace(name, "")).not.toMatch(PARSER_WORDS);
  });

  it("does not take over what it was not told about", () => {
    const world = new AppWorld();
    const json = '{"crm":"hubspot","token":"pat-eu1-test","__proto__":{"ok":true},"account":{"id":"1"}}';
    const reply = dispatch(() => world.deps(), "connection.connect", json);
    expect(reply).toMatchObject({ ok: true, value: { accountId: world.crm.account.id } });
  });

  it("answers an error with its kind, code, message and hint, and nothing else", () => {
    const thrown = new SyncError("retryable", "busy", "The file is busy.", { hint: "Try again.", retryAfterMs: 9 });
    const reply = dispatch(
      () => {
        throw thrown;
      },
      "app.state",
      "{}",
    );
    expect(reply).toEqual({
      ok: false,
      kind: "retryable",
      code: "busy",
      message: "The file is busy.",
      hint: "Try again.",
    });
  });

  it.each([new TypeError("x is not a function"), "text", null, undefined, { odd: 1 }])(
    "answers even when %p is thrown",
    (thrown) => {
      const reply = dispatch(
        () => {
          throw thrown;
        },
        "app.state",
        "{}",
      );
      expect(reply).toMatchObject({
        ok: false,
        kind: "bug",
        code: "unexpected",
        hint: expect.stringContaining("report"),
      });
      expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
    },
  );
});
