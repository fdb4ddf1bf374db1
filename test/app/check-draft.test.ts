import { checkDraft } from "../../src/app/check-draft";
import { DEFAULT_SETTINGS } from "../../src/app/mapping-settings";
import type { ColumnDraft, MappingDraft } from "../../src/contract/views";
import type { SetupColumn } from "../../src/ports/sheet-setup";
import { FAKE_COMPANIES, FAKE_CONTACTS } from "../support/fake-schema";

interface ColumnSpec extends Partial<ColumnDraft> {
  readonly samples?: readonly string[];
}

const sheetOf = (specs: readonly ColumnSpec[]): SetupColumn[] =>
  specs.map(({ header = "", samples = [] }, at) => ({ column: at + 1, header, samples, role: "data" }));

function draftOf(specs: readonly ColumnSpec[], change: Partial<MappingDraft> = {}): MappingDraft {
  const columns = specs.map(({ samples: _samples, ...spec }, at): ColumnDraft => {
    const start = {
      column: at + 1,
      header: "",
      field: null,
      direction: "both",
      blank: "clear",
      suggestion: "none",
    } as const;
    return { ...start, ...spec };
  });
  return {
    id: null,
    name: "People",
    crm: "hubspot",
    objectType: "contacts",
    tabId: 1,
    headerRow: 1,
    direction: "both",
    keyField: "email",
    columns,
    settings: DEFAULT_SETTINGS,
    ...change,
  };
}

/** Issues as words: `!` problem or `?` warning, the column, the sentence. */
function issues(specs: readonly ColumnSpec[], change: Partial<MappingDraft> = {}, schema = FAKE_CONTACTS): string[] {
  return checkDraft(draftOf(specs, change), schema, sheetOf(specs)).map(
    (issue) => `${issue.level === "problem" ? "!" : "?"}${issue.column} ${issue.message}`,
  );
}

const EMAIL: ColumnSpec = { header: "Email", field: "email" };
const NAME: ColumnSpec = { header: "First name", field: "firstname" };

describe("a draft of a mapping", () => {
  it("that is complete has no issue", () => {
    expect(issues([EMAIL, NAME, { header: "Notes" }])).toEqual([]);
  });

  it("needs a header row", () => {
    expect(issues([], { keyField: null })[0]).toMatch(/^!0 This tab has no header row\./);
  });

  it("needs a mapped column", () => {
    expect(issues([{ header: "Email" }], { keyField: null })[0]).toMatch(/^!0 No column is mapped yet\./);
  });

  it("may map 200 columns and no more", () => {
    const specs = (count: number) =>
      Array.from({ length: count }, (_, at): ColumnSpec => ({ header: `H${at}`, field: `f${at}` }));
    const fields = specs(201).map(({ field }) => ({ ...FAKE_CONTACTS.fields[1], name: field ?? "" }));
    const schema = { ...FAKE_CONTACTS, fields } as typeof FAKE_CONTACTS;
    const about = (count: number) =>
      issues(specs(count), { keyField: "f0" }, schema).filter((issue) => issue.includes("at most"));
    expect(about(200)).toEqual([]);
    expect(about(201)).toEqual(["!0 201 columns are mapped; at most 200 can be."]);
  });

  it("may not map two columns to one field, and names the field at both", () => {
    const said = 'Several columns are mapped to "First name". Keep one of them.';
    expect(issues([EMAIL, NAME, { header: "Nick", field: "firstname" }])).toEqual([`!2 ${said}`, `!3 ${said}`]);
  });

  it("may not map a field that the CRM does not have", () => {
    expect(issues([EMAIL, { header: "Old", field: "gone" }])).toEqual([
      '!2 The CRM has no field "gone". Choose another one.',
    ]);
  });

  it("needs a header in every mapped column", () => {
    expect(issues([EMAIL, { header: "", field: "city", samples: ["Rome"] }])[0]).toMatch(
      /^!2 This column has no header\./,
    );
    expect(issues([EMAIL, { header: "", samples: ["Rome"] }])).toEqual([]);
  });

  it.each<[string, Partial<SetupColumn>[], string]>([
    ["another header stands there", [{}, { header: "Phone" }], 'is "Phone" now'],
    ["the column is empty", [{}], "is empty now"],
    ["it is the add-on's own column", [{}, { role: "record-id" }], "Open the mapping again."],
  ])("is out of date when %s", (_what, changes, said) => {
    const specs = [EMAIL, NAME];
    const sheet = changes.map((change, at) => ({ ...sheetOf(specs)[at], ...change }) as SetupColumn);
    const found = checkDraft(draftOf(specs), FAKE_CONTACTS, sheet);
    expect(found).toEqual([{ level: "problem", column: 2, message: expect.stringContaining(said) }]);
    expect(found[0]?.message).toContain('Column B was "First name"');
  });

  it("warns of a read-only field, unless nothing would be pushed into it", () => {
    const created: ColumnSpec = { header: "Created", field: "createdate" };
    expect(issues([EMAIL, created])).toEqual(['?2 "Create date" is read-only in the CRM; it is only pulled.']);
    expect(issues([EMAIL, { ...created, direction: "pull" }])).toEqual([]);
    expect(issues([EMAIL, created], { direction: "pull" })).toEqual([]);
  });

  it.each([
    ["score", "twelve", "a number"],
    ["budget", "tbd", "an amount"],
    ["email", "Ann Lee", "an e-mail address"],
    ["favourite_colour", "purple", "one of the field's options"],
  ])("warns of a sample that does not fit the field %s", (field, bad, words) => {
    const good = { score: "12", budget: "€ 3.50", email: "a@b.c", favourite_colour: "HOT PINK" }[field] ?? "";
    const specs = (sample: string): ColumnSpec[] => {
      const column: ColumnSpec = { header: "X", field, samples: [good, sample] };
      return field === "email" ? [column] : [EMAIL, column];
    };
    expect(issues(specs(good))).toEqual([]);
    expect(issues(specs(bad))).toEqual([expect.stringContaining(`"${bad}" does not look like ${words}.`)]);
    expect(issues(specs(bad), { direction: "pull" })).toEqual([]);
  });

  it("takes an option's value as well as its label, and any text where the CRM keeps the list elsewhere", () => {
    const colour = (sample: string): ColumnSpec => ({ header: "C", field: "favourite_colour", samples: [sample] });
    expect(issues([EMAIL, colour(" hot_pink ")])).toEqual([]);
    const fields = FAKE_CONTACTS.fields.map((field) => ({ ...field, options: [] }));
    expect(issues([EMAIL, colour("purple")], {}, { ...FAKE_CONTACTS, fields })).toEqual([]);
  });

  it("warns of headers that stand twice, mapped or not, and not of columns without header", () => {
    const said = 'Several columns are called "email ". Give each its own name.';
    expect(issues([{ ...EMAIL, header: "email " }, { header: "EMAIL" }, { header: "" }, { header: "" }])).toEqual([
      `?1 ${said}`,
    ]);
  });

  it("warns when there is no key", () => {
    expect(issues([EMAIL], { keyField: null })).toEqual([expect.stringMatching(/^\?0 No key field is chosen/)]);
  });

  it("may not have a key that the CRM does not know or that is not mapped", () => {
    expect(issues([EMAIL], { keyField: "gone" })[0]).toMatch(/^!0 The CRM has no field "gone"/);
    expect(issues([NAME], { keyField: "email" })[0]).toMatch(/^!0 The key field "Email" is not mapped/);
  });

  it("warns of a key that several records may share", () => {
    expect(issues([EMAIL, NAME], { keyField: "firstname" })).toEqual([
      expect.stringMatching(/^\?0 "First name" is not unique in the CRM/),
    ]);
  });

  it("warns when new rows could not be created, unless it only pulls", () => {
    const phone: ColumnSpec = { header: "Ref", field: "external_ref" };
    const said =
      '?0 New rows can\'t be created in the CRM: a new contact needs "Email" or "First name" or "Last name", which is not mapped.';
    expect(issues([phone], { keyField: "external_ref" })).toEqual([said]);
    expect(issues([phone], { keyField: "external_ref", direction: "pull" })).toEqual([]);
    expect(issues([{ header: "D", field: "domain" }], { keyField: "domain" }, FAKE_COMPANIES)).toEqual([
      expect.stringContaining("not unique"),
    ]);
  });
});
