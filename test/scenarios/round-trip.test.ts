import type { CellView, StoredValue } from "../../workbench/apps-script/host-api";
import { BundleWorld, closeWorlds } from "../support/bundle-world";

/** A value of the CRM on its way into the sheet and back. */
interface Trip {
  /** As the CRM holds it. */
  readonly crm: string;
  /** Stored in the cell; default: the same text. */
  readonly cell?: StoredValue;
  /** What a person sees; default: the cell's text. */
  readonly shows?: string;
  /** What a new record made from the copied row holds; default: what the CRM held. */
  readonly back?: string;
  /** Why `back` differs. */
  readonly rule?: string;
}

const same = (...texts: readonly string[]): readonly Trip[] => texts.map((crm) => ({ crm }));

const TEXTS: readonly Trip[] = [
  ...same("007", "+39 06 123456", '=HYPERLINK("http://x","y")', "'quoted", "''twice", "1/2", "12345678901234567890"),
  ...same(
    "🙂 smile 👩‍👩‍👧",
    "TRUE",
    "false",
    "wahr",
    "2026-01-02",
    "2026-01-02 10:00",
    "Jan 5",
    "10:30",
    "42",
    "1,5",
    "1.234,50",
  ),
  ...same(
    "-x",
    "@x",
    "=",
    "+",
    "'",
    "1e5",
    "12%",
    "$5",
    "€5",
    "(5)",
    "a;b",
    "Müller ß",
    "e\u0301 in two code points",
    "null",
  ),
  ...same("line\nbreak", "windows\r\nbreak", "\ttab", " outer blanks ", "   ", "\u00a0hard blank", "x".repeat(49_999)),
];

/** Same texts in a property that HubSpot trims: a phone number is compared and sent without outer blanks. */
const TRIMMED = "HubSpot refuses outer blanks in phone numbers, so none is sent; blanks only are a blank";
const PHONES: readonly Trip[] = TEXTS.map((trip) =>
  trip.crm === trip.crm.trim() ? trip : { ...trip, back: trip.crm.trim(), rule: TRIMMED },
);

const PLAIN = "numbers are sent as plain decimals, without padding";
const NUMBERS: readonly Trip[] = [
  ...["0", "42", "-12.5", "0.1", "123456789.5"].map((crm) => ({ crm, cell: Number(crm), shows: crm })),
  // Exact in the cell; only the automatic format is short of room.
  { crm: "9007199254740991", cell: 9_007_199_254_740_991, shows: "9.0072E+15" },
  // More digits than a number cell holds: kept as text, so that none is lost.
  ...same("12345678901234567890", "0.1234567890123456789"),
  { crm: "007", cell: 7, shows: "7", back: "7", rule: PLAIN },
  { crm: "1.50", cell: 1.5, shows: "1.5", back: "1.5", rule: PLAIN },
];

const day = (crm: string, cell: number): Trip => ({ crm, cell, shows: crm });
const DATES: readonly Trip[] = [
  day("2026-02-28", 46_081),
  day("2024-02-29", 45_351),
  day("1900-01-01", 2),
  day("9999-12-31", 2_958_465),
];

const SECONDS = "a cell holds whole seconds";
const AUTUMN = "the repeated autumn hour is one wall clock: the first of its two instants is sent";
const TIMES: readonly Trip[] = [
  { crm: "2026-07-01T12:00:00Z", shows: "2026-07-01 14:00:00" },
  { crm: "2026-03-29T00:59:59Z", shows: "2026-03-29 01:59:59" },
  { crm: "2026-03-29T01:00:00Z", shows: "2026-03-29 03:00:00" },
  { crm: "2026-07-01T12:00:00.999Z", shows: "2026-07-01 14:00:00", back: "2026-07-01T12:00:00Z", rule: SECONDS },
  { crm: "2026-10-25T00:30:00Z", shows: "2026-10-25 02:30:00" },
  { crm: "2026-10-25T01:30:00Z", shows: "2026-10-25 02:30:00", back: "2026-10-25T00:30:00Z", rule: AUTUMN },
];

const YES_NO: readonly Trip[] = [
  { crm: "true", cell: true, shows: "TRUE" },
  { crm: "false", cell: false, shows: "FALSE" },
];

const labelled = (crm: string, label: string): Trip => ({ crm, cell: label, shows: label });
const CHOICES: readonly Trip[] = [
  labelled("red", "Red"),
  labelled("hot_pink", "Pink, hot; very"),
  labelled("sea", "Blue (sea)"),
  labelled("sky", "Blue (sky)"),
  labelled("1", "=1+1"),
];

const SORTED = "a set of options has no order: it is sent sorted";
const LISTS: readonly Trip[] = [
  labelled("art", "Art"),
  labelled("art;music", "Art; Music"),
  { crm: "music;art", cell: "Music; Art", shows: "Music; Art", back: "art;music", rule: SORTED },
  labelled("food;semi", "Food & wine; semi"),
];

const TRIPS: Readonly<Record<string, readonly Trip[]>> = {
  trip_text: TEXTS,
  trip_area: TEXTS,
  trip_phone: PHONES,
  trip_number: NUMBERS,
  trip_date: DATES,
  trip_time: TIMES,
  trip_bool: YES_NO,
  trip_choice: CHOICES,
  trip_list: LISTS,
};

const COUNT = Math.max(...Object.values(TRIPS).map((trips) => trips.length));
const emailOf = (index: number, copy: boolean) => `${copy ? "copy" : "first"}${index}@example.com`;

function defineProperties({ crm }: BundleWorld): void {
  const choices = [
    { value: "red", label: "Red" },
    { value: "hot_pink", label: "Pink, hot; very" },
    { value: "sea", label: "Blue" },
    { value: "sky", label: "Blue" },
    { value: "1", label: "=1+1" },
  ];
  const lists = [
    { value: "art", label: "Art" },
    { value: "music", label: "Music" },
    { value: "food", label: "Food & wine" },
    { value: "semi", label: "Half; half" },
  ];
  crm.defineProperty("contacts", { name: "trip_text", type: "string", fieldType: "text" });
  crm.defineProperty("contacts", { name: "trip_area", type: "string", fieldType: "textarea" });
  crm.defineProperty("contacts", { name: "trip_phone", type: "phone_number", fieldType: "phonenumber" });
  crm.defineProperty("contacts", { name: "trip_number", type: "number", fieldType: "number" });
  crm.defineProperty("contacts", { name: "trip_date", type: "date", fieldType: "date" });
  crm.defineProperty("contacts", { name: "trip_time", type: "datetime", fieldType: "date" });
  crm.defineProperty("contacts", { name: "trip_bool", type: "bool", fieldType: "booleancheckbox" });
  crm.defineProperty("contacts", { name: "trip_choice", type: "enumeration", fieldType: "select", options: choices });
  crm.defineProperty("contacts", { name: "trip_list", type: "enumeration", fieldType: "checkbox", options: lists });
}

/** One line for each value that was tried, to compare as a whole. */
function table(find: (field: string, trip: Trip, index: number) => unknown): readonly unknown[] {
  return Object.entries(TRIPS).flatMap(([field, trips]) =>
    trips.map((trip, index) => [field, trip.crm.slice(0, 60), find(field, trip, index)]),
  );
}

describe("values on their way from the CRM into the sheet and back", () => {
  let world: BundleWorld;
  let tab: Awaited<ReturnType<BundleWorld["mapFields"]>>;

  beforeAll(async () => {
    world = await BundleWorld.start({ contacts: 0, emulator: { spreadsheet: { timeZone: "Europe/Berlin" } } });
    defineProperties(world);
    for (let index = 0; index < COUNT; index++) {
      const values = Object.entries(TRIPS).flatMap(([field, trips]) => {
        const trip = trips[index];
        return trip ? [[field, trip.crm] as const] : [];
      });
      world.crm.create("contacts", { email: emailOf(index, false), ...Object.fromEntries(values) });
    }
    tab = await world.mapFields(["email", ...Object.keys(TRIPS)]);
    const run = await world.run(tab.mappingId, "pull");
    expect(run).toMatchObject({ phase: "done", totals: { appended: COUNT, errors: 0, skipped: 0 } });
  }, 60_000);

  afterAll(closeWorlds);

  function cellOf(field: string, index: number): CellView {
    const cell = world.rows(tab.tabId).find((row) => row.email?.value === emailOf(index, false))?.[field];
    if (cell === undefined) throw new Error(`no cell ${field} ${index}`);
    return cell;
  }

  it("come in as the right kind of cell, seen as the CRM shows them, and none becomes a formula", () => {
    const expected = table((_field, trip) => ({ shows: trip.shows ?? String(trip.cell ?? trip.crm), formula: null }));
    const found = table((field, _trip, index) => {
      const { display, formula } = cellOf(field, index);
      return { shows: display, formula };
    });
    expect(found).toEqual(expected);
  });

  it("keep their type: text as text, numbers and dates as numbers, yes and no as booleans", () => {
    const expected = table((field, trip, index) =>
      field === "trip_time" ? typeof cellOf(field, index).value : (trip.cell ?? trip.crm),
    );
    const found = table((field, _trip, index) => {
      const { value } = cellOf(field, index);
      return field === "trip_time" ? "number" : value;
    });
    expect(found).toEqual(expected);
  });

  it("are in step at once: a sync both ways changes nothing (I5)", async () => {
    world.crm.clearRequests();
    const run = await world.run(tab.mappingId, "both");
    expect(run).toMatchObject({ phase: "done", totals: { processed: 0 }, messages: [] });
    const writes = world.crm.requests().filter(({ path }) => /batch\/(create|update|archive)/.test(path));
    expect(writes).toEqual([]);
  });

  it("give equal records when their rows are copied and pushed as new ones, but for the exceptions named here", async () => {
    const { user } = world.host;
    const idColumn = 2 + Object.keys(TRIPS).length;
    const emails = world.rows(tab.tabId).map((row) => String(row.email?.value));
    user.copyRows(tab.tabId, 2, COUNT, COUNT + 2);
    user.clear(tab.tabId, COUNT + 2, idColumn, COUNT, 1);
    const copies = emails.map((email) => [email.replace("first", "copy")]);
    user.paste(tab.tabId, COUNT + 2, 1, copies);
    const run = await world.run(tab.mappingId, "push", {});
    expect(run).toMatchObject({ phase: "done", totals: { created: COUNT, errors: 0 }, messages: [] });

    const expected = table((_field, trip) => trip.back ?? trip.crm);
    const found = table((field, _trip, index) => world.contactByEmail(emailOf(index, true))?.properties[field] ?? "");
    expect(found).toEqual(expected);
    const excused = Object.values(TRIPS)
      .flat()
      .filter((trip) => trip.back !== undefined);
    expect(excused.every((trip) => trip.rule !== undefined)).toBe(true);
    expect(world.contacts()).toHaveLength(2 * COUNT);
  }, 60_000);

  it("stay in step after that, on both sides", async () => {
    const run = await world.run(tab.mappingId, "both");
    expect(run).toMatchObject({ phase: "done", totals: { errors: 0, created: 0, updated: 0, appended: 0 } });
  });
});
