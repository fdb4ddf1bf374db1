import {
  acceptSuggestions,
  allowedDirections,
  assignField,
  columnLetter,
  isListed,
  mappedColumns,
  openSuggestions,
  setColumnBlank,
  setColumnDirection,
  setMappingDirection,
} from "../../sidebar/state/mapping-draft";
import type { ColumnDraft, MappingDraft } from "../../src/contract/views";
import { editorOf, FIELDS } from "../support/fake-rpc-data";

const DRAFT = editorOf(8).draft;
const READ_ONLY = FIELDS.find(({ readOnly }) => readOnly) ?? null;

function column(draft: MappingDraft, number: number): ColumnDraft {
  const found = draft.columns.find((one) => one.column === number);
  if (!found) throw new Error(`no column ${number}`);
  return found;
}

describe("the draft of a mapping", () => {
  it("binds a column by hand, so that it is no suggestion any more", () => {
    const next = assignField(DRAFT, 4, "city", FIELDS);
    expect(column(next, 4)).toMatchObject({ field: "city", suggestion: "none", direction: "both" });
    expect(column(DRAFT, 4).field).toBe("phone");
  });

  it("takes a column out", () => {
    expect(column(assignField(DRAFT, 1, null, FIELDS), 1).field).toBeNull();
  });

  it("only reads a read-only field", () => {
    expect(allowedDirections("both", READ_ONLY)).toEqual(["pull"]);
    expect(column(assignField(DRAFT, 1, "createdate", FIELDS), 1).direction).toBe("pull");
  });

  it("gives a column its way back when the field can be written", () => {
    const pushed = { ...DRAFT, direction: "push" } as const;
    expect(column(assignField(pushed, 6, "city", FIELDS), 6).direction).toBe("push");
  });

  it("lets a column that was only read go the mapping's way again, also by way of no field", () => {
    expect(column(DRAFT, 6)).toMatchObject({ field: "createdate", direction: "pull" });
    expect(column(assignField(DRAFT, 6, "city", FIELDS), 6).direction).toBe("both");
    const open = assignField(DRAFT, 6, null, FIELDS);
    expect(column(assignField(open, 6, "city", FIELDS), 6).direction).toBe("both");
  });

  it.each([["pull"], ["push"]] as const)("never lets a column be wider than a mapping that only goes %s", (way) => {
    expect(allowedDirections(way, null)).toEqual([way]);
    const next = setMappingDirection(DRAFT, way, FIELDS);
    const widths = new Set(
      next.columns.filter(({ field }) => field !== "createdate").map(({ direction }) => direction),
    );
    expect([...widths]).toEqual([way]);
  });

  it("keeps narrower columns narrow when the mapping turns both ways", () => {
    const narrow = setColumnDirection(DRAFT, 2, "pull");
    expect(column(setMappingDirection(narrow, "both", FIELDS), 2).direction).toBe("pull");
    expect(column(setMappingDirection(setMappingDirection(DRAFT, "pull", FIELDS), "both", FIELDS), 1).direction).toBe(
      "both",
    );
  });

  it("sets what a blank cell means for one column only", () => {
    const next = setColumnBlank(DRAFT, 2, "keep");
    expect([column(next, 2).blank, column(next, 3).blank]).toEqual(["keep", "clear"]);
  });

  it("counts suggestions that nobody accepted, and accepts one or all", () => {
    expect(openSuggestions(DRAFT)).toHaveLength(5);
    expect(openSuggestions(DRAFT, "likely")).toHaveLength(2);
    expect(openSuggestions(acceptSuggestions(DRAFT, 4))).toHaveLength(4);
    const all = acceptSuggestions(DRAFT);
    expect(openSuggestions(all)).toHaveLength(0);
    expect(mappedColumns(all)).toHaveLength(6);
  });

  it("lists columns by what is open, to be checked or wrong", () => {
    const issues = [{ level: "warning", column: 1, message: "x" }] as const;
    const listed = (choice: Parameters<typeof isListed>[0]) =>
      DRAFT.columns.filter((one) => isListed(choice, one, issues)).map((one) => one.column);
    expect(listed("all")).toHaveLength(8);
    expect(listed("open")).toEqual([7, 8]);
    expect(listed("suggested")).toEqual([4, 5]);
    expect(listed("issues")).toEqual([1]);
  });

  it.each([
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [52, "AZ"],
    [53, "BA"],
    [702, "ZZ"],
    [703, "AAA"],
  ])("calls column %i %s", (number, letter) => {
    expect(columnLetter(number)).toBe(letter);
  });
});
