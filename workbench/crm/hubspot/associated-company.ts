import type { ObjectType } from "./object-type";
import type { Portal } from "./portal";
import type { Properties } from "./sandbox-types";

/** Association type ids of contact to company: 1 is the primary company, 279 any. */
const contactToCompany = new Set([1, 279]);

/**
 * The company that a new contact is given through `associations` of its create, as the property that holds it. Of the
 * associations this sandbox keeps only a contact's primary company.
 */
export function companyToAssociate(portal: Portal, type: ObjectType, associations: unknown): Properties {
  if (type !== "contacts" || !Array.isArray(associations)) return {};
  for (const entry of associations as readonly AssociationInput[]) {
    const isCompany = (entry.types ?? []).some((kind) => contactToCompany.has(Number(kind.associationTypeId)));
    const id = String(entry.to?.id ?? "");
    if (isCompany && portal.stores.companies.get(id) !== undefined) return { associatedcompanyid: id };
  }
  return {};
}

interface AssociationInput {
  readonly to?: { readonly id?: unknown };
  readonly types?: readonly { readonly associationTypeId?: unknown }[];
}
