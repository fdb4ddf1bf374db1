import { createWorkbench, type Workbench } from "../../workbench/server/create-workbench";
import { createCaller } from "./api-caller";
import { smallProject } from "./small-script";

interface Event {
  readonly kind: string;
  readonly [field: string]: unknown;
}

let workbench: Workbench;
beforeEach(async () => {
  workbench = await createWorkbench(smallProject);
});
afterEach(() => workbench.close());

/** Listens as the page named `client` and collects events. */
async function listen(client: string) {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${workbench.token}` };
  const response = await fetch(`${workbench.url}/api/events?client=${client}`, { headers, signal: stop.signal });
  const events: Event[] = [];
  const read = async (): Promise<void> => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) return;
      text += part.value;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data: ")) events.push(JSON.parse(line.slice(6)) as Event);
    }
  };
  read().catch(() => undefined);
  const next = async (kind: string): Promise<Event> => {
    const until = Date.now() + 5_000;
    while (Date.now() < until) {
      const found = events.find((event) => event.kind === kind);
      if (found !== undefined) return found;
      await new Promise((done) => setTimeout(done, 10));
    }
    throw new Error(`no event "${kind}" among ${events.map((event) => event.kind).join(", ")}`);
  };
  await next("hello");
  return { events, next, stop: () => stop.abort() };
}

describe("what the page hears", () => {
  it("gets the cells that a script wrote, as they are now", async () => {
    const page = await listen("one");
    await workbench.host.run("write", [3, 2, "hello"]);
    const event = await page.next("cells");
    expect(event.patches).toMatchObject([{ row: 3, column: 2, cells: [[{ v: "hello" }]] }]);
    page.stop();
  });

  it("does not get its own edits back, while other pages do", async () => {
    const [one, two] = [await listen("one"), await listen("two")];
    const action = { kind: "type-into", tabId: workbench.host.workbook.activeTabId(), row: 1, column: 1, text: "x" };
    await createCaller(workbench).post("/edit", { client: "one", actions: [action] });
    expect((await two.next("cells")).patches).toMatchObject([{ row: 1, column: 1 }]);
    expect(one.events.filter(({ kind }) => kind === "cells")).toEqual([]);
    one.stop();
    two.stop();
  });

  it("hears of tabs, toasts, the sidebar and executions", async () => {
    const page = await listen("one");
    await workbench.host.run("addHiddenTab");
    await workbench.host.run("writeRows");
    await workbench.host.run("openSidebar");
    await page.next("structure");
    await page.next("sidebar");
    expect(await page.next("toast")).toMatchObject({ title: "Small script", message: "Rows written" });
    expect(await page.next("execution-ended")).toMatchObject({ record: { functionName: "addHiddenTab" } });
    page.stop();
  });
});
