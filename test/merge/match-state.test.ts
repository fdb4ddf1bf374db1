import { MatchState, showRows } from "../../src/merge/match-state";
import { buildPlanInput, buildRow } from "../support/merge-builders";

describe("what is found about a row", () => {
  it.each([
    ["an id", "17", "17"],
    ["no id", "", null],
    ["the token of a create on its way", "pending:t1", null],
    ["the mark of an unlinked row", "unlinked:17", null],
  ])("names the record of a row with %s", (_title, id, recordId) => {
    const state = new MatchState(buildPlanInput());
    state.error("R3", buildRow(4, id), "Two records have this key.", "email");
    state.note("R14", buildRow(5, id), "Cannot be read.");
    expect(state.findings).toEqual([
      {
        severity: "error",
        rule: "R3",
        rowNumber: 4,
        recordId,
        title: "Row 4",
        message: "Two records have this key.",
        field: "email",
      },
      {
        severity: "note",
        rule: "R14",
        rowNumber: 5,
        recordId,
        title: "Row 5",
        message: "Cannot be read.",
        field: null,
      },
    ]);
  });

  it("names one row and several rows in words", () => {
    expect(showRows([3])).toBe("row 3");
    expect(showRows([3, 5])).toBe("rows 3, 5");
  });
});
