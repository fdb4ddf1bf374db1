import { makeId, toId18 } from "../../../workbench/crm/salesforce/rows/record-id";
import { describeRecorded, readAllFixtures } from "./read-fixture";

describe("ids of the Salesforce sandbox", () => {
  it("have 18 characters, rise with every row and pass their own check", () => {
    const ids = [1, 2, 61, 62, 3_900].map((n) => makeId("003", "Aa00000", n));
    expect(ids.map((id) => [id.length, toId18(id)])).toEqual(ids.map((id) => [18, id]));
    expect([...ids].sort()).toEqual(ids);
  });

  it("are the same with 15 characters, and none with another case or a wrong checksum", () => {
    const id = makeId("001", "Aa00000", 12_345);
    expect(toId18(id.slice(0, 15))).toBe(id);
    expect(toId18(id.toLowerCase())).toBeNull();
    expect(toId18(`${id.slice(0, 17)}${id.endsWith("0") ? "1" : "0"}`)).toBeNull();
    expect(["", "003", "not an id at all", `${id}x`].map(toId18)).toEqual([null, null, null, null]);
  });
});

describeRecorded("ids of recorded answers", 1, () => {
  it("pass the check of the sandbox, but for the placeholders that their authors put in", () => {
    const ids = new Set(
      readAllFixtures().flatMap((text) => text.match(/"(?:001|003|005|006|00Q|012|750|751)[A-Za-z0-9]{15}"/g) ?? []),
    );
    const real = [...ids].map((quoted) => quoted.slice(1, -1)).filter((id) => !/ACCOUNTID|ORGID/.test(id));
    expect(real.length).toBeGreaterThan(70);
    expect(real.filter((id) => toId18(id) !== id)).toEqual([]);
  });
});
