import { MatchState, showOthers, showSome } from "../../src/merge/match-state";
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
    const rows = [3, 5, 6, 7, 8, 9, 10, 11].map((rowNumber) => buildRow(rowNumber, ""));
    const others = (count: number, at: number) => showOthers(rows.slice(0, count), rows[at] ?? buildRow(0, ""));
    expect([others(2, 1), others(3, 0), others(6, 0)]).toEqual(["row 3", "rows 5, 6", "rows 5, 6, 7, 8, 9"]);
    expect([others(7, 6), others(8, 0)]).toEqual(["rows 3, 5, 6, 7, 8 and 1 more", "rows 5, 6, 7, 8, 9 and 2 more"]);
    expect([showSome(["a"]), showSome([1, 2, 3, 4, 5]), showSome([1, 2, 3, 4, 5, 6])]).toEqual([
      "a",
      "1, 2, 3, 4, 5",
      "1, 2, 3, 4, 5 and 1 more",
    ]);
  });
});
