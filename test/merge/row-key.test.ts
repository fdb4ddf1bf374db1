import { canonicalKey } from "../../src/domain/canonical-key";
import type { Field } from "../../src/domain/schema";
import { BLANK, type SheetValue } from "../../src/domain/value";
import { UTC } from "../../src/domain/zone";
import { readRowKey } from "../../src/merge/row-key";
import { buildField } from "../support/fake-schema";
import { EMAIL, NAME } from "../support/merge-builders";

const KEYS: Readonly<Record<string, Field>> = {
  "an e-mail": EMAIL,
  "a domain": buildField({ name: "domain" }),
  "a web address": buildField({ name: "site", type: "url" }),
  "a name": NAME,
  "a unique text": buildField({ name: "customer_number", unique: true }),
  "a choice": buildField({ name: "stage", type: "choice" }),
  "a loose text": buildField({ name: "code", trims: false }),
  "a field called hs_domain": buildField({ name: "hs_domain", unique: true }),
  "a field called domain_notes": buildField({ name: "domain_notes", unique: true }),
  "a number": buildField({ name: "number", type: "number", unique: true }),
};

function keyOf(kind: string, value: string): string {
  return canonicalKey(KEYS[kind] ?? NAME, value, UTC);
}

describe("keys", () => {
  it.each([
    ["an e-mail", " Ann@X.com ", "ann@x.com"],
    ["a domain", "https://www.Acme.com/about?x=1#top", "acme.com"],
    ["a domain", "acme.com.", "acme.com"],
    ["a domain", " acme.com ", "acme.com"],
    ["a domain", "acme.com:8443/about", "acme.com"],
    ["a domain", "3m.com://about", "3m.com"],
    ["a domain", "ann@acme.com", "acme.com"],
    ["a domain", "https://ann:secret@acme.com/", "acme.com"],
    ["a domain", "https://acme.com/@ann", "acme.com"],
    ["a domain", "https://acme.com?mail=ann@other.com", "acme.com"],
    ["a domain", "acme.com#ann@other.com", "acme.com"],
    ["a domain", "acme.com/a\nb", "acme.com"],
    ["a web address", "http://acme.com", "ACME.com/"],
    ["a loose text", " ACME Ltd", "acme ltd"],
    ["a name", " ACME Ltd", "Acme ltd "],
    ["a name", "Cafe\u0301", "Caf\u00e9"],
    ["a number", "007.0", "7"],
  ])("of %s: %j equals %j", (kind, one, other) => {
    expect(keyOf(kind, one)).toBe(keyOf(kind, other));
  });

  it.each([
    ["a domain", "shop.acme.com", "acme.com"],
    ["a domain", "acme.com", "acme.org"],
    ["a domain", "my.www.acme.com", "my.acme.com"],
    ["a name", "Straße", "STRASSE"],
    ["a choice", "red", "Red"],
    ["a field called hs_domain", "www.acme.com", "acme.com"],
    ["a field called domain_notes", "www.acme.com", "acme.com"],
    ["a name", "Acme", "Acme Ltd"],
    ["a unique text", "ab-1", "AB-1"],
    ["an e-mail", "ann@x.com", "ann@y.com"],
  ])("of %s: %j does not equal %j", (kind, one, other) => {
    expect(keyOf(kind, one)).not.toBe(keyOf(kind, other));
  });

  it.each([
    ["IDN folded", "münchen.de", "xn--mnchen-3ya.de"],
    ["without port", "acme.com:443", "acme.com"],
  ])("of a domain are hosts, %s: %j equals %j", (_title, one, other) => {
    expect(keyOf("a domain", one)).toBe(keyOf("a domain", other));
  });

  it.each<[SheetValue, string]>([
    [BLANK, ""],
    [{ kind: "text", text: "  " }, ""],
    [{ kind: "text", text: " Ann@X.com" }, "ann@x.com"],
  ])("a cell %j has the key %j", (value, key) => {
    expect(readRowKey(EMAIL, { value, formula: null }, UTC)).toEqual({ kind: "key", key });
  });

  it("a cell that shows an error has no key, and the reason says what it shows", () => {
    const cell = { value: { kind: "unreadable", text: "#N/A" }, formula: "=A1" } as const;
    expect(readRowKey(EMAIL, cell, UTC)).toEqual({ kind: "bad", reason: "the cell shows #N/A" });
  });
});
