import { fieldTypeName, findFields, fitsNoField } from "../../sidebar/state/find-fields";
import { CLOSED, pick } from "../../sidebar/state/picker-state";
import { FIELDS } from "../support/fake-rpc-data";

function names(query: string): readonly string[] {
  return findFields(FIELDS, query).map(({ name }) => name);
}

describe("searching a field", () => {
  it("gives all fields in their order while nothing is typed", () => {
    expect(findFields(FIELDS, "  ")).toBe(FIELDS);
  });

  it("finds by the start of the label first, then by a word, then inside", () => {
    expect(names("name")).toEqual(["firstname", "lastname", "company"]);
    expect(names("c").slice(0, 2)).toEqual(["company", "city"]);
  });

  it("finds by the internal name", () => {
    expect(names("hs_lead")).toEqual(["hs_lead_status"]);
  });

  it("finds by the type as people call it", () => {
    expect(names("date and time")).toEqual(["createdate"]);
    expect(names("choice")).toEqual(["lifecyclestage", "hs_lead_status"]);
  });

  it("wants every word, in any order and case, accents or not", () => {
    expect(names("STATUS lead")).toEqual(["hs_lead_status"]);
    expect(names("kapitans")).toHaveLength(1);
    expect(names("lead nothing")).toEqual([]);
  });

  it("puts an exact label before longer ones", () => {
    expect(names("survey answer 1")[0]).toBe("survey_answer_1");
  });

  it.each([
    ["not sync", true],
    ["Not synced", true],
    ["do not sync this column", true],
    ["city", false],
    ["not city", false],
  ])("takes %j for no field: %s", (query, expected) => {
    expect(fitsNoField(query)).toBe(expected);
  });

  it("shows an unknown type as the CRM calls it", () => {
    expect(fieldTypeName("hologram")).toBe("hologram");
  });
});

describe("the state of a field picker", () => {
  const open = pick(CLOSED, { kind: "open", active: 1 });

  it("starts at the chosen field and goes round at both ends", () => {
    expect(open).toEqual({ open: true, query: null, active: 1 });
    const up = pick(pick(open, { kind: "move", by: -1, length: 3 }), { kind: "move", by: -1, length: 3 });
    expect(up.active).toBe(2);
    expect(pick(up, { kind: "move", by: 1, length: 3 }).active).toBe(0);
  });

  it("stops at the ends when it moves by pages", () => {
    expect(pick(open, { kind: "move", by: 8, length: 3 }).active).toBe(2);
    expect(pick(open, { kind: "move", by: -8, length: 3 }).active).toBe(0);
  });

  it("begins at the best hit after typing, and points at nothing in an empty list", () => {
    const typed = pick(open, { kind: "type", query: "na" });
    expect(typed).toEqual({ open: true, query: "na", active: 0 });
    expect(pick(typed, { kind: "move", by: 1, length: 0 }).active).toBe(-1);
  });

  it("forgets what was typed when it closes", () => {
    expect(pick(pick(open, { kind: "type", query: "na" }), { kind: "close" })).toEqual(CLOSED);
  });

  it("stays as it is when it is opened twice", () => {
    expect(pick(open, { kind: "open", active: 0 })).toBe(open);
  });
});
