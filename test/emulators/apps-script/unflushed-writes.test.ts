import type { HostOptions, RunOptions } from "../../../workbench/apps-script/host-api";
import { startHost, valueFrom } from "./support/start-host";

const CODE = `
  function write() { const sheet = SpreadsheetApp.getActiveSheet(); sheet.getRange("A1").setValue(1); SpreadsheetApp.flush();
    for (let row = 2; row <= 9; row++) sheet.getRange(row, 1).setValue(row); Utilities.sleep(1e9); }
  function read() { return SpreadsheetApp.getActiveSheet().getRange("A1:A9").getValues().map(([value]) => value).join(""); }`;

async function leftAfterKill(
  unflushed: HostOptions["unflushed"],
  options: RunOptions = { deadlineMs: 2_000 },
): Promise<unknown> {
  const host = startHost(CODE, unflushed === undefined ? {} : { unflushed });
  await host.run("write", [], options);
  return valueFrom(await host.run("read"));
}

it("11: a read sees the writes before it", async () => {
  const host =
    startHost(`function main() { const cell = SpreadsheetApp.getActiveSheet().getRange("A1"); cell.setValue("a"); const seen = [cell.getValue()];
    cell.setValue("b"); seen.push(SpreadsheetApp.getActiveSheet().getLastRow()); cell.clearContent(); seen.push(SpreadsheetApp.getActiveSheet().getLastRow()); return seen; }`);
  expect(valueFrom(await host.run("main"))).toEqual(["a", 1, 0]);
});

it("11: others do not see writes before they are flushed", async () => {
  const host = startHost(`
    function slow() { const cell = SpreadsheetApp.getActiveSheet().getRange("A1"); cell.setValue("early"); Utilities.sleep(1000); SpreadsheetApp.flush(); Utilities.sleep(1000); }
    function look() { Utilities.sleep(500); const before = SpreadsheetApp.getActiveSheet().getRange("A1").getValue(); Utilities.sleep(1000);
      return [before, SpreadsheetApp.getActiveSheet().getRange("A1").getValue()]; }`);
  const [, look] = await Promise.all([host.run("slow"), host.run("look")]);
  expect(look?.value).toEqual(["", "early"]);
});

it("11: unflushed writes of a killed execution are lost, kept, or kept up to some point", async () => {
  expect(await leftAfterKill("lost")).toBe("1");
  expect(await leftAfterKill("kept")).toBe("123456789");
  const prefix = String(await leftAfterKill("prefix"));
  expect("123456789".startsWith(prefix)).toBe(true);
  expect(prefix.length).toBeGreaterThan(0);
  expect(prefix.length).toBeLessThan(9);
});

it("11: a script that throws keeps its writes", async () => {
  const host = startHost(
    `function main() { SpreadsheetApp.getActiveSheet().getRange("A1").setValue("x"); throw new Error("stop"); }`,
  );
  expect((await host.run("main")).error).toBe("stop");
  expect(host.workbook.cells(0, 1, 1, 1, 1)[0]?.[0]?.value).toBe("x");
});

it("19: an execution is killed before or after any external call", async () => {
  const left = (call: number, when: "before" | "after") => leftAfterKill("kept", { killAt: { call, when } });
  // Call 1 writes A1, call 2 flushes, call 3 writes A2.
  expect(await left(1, "before")).toBe("");
  expect(await left(1, "after")).toBe("1");
  expect(await left(3, "before")).toBe("1");
  expect(await left(3, "after")).toBe("12");
  const host = startHost(CODE);
  expect((await host.run("write", [], { killAt: { call: 2, when: "after" } })).outcome).toBe("killed");
});

it("a fault hits the external call of that number", async () => {
  const host = startHost(`function main() { const store = PropertiesService.getUserProperties(); const errors = [];
    for (const key of ["a", "b", "c"]) { try { store.setProperty(key, "x"); } catch (error) { errors.push(error.message); } } return errors; }`);
  const faults = {
    1: { kind: "service-error", message: "We're sorry" },
    2: { kind: "timeout", effectApplied: true },
  } as const;
  expect(valueFrom(await host.run("main", [], { faults }))).toEqual(["We're sorry", "Service timed out"]);
  expect(host.properties("user")).toEqual({ b: "x", c: "x" });
});

it("a test can act as the user right before an external call", async () => {
  const host =
    startHost(`function main() { const sheet = SpreadsheetApp.getActiveSheet(); const read = sheet.getRange("A1").getValue();
    sheet.getRange("B1").setValue("seen " + read); return sheet.getRange("A1:B1").getValues()[0]; }`);
  const names: string[] = [];
  const result = await host.run("main", [], {
    beforeCall: ({ number, method }) => {
      names.push(`${number} ${method}`);
      host.user.typeInto(0, 1, 1, "typed");
    },
  });
  expect(names).toEqual(["1 Range.setValue"]);
  expect(result.value).toEqual(["typed", "seen "]);
});
