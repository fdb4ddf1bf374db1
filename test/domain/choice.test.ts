import { readChoice, readChoices, showChoice } from "../../src/domain/choice";
import type { Field, Option } from "../../src/domain/schema";
import { buildField } from "../support/fake-schema";

function choiceField(...options: readonly Option[]): Field {
  return buildField({ name: "stage", type: "choice", options });
}

const PLAIN = choiceField({ value: "lead", label: "Lead" }, { value: "won", label: "Closed won" });
const REPEATED = choiceField(
  { value: "a", label: "Other" },
  { value: "b", label: "Other" },
  { value: "c", label: "New" },
);
const CROSSED = choiceField({ value: "1", label: "2" }, { value: "2", label: "1" });
const FOODS = choiceField(
  { value: "wine", label: "Food, wine" },
  { value: "art", label: "Art" },
  { value: "semi", label: "A;B" },
  { value: "music", label: "Music" },
);
const FREE = buildField({ name: "tags", type: "multi-choice" });
const LISTS = { "plain labels": PLAIN, "a repeated label": REPEATED, "crossed labels": CROSSED, "no options": FREE };

describe("one option", () => {
  it.each<[keyof typeof LISTS, string, string]>([
    ["plain labels", "lead", "lead"],
    ["plain labels", "Lead", "lead"],
    ["plain labels", "  closed WON ", "won"],
    ["plain labels", "Closed won (won)", "won"],
    ["a repeated label", "Other (a)", "a"],
    ["a repeated label", "other (B)", "b"],
    ["a repeated label", "b", "b"],
    ["crossed labels", "1", "1"],
    ["crossed labels", "2 (1)", "1"],
    ["no options", " anything ", "anything"],
  ])("with %s: %j means %j", (list, text, value) => {
    expect(readChoice(LISTS[list], text)).toEqual({ kind: "option", value });
  });

  it("names the candidates where a label stands for several options", () => {
    const read = readChoice(REPEATED, "Other");
    expect(read).toMatchObject({ kind: "invalid" });
    expect(read.kind === "invalid" ? read.reason : "").toMatch(/several options/);
  });

  it("tells options with one label apart in that message", () => {
    const read = readChoice(REPEATED, "Other");
    expect(read.kind === "invalid" ? read.reason : "").toContain("Other (a) or Other (b)");
  });

  it("names the allowed options, hidden ones not, and cuts a long list", () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ value: `v${at}`, label: `Label ${at}` }));
    const read = readChoice(choiceField({ value: "old", label: "Old", hidden: true }, ...many), "nothing");
    const reason = read.kind === "invalid" ? read.reason : "";
    expect(reason).toBe(
      '"nothing" is not an option; allowed: Label 0, Label 1, Label 2, Label 3, Label 4, Label 5, Label 6, Label 7 and 4 more',
    );
  });

  it("promises no more options than it names, and names one without a label by its value", () => {
    const eight = Array.from({ length: 7 }, (_, at) => ({ value: `v${at}`, label: `L${at}` }));
    const field = choiceField(...eight, { value: "bare", label: " " }, { value: "old", label: "Old", hidden: true });
    expect(readChoice(field, "nothing")).toEqual({
      kind: "invalid",
      reason: '"nothing" is not an option; allowed: L0, L1, L2, L3, L4, L5, L6, bare',
    });
  });

  it("takes a label for the option although the CRM holds it with spaces around", () => {
    const field = choiceField({ value: "s1", label: " Lead " }, { value: "s2", label: "Won" });
    expect(readChoice(field, "Lead")).toEqual({ kind: "option", value: "s1" });
    expect(readChoice(field, showChoice(field, "s1"))).toEqual({ kind: "option", value: "s1" });
  });

  it.each<[keyof typeof LISTS, string, string]>([
    ["plain labels", "won", "Closed won"],
    ["a repeated label", "a", "Other (a)"],
    ["a repeated label", "c", "New"],
    ["crossed labels", "1", "2 (1)"],
    ["plain labels", "removed_option", "removed_option"],
  ])("with %s: %j is shown as %j", (list, value, shown) => {
    expect(showChoice(LISTS[list], value)).toBe(shown);
  });

  it("takes a hidden option that a record holds", () => {
    const field = choiceField({ value: "old", label: "Old stage", hidden: true });
    expect(readChoice(field, showChoice(field, "old"))).toEqual({ kind: "option", value: "old" });
  });

  it.each(["", " "])("shows an option with the label %j by its value", (label) => {
    expect(showChoice(choiceField({ value: "x", label }), "x")).toBe("x");
  });

  it("tells two options apart whose values differ only in case", () => {
    const field = choiceField({ value: "a", label: "Same" }, { value: "A", label: "Same" });
    expect(readChoice(field, showChoice(field, "a"))).toEqual({ kind: "option", value: "a" });
  });
});

describe("several options", () => {
  it.each([
    ["Music; Art", ["art", "music"]],
    ["Music, Art", ["art", "music"]],
    ["Music\nArt\r\n", ["art", "music"]],
    ["music;Music;MUSIC", ["music"]],
    ["Food, wine", ["wine"]],
    ["Food, wine; Art", ["art", "wine"]],
    ["; ;Art;", ["art"]],
    ["", []],
    [" ; ", []],
    ["A;B", ["semi"]],
    ["Art; semi", ["art", "semi"]],
  ])("%j means %j", (text, values) => {
    expect(readChoices(FOODS, text)).toEqual({ kind: "options", values });
  });

  it("refuses the whole cell when one part is no option", () => {
    const read = readChoices(FOODS, "Art; Chess");
    expect(read.kind === "invalid" ? read.reason : "").toContain('"Chess" is not an option');
  });

  it("takes a blank for no option, although one has no label", () => {
    const field = choiceField({ value: "bare", label: "" }, { value: "art", label: "Art" });
    expect(readChoices(field, " ")).toEqual({ kind: "options", values: [] });
  });

  it("takes any text where the CRM keeps no list", () => {
    expect(readChoices(FREE, "b; a")).toEqual({ kind: "options", values: ["a", "b"] });
  });
});
