import { API_HOST, Endpoints } from "../../../src/adapters/hubspot/endpoints";
import { SyncError } from "../../../src/domain/errors";

describe("Endpoints", () => {
  const dated = new Endpoints("2026-03");
  const v3 = new Endpoints("v3");
  const path = (url: string): string => url.slice(API_HOST.length);

  it("builds the dated paths", () => {
    expect(path(dated.account())).toBe("/account-info/2026-03/details");
    expect(path(dated.properties("contacts"))).toBe("/crm/properties/2026-03/contacts");
    expect(path(dated.batch("companies", "update"))).toBe("/crm/objects/2026-03/companies/batch/update");
    expect(path(dated.search("contacts"))).toBe("/crm/objects/2026-03/contacts/search");
  });

  it("builds the numbered paths", () => {
    expect(path(v3.account())).toBe("/account-info/v3/details");
    expect(path(v3.properties("contacts"))).toBe("/crm/v3/properties/contacts");
    expect(path(v3.batch("companies", "read"))).toBe("/crm/v3/objects/companies/batch/read");
  });

  it("joins and escapes the properties of a list, and its cursor", () => {
    const url = new URL(dated.list("contacts", ["email", "a&b=c", "ü"], { limit: 100, after: "x/y?z&limit=1" }));
    expect(url.pathname).toBe("/crm/objects/2026-03/contacts");
    expect(url.searchParams.get("properties")).toBe("email,a&b=c,ü");
    expect(url.searchParams.getAll("limit")).toEqual(["100"]);
    expect(url.searchParams.get("after")).toBe("x/y?z&limit=1");
  });

  it.each(["../../oauth/v1/token", "a?b", "a#b", "https://evil.example/x", "1\r\nHost: evil.example"])(
    "keeps the id %j inside its segment",
    (id) => {
      const url = new URL(dated.record("contacts", id, ["email"]));
      expect(url.origin).toBe(API_HOST);
      expect(url.pathname.split("/").length).toBe(6);
      expect(url.pathname.startsWith("/crm/objects/2026-03/contacts/")).toBe(true);
      expect(url.searchParams.get("properties")).toBe("email");
    },
  );

  it.each(["..", "."])("refuses %j, which no escape keeps from climbing", (id) => {
    expect(() => dated.record("contacts", id, [])).toThrow(SyncError);
  });

  it("keeps an object's name inside its segment", () => {
    expect(new URL(dated.properties("../x/y")).pathname).toBe("/crm/properties/2026-03/..%2Fx%2Fy");
  });
});
