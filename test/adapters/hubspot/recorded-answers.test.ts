import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { toHubspotError } from "../../../src/adapters/hubspot/error-of-answer";
import { requireFacts } from "../../../src/adapters/hubspot/object-facts";
import { toExistingId, toRefusedValues } from "../../../src/adapters/hubspot/refusal";
import { toRecord } from "../../../src/adapters/hubspot/to-record";
import { toSchema } from "../../../src/adapters/hubspot/to-schema";
import {
  accountWire,
  batchWire,
  parseError,
  parseWire,
  propertiesWire,
  searchWire,
} from "../../../src/adapters/hubspot/wire";
import { findField } from "../../../src/domain/schema";
import { openHubspot } from "./open-hubspot";

/** Answers of real portals, kept outside of this repository. */
const ROOT = process.env.CRM_SYNC_FIXTURES;
const FOLDER = ROOT === undefined ? null : path.join(ROOT, "hubspot");

interface Pair {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(FOLDER ?? "", file), "utf8"));

function pairs(): readonly Pair[] {
  if (FOLDER === null || !existsSync(FOLDER)) return [];
  const folder = path.join(FOLDER, "grouparoo");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => readFileSync(path.join(folder, file), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Pair);
}

const recorded = pairs();
const title = (text: string) => (FOLDER === null ? `${text} (7 tests skipped: CRM_SYNC_FIXTURES is not set)` : text);
const describeRecorded = FOLDER === null ? describe.skip : describe;

describeRecorded(title(`answers that real portals gave (${recorded.length} pairs)`), () => {
  const facts = requireFacts("contacts");
  const definitions = () => {
    const pair = read("grouparoo/pairs/schemas-contact-200-full-properties-2022.json") as {
      body: { properties: unknown[] };
    };
    return parseWire(propertiesWire, { results: pair.body.properties }).results;
  };

  it("read as searches and batches without loss of a record", () => {
    const findKnown = () => null;
    let records = 0;
    for (const pair of recorded.filter((one) => one.status < 300 && one.body)) {
      const wire = pair.path.endsWith("/search") ? parseWire(searchWire, pair.body) : parseWire(batchWire, pair.body);
      const type = pair.path.includes("/contacts/") ? "contacts" : "companies";
      for (const result of wire.results) {
        const record = toRecord({ facts: requireFacts(type), findField: findKnown, fields: null }, result);
        expect(record.id).toMatch(/^\d+$/);
        expect(record.modifiedMs).toBeGreaterThan(Date.UTC(2022, 0));
        records += 1;
      }
    }
    expect(records).toBeGreaterThan(300);
  });

  it("turn their limit into a wait of a second", () => {
    const limited = recorded.filter((pair) => pair.status === 429);
    expect(limited.length).toBeGreaterThan(20);
    for (const pair of limited) {
      const { crm, clock } = openHubspot([{ status: 429, json: pair.body }, { json: { total: 0, results: [] } }]);
      crm.count("contacts", { kind: "all" });
      expect(clock.sleptMs).toBe(1_000);
    }
  });

  it("describe 273 contact properties, of which 194 are read-only", () => {
    const schema = toSchema(facts, definitions());
    expect(schema.fields.length).toBe(273);
    // The record id is read-only in its definition as well.
    expect(schema.fields.filter((field) => !field.updatable).length).toBe(194);
    expect(schema.fields.filter((field) => field.hidden).length).toBe(87);
    expect(schema.fields.filter((field) => field.type === "other").map((field) => field.name)).toEqual([]);
    expect(findField(schema, "email")).toMatchObject({ type: "email", unique: true, updatable: true });
    expect(findField(schema, "hubspot_owner_id")).toMatchObject({ type: "reference", referenceTo: "owners" });
    expect(findField(schema, "lifecyclestage")?.type).toBe("choice");
    expect(schema.keyFields[0]).toBe("email");
  });

  it("describe the sampled properties of 2024", () => {
    const { results } = parseWire(propertiesWire, read("amp-labs/metadata-contacts-properties-sampled.json"));
    const schema = toSchema(facts, results);
    expect(findField(schema, "mobilephone")?.type).toBe("phone");
    expect(findField(schema, "associatedcompanyid")).toMatchObject({ type: "reference", referenceTo: "companies" });
  });

  it("name the record in the way of a create", () => {
    const batch = parseWire(batchWire, read("amp-labs/batch_create_contacts_err-partial-success.json"));
    expect(batch.results.length).toBe(1);
    const [error] = batch.errors ?? [];
    expect(error?.context?.existingId).toEqual([toExistingId(error ?? {})]);
    // The message alone names it as well.
    expect(error?.context?.existingId).toEqual([toExistingId({ message: error?.message ?? "" })]);
    expect(toExistingId(parseError(read("amp-labs/batch_create_contacts_err-conflict.json")))).toBeNull();
    expect(toExistingId(parseError(read("segment/contact-patch-404-unknown-email.json")))).toBeUndefined();
  });

  it("name the property that does not exist", () => {
    const error = parseError(read("segment/company-create-400-property-doesnt-exist.json"));
    expect(toRefusedValues(error)).toMatchObject([
      { field: expect.stringMatching(/^[a-z_]+$/), code: "PROPERTY_DOESNT_EXIST" },
    ]);
  });

  it("turn into errors that people can act on", () => {
    const scope = toHubspotError(403, read("amp-labs/metadata-err-schemas-scope.json"));
    expect(scope).toMatchObject({ kind: "auth", code: "missing-scopes" });
    expect(scope.message).toMatch(/the scope [a-z-]+\.$/);
    expect(toHubspotError(400, read("amp-labs/search_error-invalid-object.json")).code).toBe("unknown-object");
    const account = parseWire(accountWire, read("amp-labs/post-auth_account-info.json"));
    expect(account.uiDomain).toBe("app.hubspot.com");
  });
});
