import { createHubspot } from "../../../src/adapters/hubspot/create-hubspot";
import type { HttpRequest } from "../../../src/ports/http";
import { createManualClock } from "../../support/manual-clock";
import { createScriptedHttp, type ScriptedAnswer } from "../../support/scripted-http";

/** Looks like a service key; no part of it is one. */
export const TEST_TOKEN = "pat-eu1-00000000-1111-2222-3333-444444444444";

/** A property definition with the members that the adapter reads. */
export function definition(
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    name,
    label: name,
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
    options: [],
    hubspotDefined: true,
    modificationMetadata: { archivable: true, readOnlyDefinition: true, readOnlyValue: false },
    ...more,
  };
}

const READ_ONLY = { modificationMetadata: { readOnlyValue: true } };

/** Definitions of the object in these tests. */
export const DEFINITIONS = [
  definition("email", { label: "Email" }),
  definition("firstname", { label: "First name" }),
  definition("name", { label: "Company name" }),
  definition("domain", { label: "Domain" }),
  definition("score", { label: "Score", type: "number", fieldType: "number", hubspotDefined: undefined }),
  definition("renewal_date", { label: "Renewal date", type: "date", fieldType: "date" }),
  definition("ref", { label: "Reference", hasUniqueValue: true }),
  definition("colour", {
    label: "Colour",
    type: "enumeration",
    fieldType: "select",
    options: [
      { label: "Red", value: "red" },
      { label: "Hot pink", value: "hot_pink" },
      { label: "Old", value: "old", hidden: true },
    ],
  }),
  definition("interests", { label: "Interests", type: "enumeration", fieldType: "checkbox" }),
  definition("lastmodifieddate", { type: "datetime", fieldType: "date", ...READ_ONLY }),
  definition("hs_merged_object_ids", { type: "enumeration", fieldType: "checkbox", ...READ_ONLY }),
  definition("hs_additional_emails", { type: "enumeration", fieldType: "checkbox", ...READ_ONLY }),
];

/** HubSpot on a script; property definitions are answered apart and not counted. */
export function openHubspot(
  script: readonly ScriptedAnswer[] | ((request: HttpRequest, index: number) => ScriptedAnswer),
  options: { token?: string; deadlineMs?: number } = {},
) {
  const clock = createManualClock(0);
  const http = createScriptedHttp(script);
  const send = (request: HttpRequest) =>
    request.url.includes("/properties/")
      ? { status: 200, headers: {}, body: JSON.stringify({ results: DEFINITIONS }) }
      : http.send(request);
  const token = options.token ?? TEST_TOKEN;
  const deadlineMs = (): number => options.deadlineMs ?? 240_000;
  const crm = createHubspot({ http: { send, sendAll: (all) => all.map(send) }, clock, token, deadlineMs });
  return { crm, clock, http };
}

/** A record as HubSpot shows it. */
export function wireRecord(id: string, properties: Readonly<Record<string, unknown>> = {}): object {
  return { id, properties, createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-02T00:00:00.120Z", archived: false };
}

/** Body of a refusal. */
export function refusal(message: string, more: Readonly<Record<string, unknown>> = {}): object {
  return { status: "error", message, correlationId: "00000000-0000-4000-8000-000000000000", ...more };
}

/** The 400 of values that were refused: the list is JSON inside the message. */
export function refusedValues(...items: readonly { name: string; error: string; message: string }[]): object {
  const list = JSON.stringify(items.map((item) => ({ isValid: false, ...item })));
  return refusal(`Property values were not valid: ${list}`, { category: "VALIDATION_ERROR" });
}
