import { type Direction, runDirection } from "../../src/domain/mapping";
import { isPending } from "../../src/domain/row";
import { runTypeName } from "../../src/domain/run";
import { findField } from "../../src/domain/schema";
import { CITY, PEOPLE } from "../support/merge-builders";

describe("directions", () => {
  it.each<[column: Direction, run: Direction, moves: Direction | null]>([
    ["both", "both", "both"],
    ["both", "pull", "pull"],
    ["both", "push", "push"],
    ["pull", "both", "pull"],
    ["pull", "pull", "pull"],
    ["pull", "push", null],
    ["push", "both", "push"],
    ["push", "pull", null],
    ["push", "push", "push"],
  ])("a column that moves %s moves in a run that moves %s: %s", (column, run, moves) => {
    expect(runDirection(column, run)).toBe(moves);
  });

  it("has a name for people", () => {
    expect((["pull", "push", "both"] as const).map(runTypeName)).toEqual(["Pull", "Push", "Sync both ways"]);
  });
});

describe("rows and fields", () => {
  it("tells the token of a create on its way from an id", () => {
    expect(isPending("pending:t1")).toBe(true);
    expect(["", "501", "my pending:t1"].some(isPending)).toBe(false);
  });

  it("finds a field by its name, which is case-sensitive", () => {
    expect(findField(PEOPLE, "city")).toBe(CITY);
    expect(findField(PEOPLE, "City")).toBeNull();
  });
});
