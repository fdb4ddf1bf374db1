import { SyncError } from "../../domain/errors";
import { contextTexts, type ErrorWire, parseError } from "./wire";

/** Longest part of a message of HubSpot that is passed on, characters. */
const MAX_MESSAGE = 300;

/** A refusal of HubSpot (no 2xx) as the error that the caller can act on. Never holds a token. */
export function toHubspotError(status: number, json: unknown): SyncError {
  const body = parseError(json);
  if (status === 401) return toAuthError(body);
  if (status === 403) return toForbiddenError(body);
  const message = shorten(body.message ?? "");
  if (message.startsWith("Unable to infer object type")) {
    return new SyncError("config", "unknown-object", "HubSpot does not have this kind of record.", {
      hint: "Choose another object in the mapping.",
    });
  }
  if (status === 404) {
    return new SyncError("fatal", "not-found", message || "HubSpot has nothing at this address.", {
      hint: "Try again. If it happens again, report it with this text.",
    });
  }
  return new SyncError("fatal", "refused", `HubSpot refused the request (${status}): ${message || "no reason given"}`, {
    hint: "Try again. If it happens again, report it with this text.",
  });
}

function toAuthError(body: ErrorWire): SyncError {
  if (body.category === "EXPIRED_AUTHENTICATION") {
    return new SyncError("auth", "token-expired", "HubSpot says that the key has expired or is not one of its keys.", {
      hint: "Connect HubSpot again with a new service key.",
    });
  }
  return new SyncError("auth", "token-invalid", "HubSpot does not accept the key.", {
    hint: "Connect HubSpot again with a service key or an existing private app token.",
  });
}

function toForbiddenError(body: ErrorWire): SyncError {
  const scopes = missingScopes(body);
  if (scopes.length === 0 && body.category !== "MISSING_SCOPES") {
    return new SyncError("auth", "forbidden", "HubSpot does not allow this with the present key.", {
      hint: shorten(body.message ?? "") || "Ask an administrator of the HubSpot account.",
    });
  }
  const named =
    scopes.length === 0
      ? "a scope"
      : scopes.length === 1
        ? `the scope ${scopes[0]}`
        : `the scopes ${scopes.join(", ")}`;
  return new SyncError("auth", "missing-scopes", `The HubSpot key lacks ${named}.`, {
    hint: "Add what is missing to the key in HubSpot (Development, Keys, Service keys), then try again.",
  });
}

/** Scopes that a 403 names, in its context or in those of its entries. */
function missingScopes(body: ErrorWire): readonly string[] {
  const contexts = [body.context, ...(body.errors ?? []).map((detail) => detail.context)];
  const names = contexts.flatMap((context) => contextTexts(context, "requiredGranularScopes"));
  return [...new Set(names)];
}

/** Cuts a foreign text to a length that fits a message. */
export function shorten(text: string, max = MAX_MESSAGE): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
