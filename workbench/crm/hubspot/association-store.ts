import { type ObjectType, objectTypeInfo } from "./object-type";
import type { Portal } from "./portal";
import { updateRecord } from "./write-record";

/** One association as seen from a record. */
export interface Association {
  readonly toId: string;
  readonly isPrimary: boolean;
}

/** Association type ids of this pair of types; the primary one comes with the plain one. */
export const associationTypeIds: Readonly<Record<ObjectType, { readonly plain: number; readonly primary: number }>> = {
  contacts: { plain: 279, primary: 1 },
  companies: { plain: 280, primary: 2 },
};

/** The other type of the pair: contacts and companies are all this sandbox associates. */
export function otherType(type: ObjectType): ObjectType {
  return type === "contacts" ? "companies" : "contacts";
}

function isLive(portal: Portal, type: ObjectType, id: string): boolean {
  return portal.stores[type].get(id)?.archivedAtMs === null;
}

function companiesOf(portal: Portal, contactId: string): Association[] {
  // Ids of companies that were merged away lead to the survivor.
  const { survivorOf } = portal.stores.companies;
  const primaryId = survivorOf(portal.stores.contacts.get(contactId)?.properties.associatedcompanyid ?? "");
  const others = [...(portal.otherCompanies.get(contactId) ?? [])].map(survivorOf);
  const all = [...new Set([primaryId, ...others])].filter((id) => id !== "" && isLive(portal, "companies", id));
  return all.map((toId) => ({ toId, isPrimary: toId === primaryId }));
}

/** Finds the associations of records of a type; for companies it looks through all contacts once. */
export function createAssociationFinder(portal: Portal, type: ObjectType): (id: string) => readonly Association[] {
  if (type === "contacts") return (id) => companiesOf(portal, id);
  const byCompany = new Map<string, Association[]>();
  for (const contact of portal.stores.contacts.live()) {
    for (const { toId, isPrimary } of companiesOf(portal, contact.id)) {
      const list = byCompany.get(toId) ?? [];
      list.push({ toId: contact.id, isPrimary });
      byCompany.set(toId, list);
    }
  }
  return (id) => byCompany.get(id) ?? [];
}

/** Associates two live records. The first company of a contact becomes its primary one (assumed). */
export function associate(
  portal: Portal,
  pair: { readonly contactId: string; readonly companyId: string },
  isPrimary: boolean,
  nowMs: number,
): void {
  const contact = portal.stores.contacts.get(pair.contactId);
  if (contact === undefined) return;
  const primaryId = contact.properties.associatedcompanyid ?? "";
  if (primaryId === pair.companyId) return;
  const others = portal.otherCompanies.get(pair.contactId) ?? new Set<string>();
  portal.otherCompanies.set(pair.contactId, others);
  if (primaryId !== "" && !isPrimary) {
    others.add(pair.companyId);
    return;
  }
  if (primaryId !== "") others.add(primaryId);
  others.delete(pair.companyId);
  const values = { associatedcompanyid: pair.companyId };
  updateRecord(portal, "contacts", contact, { values, source: "INTEGRATION", nowMs });
}

/** Removes every association between two records; another company does not become primary by itself (assumed). */
export function dissociate(
  portal: Portal,
  pair: { readonly contactId: string; readonly companyId: string },
  nowMs: number,
): void {
  portal.otherCompanies.get(pair.contactId)?.delete(pair.companyId);
  const contact = portal.stores.contacts.get(pair.contactId);
  if (contact?.properties.associatedcompanyid !== pair.companyId) return;
  const values = { associatedcompanyid: "" };
  updateRecord(portal, "contacts", contact, { values, source: "INTEGRATION", nowMs });
}

/** The `associationTypes` of an association as v4 shows them, seen from a record of `type`. */
export function toAssociationTypes(type: ObjectType, isPrimary: boolean): readonly object[] {
  const { plain, primary } = associationTypeIds[type];
  const category = "HUBSPOT_DEFINED";
  const plainType = { category, typeId: plain, label: null };
  return isPrimary ? [{ category, typeId: primary, label: "Primary" }, plainType] : [plainType];
}

/** "contact_to_company": the name of an association in v3 answers. */
export function associationName(type: ObjectType): string {
  return `${objectTypeInfo(type).singular}_to_${objectTypeInfo(otherType(type)).singular}`;
}
