import type { KeyRead } from "../../src/domain/record";
import type { Row } from "../../src/domain/row";
import type { ObjectSchema } from "../../src/domain/schema";
import type { RunDeps } from "../../src/engine/run-deps";
import { settlePending } from "../../src/engine/settle/settle-pending";
import type { IdReplacement, TableRead } from "../../src/ports/table";
import { buildField } from "../support/fake-schema";
import { buildRecord, buildRow, PEOPLE } from "../support/merge-builders";
import { engineWorld, MAPPING, openedRun, tableOf } from "./engine-world";

interface Settled {
  readonly replaced: readonly IdReplacement[] | null;
  readonly asked: readonly string[] | null;
  readonly table: TableRead;
}

/** Settles rows against a CRM that has these ids by key. */
function settle(
  rows: readonly Row[],
  hits: Readonly<Record<string, readonly string[]>>,
  at: { readonly schema?: ObjectSchema; readonly keyField?: string | null } = {},
): Settled {
  let replaced: readonly IdReplacement[] | null = null;
  let asked: readonly string[] | null = null;
  const world = engineWorld({
    crm: {
      find: (_type, _field, keys): readonly KeyRead[] => {
        asked = keys;
        return keys.map((key) => ({
          key,
          records: (hits[key] ?? hits[key.toLowerCase()] ?? []).map((id) => buildRecord(id)),
        }));
      },
    },
    table: {
      replaceIds: (replacements) => {
        replaced = replacements;
        return replacements.map(({ from }) => ({ from, rows: 1 }));
      },
      read: () => tableOf([]),
    },
  });
  const { keyField = "email", schema = PEOPLE } = at;
  const deps: RunDeps = { ...world.deps, mapping: { ...MAPPING, keyField } };
  const { table } = settlePending(deps, openedRun(world), { table: tableOf(rows), schema });
  return { replaced, asked, table };
}

const PENDING = buildRow(2, "pending:t1", "Ann@X.com", "Ann");

describe("rows with a token of which nobody knows any more", () => {
  it("get the id of the one record with their key (R2), and the sheet is read again", () => {
    const { replaced, table } = settle([PENDING, buildRow(3, "7", "bob@x.com")], { "ann@x.com": ["900"] });
    expect(replaced).toEqual([{ from: "pending:t1", to: "900" }]);
    expect(table.rows).toEqual([]);
  });

  it("are freed when no record has their key (R1)", () => {
    expect(settle([PENDING], {}).replaced).toEqual([{ from: "pending:t1", to: "" }]);
  });

  it("are freed when a row stands for the record with their key already, so that the plan names it (R16)", () => {
    const { replaced } = settle([PENDING, buildRow(3, "900", "ann@x.com")], { "ann@x.com": ["900"] });
    expect(replaced).toEqual([{ from: "pending:t1", to: "" }]);
  });

  it("are freed when they share their key, so that the plan names each of them (R4)", () => {
    const { replaced } = settle([PENDING, buildRow(3, "pending:t2", "ann@x.com")], { "ann@x.com": ["900"] });
    expect(replaced).toEqual([
      { from: "pending:t1", to: "" },
      { from: "pending:t2", to: "" },
    ]);
  });

  it("are left alone when several records have their key (R3)", () => {
    const { replaced, table } = settle([PENDING], { "ann@x.com": ["900", "901"] });
    expect(replaced).toBeNull();
    expect(table.rows).toHaveLength(1);
  });

  it("are each settled by their own key", () => {
    const rows = [PENDING, buildRow(3, "pending:t2", "bob@x.com"), buildRow(4, "pending:t3", "cy@x.com")];
    expect(settle(rows, { "ann@x.com": ["900"], "cy@x.com": ["1", "2"] }).replaced).toEqual([
      { from: "pending:t1", to: "900" },
      { from: "pending:t2", to: "" },
    ]);
  });

  it.each<[string, Row, { keyField?: string | null; schema?: ObjectSchema }]>([
    ["the mapping has no key", PENDING, { keyField: null }],
    ["the key is not unique in the CRM", PENDING, { keyField: "name" }],
    ["the CRM no longer has the key's field", PENDING, { keyField: "gone" }],
    ["their key is blank now", buildRow(2, "pending:t1", "", "Ann"), {}],
    ["their key cannot be read", buildRow(2, "pending:t1", { kind: "unreadable", text: "#REF!" }), {}],
  ])("are left alone, and nobody is asked, when %s", (_what, row, at) => {
    const { asked, replaced, table } = settle([row], {}, at);
    expect([asked, replaced]).toEqual([null, null]);
    expect(table.rows).toEqual([row]);
  });

  it("ask nothing when there is none", () => {
    expect(settle([buildRow(2, "", "ann@x.com"), buildRow(3, "7")], {}).asked).toBeNull();
  });

  it("are looked up by what the CRM stores, not by the form that only compares", () => {
    const page = buildField({ name: "page", label: "Page", type: "url", unique: true });
    const schema = { ...PEOPLE, fields: [...PEOPLE.fields, page] };
    const text = "https://www.Example.com/team";
    const row = { ...PENDING, cells: { page: { value: { kind: "text", text } as const, formula: null } } };
    const { asked, replaced } = settle([row], { [text]: ["900"] }, { schema, keyField: "page" });
    expect(asked).toEqual([text]);
    expect(replaced).toEqual([{ from: "pending:t1", to: "900" }]);
  });
});
