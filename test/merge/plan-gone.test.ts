import type { GonePolicy } from "../../src/domain/mapping";
import { planSync } from "../../src/merge/plan-sync";
import { buildPlanInput, buildRow, buildSnapshot, type WorldSpec } from "../support/merge-builders";

const ANN = ["ann@x.com", "Ann", "Rome"] as const;
const snapshot = buildSnapshot({ 1: ANN });
const gonePlan = (gone: GonePolicy, more: WorldSpec = {}) =>
  planSync(buildPlanInput({ rows: [buildRow(2, "1", ...ANN)], snapshot, gone, ...more }));

describe("a row whose record is gone", () => {
  it("R6 is marked under its number, with the record that it had", () => {
    expect(gonePlan("mark").findings).toEqual([
      {
        severity: "note",
        rule: "R6",
        rowNumber: 2,
        recordId: "1",
        field: null,
        title: "Row 2",
        message: "Deleted in the CRM. The row was kept.",
      },
    ]);
  });

  it.each<GonePolicy>(["remove-row", "unlink"])("R6 %s calls it by what the row shows", (gone) => {
    const titles = (more?: WorldSpec) => gonePlan(gone, more).operations.map(({ title }) => title);
    expect(titles()).toEqual(["Ann Rome (ann@x.com)"]);
    expect(titles({ keyField: null })).toEqual(["ann@x.com Ann"]);
  });

  it("R6 R18 is called by the cells that it has where a column is suspended", () => {
    const row = buildRow(2, "1", ...ANN);
    const { city: _city, ...cells } = row.cells;
    const plan = gonePlan("unlink", { rows: [{ ...row, cells }] });
    expect(plan.operations.map(({ title }) => title)).toEqual(["Ann (ann@x.com)"]);
  });
});
