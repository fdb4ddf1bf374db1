import type { ApiCall, ApiReply, Route } from "./api-call";
import { ApiError } from "./api-error";
import { zoneOffsetMs } from "./format-time";
import type { Owner } from "./portal";

const noScope = (): readonly string[] => [];
const ownersScope = (): readonly string[] => ["crm.objects.owners.read"];

/** Account details and owners. */
export const accountRoutes: readonly Route[] = [
  { method: "GET", path: "{account}/details", scopes: noScope, answer: accountDetails },
  { method: "GET", path: "{owners}", scopes: ownersScope, answer: listOwners },
  { method: "GET", path: "{owners}/:id", scopes: ownersScope, answer: readOwner },
];

function accountDetails(call: ApiCall): ApiReply {
  const { portalId, timeZone } = call.portal.settings;
  const offsetMs = zoneOffsetMs(timeZone, call.nowMs);
  const minutes = Math.abs(offsetMs) / 60_000;
  const pad = (value: number): string => String(value).padStart(2, "0");
  return {
    status: 200,
    body: {
      portalId: call.token.portalId ?? portalId,
      accountType: "STANDARD",
      timeZone,
      companyCurrency: "EUR",
      additionalCurrencies: [],
      utcOffset: `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`,
      utcOffsetMilliseconds: offsetMs,
      uiDomain: "app.hubspot.com",
      dataHostingLocation: "eu1",
    },
  };
}

function toOwnerView(owner: Owner): object {
  return {
    id: owner.id,
    email: owner.email,
    type: "PERSON",
    firstName: owner.firstName,
    lastName: owner.lastName,
    userId: owner.userId,
    userIdIncludingInactive: owner.userId,
    createdAt: "2024-02-05T08:30:11.402Z",
    updatedAt: "2025-11-19T10:02:57.118Z",
    archived: owner.archived,
  };
}

function listOwners(call: ApiCall): ApiReply {
  const email = call.query.get("email");
  const archived = call.query.get("archived") === "true";
  const limit = Number(call.query.get("limit") ?? 100);
  const after = Number(call.query.get("after") ?? 0);
  const all = call.portal.owners.filter(
    (owner) => owner.archived === archived && (email === null || owner.email === email.toLowerCase()),
  );
  const results = all.slice(after, after + limit).map(toOwnerView);
  const next = after + limit < all.length ? { paging: { next: { after: String(after + limit) } } } : {};
  return { status: 200, body: { results, ...next } };
}

function readOwner(call: ApiCall): ApiReply {
  const id = call.params.id ?? "";
  const byUser = call.query.get("idProperty") === "userId";
  const owner = call.portal.owners.find((candidate) => (byUser ? String(candidate.userId) : candidate.id) === id);
  if (owner === undefined) throw new ApiError(404, { message: "resource not found" });
  return { status: 200, body: toOwnerView(owner) };
}
