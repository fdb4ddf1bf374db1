import { shadowAfter, shadowsAfterCreate, shadowsAfterUpdate, shadowsOfAdoptions } from "../../src/merge/next-shadows";
import { planSync } from "../../src/merge/plan-sync";
import {
  buildPlanField,
  buildPlanInput,
  buildRecord,
  buildRow,
  buildSnapshot,
  PEOPLE,
} from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;

function operationOf(kind: "create" | "update", cells: readonly string[], pulled: readonly string[] = []) {
  const linked = kind === "update";
  const fields = PEOPLE.fields.map((field) =>
    buildPlanField(field, { direction: pulled.includes(field.name) ? "pull" : "both" }),
  );
  const spec = { records: [buildRecord("1", ...ANN)], snapshot: buildSnapshot({ 1: ANN }) };
  const plan = planSync(
    buildPlanInput({ rows: [buildRow(2, linked ? "1" : "", ...cells)], fields, ...(linked ? spec : {}) }),
  );
  return plan.operations[0];
}

describe("the base after a write", () => {
  it("takes what the CRM answered, not what was sent", () => {
    const operation = operationOf("update", ["Ann@Y.com", "Ann", "Rome"]);
    if (operation?.kind !== "update") throw new Error("no update was planned");
    expect(shadowsAfterUpdate(operation, buildRecord("1", "ann@y.com", "Other"))).toEqual({
      email: { sheet: "tAnn@Y.com", crm: "ann@y.com" },
    });
  });

  it("takes what was sent where the answer does not hold the field", () => {
    const operation = operationOf("update", ["new@x.com", "Ann", "Rome"]);
    if (operation?.kind !== "update") throw new Error("no update was planned");
    const answer = { ...buildRecord("1"), values: {} };
    expect(shadowsAfterUpdate(operation, answer)).toEqual({ email: { sheet: "tnew@x.com", crm: "new@x.com" } });
    expect(shadowsAfterUpdate(operation, null)).toEqual({ email: { sheet: "tnew@x.com", crm: "new@x.com" } });
  });

  it("I15 knows what an undo put back from what a sync wrote: only that is apart on purpose", () => {
    const operation = operationOf("update", ["new@x.com", "Ann", "Rome"]);
    if (operation?.kind !== "update") throw new Error("no update was planned");
    const changes = operation.changes.map((change) => ({ ...change, rule: "I15" }));
    const answer = buildRecord("1", "new@x.com");
    expect(shadowsAfterUpdate({ ...operation, changes }, answer)).toEqual({
      email: { sheet: "tnew@x.com", crm: "new@x.com", apart: true },
    });
    expect(shadowAfter("F3", { sheet: "tA", crm: "A" })).toEqual({ sheet: "tA", crm: "A" });
  });

  it("counts blanks of a create as blank on both sides, so that a default of the CRM comes in as its change", () => {
    const operation = operationOf("create", ["ann@x.com", "Ann"]);
    if (operation?.kind !== "create") throw new Error("no create was planned");
    expect(shadowsAfterCreate(operation, buildRecord("1", "ann@x.com", "Ann", "Default"))).toEqual({
      email: { sheet: "tann@x.com", crm: "ann@x.com" },
      name: { sheet: "tAnn", crm: "Ann" },
      city: { sheet: "", crm: "" },
    });
  });

  it("counts a cell of spaces as blank, which a create does not send", () => {
    const operation = operationOf("create", ["ann@x.com", "Ann", "  "]);
    if (operation?.kind !== "create") throw new Error("no create was planned");
    expect(shadowsAfterCreate(operation, buildRecord("1", "ann@x.com", "Ann"))).toMatchObject({
      city: { sheet: "t  ", crm: "" },
    });
  });

  it("keeps no base of a filled cell that a create did not send", () => {
    const operation = operationOf("create", ["ann@x.com", "Ann", "Rome"], ["city"]);
    if (operation?.kind !== "create") throw new Error("no create was planned");
    expect(Object.keys(shadowsAfterCreate(operation, buildRecord("1", ...ANN)))).toEqual(["email", "name"]);
  });

  it("groups adoptions by record", () => {
    const adoption = (recordId: string, field: string) => ({ recordId, field, sheet: "tA", crm: "A" });
    const grouped = shadowsOfAdoptions([adoption("1", "name"), adoption("2", "name"), adoption("1", "city")]);
    expect([...grouped].map(([id, shadows]) => [id, Object.keys(shadows)])).toEqual([
      ["1", ["name", "city"]],
      ["2", ["name"]],
    ]);
    expect(grouped.get("2")).toEqual({ name: { sheet: "tA", crm: "A" } });
  });
});
