import { recordTitle } from "../../src/merge/plan-input";
import { buildPlanField, PEOPLE } from "../support/merge-builders";

const FIELDS = PEOPLE.fields.map((field) => buildPlanField(field));
const LONG = "x".repeat(80);
const CUT = `${"x".repeat(79)}…`;

/** Title of a record with these values; a field without one is blank. */
function titleOf(keyField: string | null, values: Readonly<Record<string, string>>): string {
  return recordTitle(FIELDS, keyField, (name) => values[name] ?? "");
}

describe("what a message calls a record", () => {
  it.each([
    ["names and key", "email", { email: "ann@x.com", name: "Ann", city: "Rome" }, "Ann Rome (ann@x.com)"],
    ["names without a key", "email", { name: "Ann", city: "Rome" }, "Ann Rome"],
    ["the key alone", "email", { email: "ann@x.com" }, "ann@x.com"],
    ["the first two filled fields", null, { email: "ann@x.com", name: "Ann", city: "Rome" }, "ann@x.com Ann"],
    ["no more than is filled", null, { city: "Rome" }, "Rome"],
    ["nothing at all", "email", {}, "Unnamed"],
    ["80 characters of a field", "email", { name: LONG }, LONG],
    ["79 of a longer one", "email", { name: `${LONG}x`, email: `${LONG}x` }, `${CUT} (${CUT})`],
  ])("%s", (_title, keyField, values, title) => {
    expect(titleOf(keyField, values)).toBe(title);
  });

  it("asks for no key where the mapping has none", () => {
    expect(recordTitle(FIELDS, null, (name) => `the ${name.toLowerCase()}`)).toBe("the email the name");
  });
});
