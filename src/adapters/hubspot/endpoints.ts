import { SyncError } from "../../domain/errors";
import type { ObjectType } from "../../domain/schema";

/**
 * Paths by resource. HubSpot names its versions two ways: numbers (v3, unsupported from September 2027) and dates.
 *
 * | resource            | dated                             | numbered                        |
 * |---------------------|-----------------------------------|---------------------------------|
 * | objects, search     | /crm/objects/{V}/{type}           | /crm/v3/objects/{type}          |
 * | properties          | /crm/properties/{V}/{type}        | /crm/v3/properties/{type}       |
 * | account             | /account-info/{V}/details         | /account-info/v3/details        |
 */
export type ApiVersion = "2026-03" | "2026-09" | "v3";

/** The version in use: HubSpot says to move to dates directly, and 2026-03 answers with the same shapes as v3. */
const API_VERSION: ApiVersion = "2026-03";

/** The one host that a token is ever sent to. */
export const API_HOST = "https://api.hubapi.com";

/**
 * Longest address, characters. UrlFetchApp refuses more than 2,082 (2 KB with its own overhead); a long list of
 * properties is read by batch instead.
 */
export const MAX_URL_LENGTH = 1_900;

/** Addresses of the API; every id and name is escaped here and nowhere else. */
export class Endpoints {
  constructor(private readonly version: ApiVersion = API_VERSION) {}

  account(): string {
    return `${API_HOST}/account-info/${this.version}/details`;
  }

  properties(type: ObjectType): string {
    const path = this.version === "v3" ? "crm/v3/properties" : `crm/properties/${this.version}`;
    return `${API_HOST}/${path}/${segment(type)}`;
  }

  /** One page of live records. */
  list(type: ObjectType, properties: readonly string[], page: { limit: number; after: string | null }): string {
    const after = page.after === null ? "" : `&after=${encodeURIComponent(page.after)}`;
    return `${this.objects(type)}?limit=${page.limit}&archived=false&properties=${encodeURIComponent(properties.join(","))}${after}`;
  }

  record(type: ObjectType, id: string, properties: readonly string[]): string {
    return `${this.objects(type)}/${segment(id)}?archived=false&properties=${encodeURIComponent(properties.join(","))}`;
  }

  batch(type: ObjectType, verb: "read" | "create" | "update" | "archive"): string {
    return `${this.objects(type)}/batch/${verb}`;
  }

  /** Batch read of records in the recycle bin. */
  batchReadArchived(type: ObjectType): string {
    return `${this.objects(type)}/batch/read?archived=true`;
  }

  search(type: ObjectType): string {
    return `${this.objects(type)}/search`;
  }

  private objects(type: ObjectType): string {
    const path = this.version === "v3" ? "crm/v3/objects" : `crm/objects/${this.version}`;
    return `${API_HOST}/${path}/${segment(type)}`;
  }
}

/** Escapes one segment of a path. Dots alone cannot be escaped, they climb in the path: no name or id is made of them. */
function segment(text: string): string {
  if (/^\.{1,2}$/.test(text)) throw new SyncError("bug", "bad-path", "Dots are no name of a record or object.");
  return encodeURIComponent(text);
}
