import { BundleWorld } from "../support/bundle-world";

const TEXTS = ["007","+39 06 123456",'=HYPERLINK("http://x","y")',"'quoted","1/2","12345678901234567890","🙂 smile","TRUE","2026-01-02","2026-01-02 10:00","42","1,5","   "," lead and trail ","-x","@x","1e5","12%","$5","\ttab","line\nbreak","crlf\r\nbreak","a;b","Müller ß","e\u0301 NFD","#N/A","Loading...","x".repeat(49999),"€5","10:30","Jan 5","'", "=", "''double", "\u00a0nbsp", "FALSE", "wahr", "1.234,5", "0x1F", "(5)", "+", "-", "null", "undefined", "#REF!", "\u200bzero width", "a\u0000b"];
it("scratch", async () => {
  const w = await BundleWorld.start({ contacts: 0 });
  w.crm.defineProperty("contacts", { name: "rt_text", type: "string", fieldType: "text" });
  w.crm.defineProperty("contacts", { name: "rt_area", type: "string", fieldType: "textarea" });
  w.crm.defineProperty("contacts", { name: "rt_phone", type: "phone_number", fieldType: "phonenumber" });
  TEXTS.forEach((t, i) => w.crm.create("contacts", { email: `p${i}@example.com`, rt_text: t, rt_area: t, rt_phone: t }));
  const { mappingId, tabId } = await w.mapFields(["email", "rt_text", "rt_area", "rt_phone"]);
  const run = await w.run(mappingId, "pull", {});
  console.log(JSON.stringify(run.totals), run.phase, JSON.stringify(run.error), JSON.stringify(run.messages).slice(0, 2000));
  const rows = w.rows(tabId);
  console.log(Object.keys(rows[0] ?? {}));
  rows.forEach((r, i) => { for (const f of ["rt_text","rt_area","rt_phone"]) { const c = r[f]!; const t = TEXTS[Number(/p(\d+)@/.exec(String(r.email?.value))![1])]!; if (c.value !== t || c.formula !== null || c.display !== t) console.log(i, f, JSON.stringify(t).slice(0,60), JSON.stringify(c).slice(0,200)); } });
  const second = await w.run(mappingId, "both");
  console.log(second.phase, JSON.stringify(second.plan?.counts), JSON.stringify(second.totals), JSON.stringify(second.messages).slice(0, 3000));
}, 60000);
