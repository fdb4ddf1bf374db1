import { toKeyForm } from "../../../src/adapters/hubspot/key-form";
import { normaliseValue, toHubspotValue } from "../../../src/adapters/hubspot/normalise-value";
import type { FieldType } from "../../../src/domain/schema";
import { buildField } from "../../support/fake-schema";

const field = (type: FieldType, trims = true) => buildField({ name: "x", type, trims });

describe("normaliseValue", () => {
  it.each<[FieldType, unknown, string]>([
    ["text", null, ""],
    ["text", undefined, ""],
    ["text", "", ""],
    ["text", " as it is ", " as it is "],
    ["text", "1762160400250", "1762160400250"],
    ["date", "2026-11-02", "2026-11-02"],
    ["date", "1793577600000", "2026-11-02"],
    ["date", "2026-11-02T00:00:00Z", "2026-11-02"],
    ["date", "next week", "next week"],
    ["datetime", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.000Z"],
    ["datetime", "2024-05-06T07:08:09.120Z", "2024-05-06T07:08:09.120Z"],
    ["datetime", "1762160400250", "2025-11-03T09:00:00.250Z"],
    ["datetime", "-86400000000", "1967-04-07T00:00:00.000Z"],
    ["datetime", "soon", "soon"],
    ["boolean", "true", "true"],
    ["boolean", "TRUE", "true"],
    ["boolean", true, "true"],
    ["boolean", "maybe", "maybe"],
    ["multi-choice", ";a;b", "a;b"],
    ["multi-choice", "a;;b;", "a;b"],
    ["email", " Ann@Example.COM ", "ann@example.com"],
    ["number", "12.50", "12.50"],
    ["number", 7, "7"],
  ])("takes %s %j as %j", (type, raw, expected) => {
    expect(normaliseValue(field(type), raw)).toBe(expected);
  });

  it("keeps a value of a property that it does not know", () => {
    expect(normaliseValue(null, "x;y")).toBe("x;y");
  });

  it("gives the same again when applied to its own answer", () => {
    const samples = ["1793577600000", ";a;b", "TRUE", "2024-05-06T07:08:09Z", " A@B.C "];
    for (const type of ["date", "datetime", "boolean", "multi-choice", "email"] as const) {
      for (const sample of samples) {
        const once = normaliseValue(field(type), sample);
        expect(normaliseValue(field(type), once)).toBe(once);
      }
    }
  });
});

describe("toHubspotValue", () => {
  it.each<[FieldType, boolean, string, string]>([
    ["number", true, " 5 ", "5"],
    ["number", true, "\u200b5\ufeff", "5"],
    ["choice", true, "\u00a0red ", "red"],
    ["choice", true, "\u00adred\u180e", "red"],
    ["date", true, "\u200e2026-11-02\u2064", "2026-11-02"],
    ["multi-choice", true, "\u200fa\u2060;\u00ad b\u200b", "a;b"],
    ["text", false, "\u200bkept", "\u200bkept"],
    ["boolean", true, "TRUE", "true"],
    ["multi-choice", true, ";a; b ;;", "a;b"],
    ["text", false, " kept ", " kept "],
    ["date", true, "2026-11-02", "2026-11-02"],
    ["email", true, "", ""],
  ])("sends %s (trims: %s) %j as %j", (type, trims, value, expected) => {
    expect(toHubspotValue(field(type, trims), value)).toBe(expected);
  });
});

describe("toKeyForm", () => {
  const domain = buildField({ name: "domain" });
  it.each([
    ["example.com", "example.com"],
    [" WWW.Example.com. ", "example.com"],
    ["https://www.example.com/about?x=1#y", "example.com"],
    ["http://user@example.com:8080/", "example.com"],
    ["www.com", "com"],
    ["", ""],
  ])("takes the domain %j as %j", (value, expected) => {
    expect(toKeyForm(domain, value)).toBe(expected);
  });

  it("leaves other keys whole but for case, outer blanks and composition", () => {
    expect(toKeyForm(buildField({ name: "name" }), "  Müller / Söhne ")).toBe("müller / söhne");
    expect(toKeyForm(buildField({ name: "name" }), "Mu\u0308ller")).toBe("müller");
  });
});
