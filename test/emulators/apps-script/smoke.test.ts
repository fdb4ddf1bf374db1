import { evaluate, startHost, valueFrom } from "./support/start-host";

it("runs", async () => {
  const t0 = performance.now();
  const v = await evaluate(`
    const s = SpreadsheetApp.getActiveSpreadsheet().getActiveSheet();
    s.getRange(1,1,2,3).setValues([["007","1/2","TRUE"],["=A1*2", "+1 555", "'007"]]);
    const r = s.getRange("A1:C2");
    console.log("hello %s", "x");
    return [JSON.stringify(r.getValues()), r.getDisplayValues(), r.getFormulas(), s.getLastRow(), r.getA1Notation(), new Date().toString(), r.getValues()[0][1] instanceof Date, typeof URL, Object.prototype.toString.call(console)];
  `);
  console.log(JSON.stringify(v), performance.now() - t0);
});
it("locks", async () => {
  const h =
    startHost(`function inc(){ for(let i=0;i<50;i++){ const l=LockService.getScriptLock(); l.waitLock(100000); const p=PropertiesService.getScriptProperties(); const n=Number(p.getProperty('n')||0); p.setProperty('n', String(n+1)); l.releaseLock(); } }
  function racy(){ for(let i=0;i<50;i++){ const p=PropertiesService.getScriptProperties(); const n=Number(p.getProperty('m')||0); p.setProperty('m', String(n+1)); } }`);
  const rs = await Promise.all([1, 2, 3, 4].map(() => h.run("inc")));
  console.log(
    h.properties("script"),
    rs.map((r) => [r.outcome, r.durationMs, r.error]),
  );
  await Promise.all([1, 2, 3, 4].map(() => h.run("racy")));
  console.log(h.properties("script"));
});
it("big", async () => {
  const h =
    startHost(`function main(){ const rows=[]; for(let i=0;i<10000;i++){ rows.push(["name "+i, i, "x"+i, new Date(2026,0,1), true, "a@b.c", i/3, "t", "2026-01-02", ""]);}
   const s=SpreadsheetApp.getActiveSheet(); s.insertRowsAfter(1000, 9000); const r=s.getRange(1,1,10000,10); r.setValues(rows); return r.getValues().length; }`);
  for (let i = 0; i < 3; i++) {
    const t0 = performance.now();
    const r = await h.run("main");
    console.log(r.outcome, r.error, performance.now() - t0);
    break;
  }
  const t0 = performance.now();
  await h.run("main").then((r) => console.log(r.outcome, r.error));
  console.log(performance.now() - t0);
});
