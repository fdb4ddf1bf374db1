import { BundleWorld, closeWorlds } from "../support/bundle-world";
import type { FaultKind } from "../../workbench/crm/fault-list";
afterAll(closeWorlds);
const FAULTS: Record<string, FaultKind> = {
  "401": { kind: "status", status: 401, body: { status: "error", message: "The OAuth token used to make this call expired 75 second(s) ago.", category: "EXPIRED_AUTHENTICATION" } },
  "403": { kind: "status", status: 403, body: { status: "error", message: "One or more of the following scopes are required.", category: "MISSING_SCOPES", context: { requiredGranularScopes: ["crm.objects.contacts.write"] } } },
  burst: { kind: "rate-limit", policy: "ten-secondly" }, search: { kind: "rate-limit", policy: "secondly" }, daily: { kind: "rate-limit", policy: "daily" },
  "500": { kind: "status", status: 500 }, html: { kind: "html", status: 502 }, html200: { kind: "html", status: 200 }, json: { kind: "status", status: 200, body: '{"results":[{"id":"1"', headers: {"content-type":"application/json"} }, drop: { kind: "drop-after-effect" },
  "400": { kind: "status", status: 400, body: { status: "error", message: "There was a problem with the request." } },
  "404": { kind: "html", status: 404 },
};
it("scratch", async () => {
  const w = await BundleWorld.start({ contacts: 6 });
  const { mappingId, tabId } = await w.mapPeople();
  await w.run(mappingId, "pull");
  let n = 0;
  const lines: string[] = [];
  for (const [name, fault] of Object.entries(FAULTS)) for (const path of ["/batch/read", "/objects/", "batch/create", "batch/update", "account-info", "/properties/"]) for (const times of [1, 1000]) {
    n++;
    const row = w.cells(tabId).length + 1;
    w.host.user.typeInto(tabId, 2, 5, `Title ${n}`);
    w.host.user.paste(tabId, row, 1, [["New", `N${n}`, `n${n}@example.com`, "", "", ""]]);
    w.crm.fault({ ...fault, path, times });
    const t0 = w.host.now();
    let said = ""; let phase = "";
    try { const run = await w.run(mappingId, "both", {}); phase = run.phase; said = JSON.stringify([run.totals.created, run.totals.updated, run.totals.errors, run.error?.code, run.error?.message, run.error?.hint, run.messages.map((m) => m.message)]); } catch (e) { said = `${(e as Error).name} ${(e as { code?: string }).code} ${(e as Error).message}`; }
    w.crm.clearFaults();
    let end = "";
    try { const again = await w.run(mappingId, "both", {}); if (again.phase === "waiting" || again.error) end = JSON.stringify(again.error); const third = await w.run(mappingId, "both", {}); end += ` ${again.totals.errors} ${third.totals.processed} ${JSON.stringify(third.messages).slice(0,200)}`; } catch (e) { end = `${(e as Error).message}`; }
    const rec = w.contactByEmail(`n${n}@example.com`);
    const count = w.contacts().filter((c) => c.properties.email === `n${n}@example.com`).length;
    const ok = count === 1 && w.texts(tabId)[row - 2]?.["CRM record ID"] === rec?.id && w.contacts().some((c) => c.properties.jobtitle === `Title ${n}`);
    { lines.push(`${name} ${path} ${times} -> ${phase} ${said.slice(0, 500)} || ${ok ? "OK" : "BAD"} ${count} ${end} ${Math.round((w.host.now() - t0)/1000)}s`); require("node:fs").writeFileSync("/tmp/faults.txt", lines.join("\n")); }
  }
  require("node:fs").writeFileSync("/tmp/faults.txt", lines.join("\n"));
}, 600000);
