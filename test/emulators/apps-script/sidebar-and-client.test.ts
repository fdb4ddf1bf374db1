import { errorOf, evaluate, startHost, valueFrom } from "./support/start-host";

it("32: the client gets JSON; undefined in arrays becomes null, undefined members are left out", async () => {
  expect(await evaluate(`return { a: [1, undefined, null], b: undefined, c: { d: "x" }, e: true };`)).toEqual({
    a: [1, null, null],
    c: { d: "x" },
    e: true,
  });
});

it.each([
  ["a Date", "return new Date();"],
  ["a function", "return { f() {} };"],
  ["a circular value", "const a = {}; a.a = a; return a;"],
])("32: %s cannot be returned to the client", async (_name, body) => {
  expect(await errorOf(body)).toContain("not a supported return type");
});

it("32: arguments must be JSON too", async () => {
  const host = startHost(`function main(value) { return value; }`);
  expect(valueFrom(await host.run("main", [{ a: [1, undefined] }]))).toEqual({ a: [1, null] });
  for (const value of [new Date(), () => 1, { deep: [new Date()] }]) {
    expect((await host.run("main", [value])).outcome).toBe("failed");
  }
});

it("32: the failure handler gets the message of the error", async () => {
  const result = await startHost(`function main() { throw new TypeError("no good"); }`).run("main");
  expect([result.outcome, result.error, result.value]).toEqual(["failed", "no good", null]);
});

it("32: names that end in _ and names that do not exist cannot be called", async () => {
  const host = startHost(`function secret_() { return 1; } const arrow = () => 2; const value = 3;`);
  expect((await host.run("secret_")).outcome).toBe("failed");
  expect((await host.run("nothing")).error).toBe("Script function not found: nothing");
  expect((await host.run("value")).error).toBe("Script function not found: value");
  expect(valueFrom(await host.run("arrow"))).toBe(2);
});

it("32: ten calls of the client run at once, the eleventh waits", async () => {
  const host = startHost(`function main() { Utilities.sleep(1000); }`);
  const results = await Promise.all(Array.from({ length: 11 }, () => host.run("main")));
  const first = results[0]?.startedMs ?? 0;
  expect(results.filter(({ startedMs }) => startedMs === first)).toHaveLength(10);
  expect(results.filter(({ startedMs }) => startedMs >= first + 1_000)).toHaveLength(1);
});

it("33: HtmlService strips what looks like a comment inside template literals of scripts", async () => {
  const html = {
    Page: "<p>`// kept`</p><script>const a = `https://x/*y*/z`; const b = 'https://kept'; // gone `\n</script>",
  };
  expect(await evaluate(`return HtmlService.createHtmlOutputFromFile("Page").getContent();`, { html })).toBe(
    "<p>`// kept`</p><script>const a = `https:`; const b = 'https://kept'; // gone `\n</script>",
  );
});

it("33: <? starts a scriptlet in templates and means nothing in plain files", async () => {
  const html = { Page: "<b><?= name ?></b><? for (const x of [1, 2]) { ?><i><?!= x ?></i><? } ?>" };
  expect(
    await evaluate(
      `const template = HtmlService.createTemplateFromFile("Page"); template.name = "<A>";
      return [template.evaluate().getContent(), HtmlService.createHtmlOutputFromFile("Page").getContent().startsWith("<b><?=")];`,
      { html },
    ),
  ).toEqual(["<b>&lt;A&gt;</b><i>1</i><i>2</i>", true]);
});

it("34: a sidebar has a title and its page; a new one takes its place", async () => {
  const host = startHost(
    `function show(name) { SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile(name).setTitle(name).setWidth(700)); }`,
    { html: { First: "<p>1</p>", Second: "<p>2</p>" } },
  );
  expect(host.sidebar()).toBeNull();
  await host.run("show", ["First"]);
  const first = host.sidebar();
  await host.run("show", ["Second"]);
  expect(first).toMatchObject({ title: "First", html: "<p>1</p>" });
  expect(host.sidebar()).toMatchObject({ title: "Second", html: "<p>2</p>" });
  expect(host.sidebar()?.id).not.toBe(first?.id);
  host.closeSidebar();
  expect(host.sidebar()).toBeNull();
});

it("alerts are answered in order, with the affirmative button by default", async () => {
  const host = startHost(`function main() { const ui = SpreadsheetApp.getUi();
    return [ui.alert("a"), ui.alert("Title", "b", ui.ButtonSet.YES_NO), ui.alert("c", ui.ButtonSet.OK_CANCEL)].map((button, index) => String(button) + (button === ui.Button.YES)); }`);
  const seen: string[] = [];
  host.on((event) => {
    if (event.kind === "alert") {
      seen.push(`${event.title}/${event.message}`);
    }
  });
  expect(valueFrom(await host.run("main"))).toEqual(["OKfalse", "YEStrue", "OKfalse"]);
  host.answerAlerts(["CLOSE", "NO"]);
  expect(valueFrom(await host.run("main"))).toEqual(["CLOSEfalse", "NOfalse", "OKfalse"]);
  expect(seen.slice(0, 3)).toEqual(["/a", "Title/b", "/c"]);
});
