import type { Random } from "../seeded-random";
import { toApiTime } from "./format-time";
import { industryValues } from "./industry-values";
import type { ObjectType } from "./object-type";
import type { Owner, Portal } from "./portal";
import type { Properties } from "./sandbox-types";
import { seedWords } from "./seed-names";
import { createRecord, updateRecord } from "./write-record";

/** The people who own records in the seeded portal; the last one left. */
export const seededOwners: readonly Owner[] = [
  {
    id: "713050112",
    userId: 61203377,
    email: "ines.weber@sandbox.example",
    firstName: "Inés",
    lastName: "Weber",
    archived: false,
  },
  {
    id: "713050118",
    userId: 61203412,
    email: "tom.okafor@sandbox.example",
    firstName: "Tom",
    lastName: "Okafor",
    archived: false,
  },
  {
    id: "713050131",
    userId: 61204090,
    email: "maja.lind@sandbox.example",
    firstName: "Maja",
    lastName: "Lind",
    archived: false,
  },
  {
    id: "713049007",
    userId: 61198855,
    email: "former.colleague@sandbox.example",
    firstName: "Former",
    lastName: "Colleague",
    archived: true,
  },
];

const dayMs = 86_400_000;
/** The newest seeded record is not newer than this: a seeded portal does not depend on the day it is made. */
const newestSeedMs = Date.UTC(2026, 8, 30, 16, 20, 11, 417);

/** Fills an empty portal. Runs with background changes and search lag off: seeded records are old. */
export function seedPortal(portal: Portal, counts: { readonly contacts: number; readonly companies: number }): void {
  const { enrichment } = portal.settings;
  portal.settings.enrichment = false;
  const endMs = Math.min(newestSeedMs, portal.clock.now() - dayMs);
  const companies = seedCompanies(portal, counts.companies, endMs);
  for (let number = 0; number < counts.contacts; number += 1) seedContact(portal, companies, number, endMs);
  portal.settings.enrichment = enrichment;
}

interface SeededCompany {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

function seedCompanies(portal: Portal, count: number, endMs: number): readonly SeededCompany[] {
  const { random } = portal;
  const stems = seedWords.companyStems;
  return Array.from({ length: count }, (_, number) => {
    const stem = (stems[number % stems.length] ?? "Company").replaceAll("-", " ");
    const serial = number < stems.length ? "" : ` ${Math.floor(number / stems.length) + 1}`;
    const name = `${stem}${serial} ${random.pick(seedWords.companyEndings)}`;
    const domain = `${toAscii(stem + serial)}.example`;
    const people = random.pick(seedWords.people);
    const record = put(portal, "companies", endMs, {
      name,
      domain,
      ...some(random, 0.8, { phone: phoneNumber(random) }),
      ...some(random, 0.7, { industry: random.pick(industryValues) }),
      ...some(random, 0.7, { city: random.pick(people.cities), country: people.country }),
      ...some(random, 0.6, { numberofemployees: String(1 + random.int(5_000)) }),
      ...some(random, 0.5, { annualrevenue: `${random.int(90_000_000)}${random.chance(0.3) ? ".5" : ""}` }),
      ...some(random, 0.4, { description: random.pick(seedWords.sentences) }),
      ...some(random, 0.6, { customer_number: String(10_000 + number).padStart(8, "0") }),
      ...some(random, 0.3, { contract_end: dateText(random) }),
      ...some(random, 0.5, { hubspot_owner_id: random.pick(seededOwners).id }),
    });
    return { id: record, name, domain };
  });
}

function seedContact(portal: Portal, companies: readonly SeededCompany[], number: number, endMs: number): void {
  const { random } = portal;
  const people = random.pick(seedWords.people);
  const firstname = random.pick(people.first);
  const lastname = random.pick(people.last);
  const company = companies.length > 0 && random.chance(0.75) ? random.pick(companies) : null;
  const local = [toAscii(firstname), toAscii(lastname)].filter((part) => part !== "").join(".");
  const email = `${local === "" ? "person" : local}.${number + 1}@${company?.domain ?? "post.example"}`;
  put(portal, "contacts", endMs, {
    ...some(random, 0.96, { email }),
    firstname,
    ...some(random, 0.95, { lastname }),
    ...(company === null ? {} : { company: company.name, associatedcompanyid: company.id }),
    ...contactDetails(random, people),
    ...customDetails(random, number),
  });
}

function contactDetails(
  random: Random,
  people: { readonly country: string; readonly cities: readonly string[] },
): Properties {
  return {
    ...some(random, 0.7, { phone: phoneNumber(random) }),
    ...some(random, 0.3, { mobilephone: phoneNumber(random) }),
    ...some(random, 0.6, { jobtitle: random.pick(seedWords.jobTitles) }),
    ...some(random, 0.7, { city: random.pick(people.cities), country: people.country }),
    ...some(random, 0.4, { address: `${random.pick(seedWords.streets)} ${1 + random.int(180)}` }),
    ...some(random, 0.4, { zip: String(random.int(99_999)).padStart(5, "0") }),
    ...some(random, 0.5, {
      lifecyclestage: random.pick(["subscriber", "lead", "marketingqualifiedlead", "opportunity", "customer"]),
    }),
    ...some(random, 0.5, { hs_lead_status: random.pick(["NEW", "OPEN", "IN_PROGRESS", "CONNECTED", "BAD_TIMING"]) }),
    ...some(random, 0.2, { industry: "Handel & Gewerbe" }),
    ...some(random, 0.2, { numemployees: random.pick(["1-5", "5-25", "25-50", "1000+"]) }),
    ...some(random, 0.6, { hubspot_owner_id: random.pick(seededOwners).id }),
  };
}

function customDetails(random: Random, number: number): Properties {
  const interests = ["art", "cycling", "food", "music", "travel"].filter(() => random.chance(0.4)).join(";");
  const seenMs = newestSeedMs - random.int(400) * dayMs - random.int(dayMs);
  return {
    ...some(random, 0.5, { favourite_colour: random.pick(["red", "green", "blue", "hot_pink"]) }),
    ...some(random, 0.6, { score: random.chance(0.3) ? `${random.int(100)}.25` : String(random.int(100)) }),
    ...some(random, 0.4, { renewal_date: dateText(random) }),
    ...some(random, 0.6, { newsletter: random.chance(0.5) ? "true" : "false" }),
    ...(interests === "" ? {} : { interests }),
    ...some(random, 0.5, { external_ref: `00${String(number + 1).padStart(6, "0")}` }),
    ...some(random, 0.2, { notes_long: longText(random) }),
    ...some(random, 0.4, { last_seen_at: toApiTime(seenMs) }),
    ...some(random, 0.1, { message: "" }),
  };
}

function put(portal: Portal, type: ObjectType, endMs: number, values: Properties): string {
  const { random } = portal;
  const createdMs = endMs - random.int(900 * dayMs);
  const { searchLagMs } = portal.settings;
  portal.settings.searchLagMs = 0;
  const record = createRecord(portal, type, values, { source: "IMPORT", nowMs: createdMs });
  if (random.chance(0.5)) {
    const nowMs = createdMs + random.int(endMs - createdMs + 1);
    updateRecord(portal, type, record, { values: {}, source: "CRM_UI", nowMs });
  }
  portal.settings.searchLagMs = searchLagMs;
  return record.id;
}

function some(random: Random, probability: number, values: Properties): Properties {
  return random.chance(probability) ? values : {};
}

/** Phones as people type them: leading zeros, plus signs, blanks, brackets. */
function phoneNumber(random: Random): string {
  const digits = (count: number): string => String(random.int(10 ** count)).padStart(count, "0");
  return random.pick([
    `+49 30 ${digits(7)}`,
    `0${digits(3)} ${digits(6)}`,
    `00420${digits(9)}`,
    `+353 (0)1 ${digits(3)} ${digits(4)}`,
    `0${digits(9)}`,
  ]);
}

function dateText(random: Random): string {
  return new Date(newestSeedMs + (random.int(800) - 300) * dayMs).toISOString().slice(0, 10);
}

function longText(random: Random): string {
  const lines = Array.from({ length: 4 + random.int(20) }, () => random.pick(seedWords.sentences));
  return lines.join("\n");
}

/** Letters and digits only, accents dropped: for domains and e-mail addresses. */
function toAscii(text: string): string {
  const replaced = text
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("Ł", "L")
    .replaceAll("ı", "i");
  return replaced
    .normalize("NFD")
    .replace(/[^a-zA-Z0-9]/g, "")
    .toLowerCase();
}
