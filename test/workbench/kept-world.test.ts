import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorkbench } from "../../workbench/server/create-workbench";
import { smallProject } from "./small-script";

const folder = mkdtempSync(join(tmpdir(), "workbench-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("goes on where the last start ended, and forgets on demand", async () => {
  const first = await createWorkbench({ ...smallProject, persist: folder });
  const tabId = first.host.workbook.activeTabId();
  await first.host.run("writeRows");
  await first.host.run("store");
  first.hubspot.control.create("contacts", { email: "kept@x.example" });
  await first.close();
  expect(statSync(join(folder, "world.json")).mode & 0o077).toBe(0);

  const second = await createWorkbench({ ...smallProject, persist: folder });
  expect(second.host.workbook.cells(tabId, 2, 1, 1, 1)[0]?.[0]).toMatchObject({
    value: "Zoe <b>x</b>",
    note: "A <i>note</i>",
  });
  expect(second.host.properties("user").schedule).toBe("daily");
  expect(second.hubspot.control.all("contacts")).toHaveLength(6);
  expect(second.hubspot.token).toBe(first.hubspot.token);
  await second.close();

  const third = await createWorkbench({ ...smallProject, persist: folder, fresh: true });
  expect(third.host.workbook.used(third.host.workbook.activeTabId()).rows).toBe(0);
  expect(third.hubspot.control.all("contacts")).toHaveLength(5);
  await third.close();
});

it("takes the next port when the wanted one is taken", async () => {
  const first = await createWorkbench(smallProject);
  const port = Number(new URL(first.url).port);
  const second = await createWorkbench({ ...smallProject, port });
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  await Promise.all([first.close(), second.close()]);
});
