import type { CrmName } from "../../src/contract/views";
import type { CrmSandbox } from "../server/crm-sandbox";
import type { World } from "../server/world";
import type { AddOnClient } from "./add-on-client";
import { PERSON_FIELDS, type PersonField } from "./people-sheet";

/** What the demo has to know of a CRM. */
export interface DemoCrm {
  readonly name: CrmName;
  readonly label: string;
  readonly objectType: string;
  /** Field of the CRM behind each column of the people sheet. */
  readonly fields: Readonly<Record<PersonField, string>>;
  readonly recordId: RegExp;
  connect(client: AddOnClient, world: World): Promise<void>;
}

const HUBSPOT: DemoCrm = {
  name: "hubspot",
  label: "HubSpot",
  objectType: "contacts",
  fields: {
    firstname: "firstname",
    lastname: "lastname",
    email: "email",
    phone: "phone",
    jobtitle: "jobtitle",
    company: "company",
  },
  recordId: /^\d+$/,
  connect: async (client, { hubspot }) => {
    await client.call("connection.connect", { crm: "hubspot", token: hubspot.token });
  },
};

/** By the name of the CRM. */
export const DEMO_CRMS: Readonly<Partial<Record<CrmName, DemoCrm>>> = { hubspot: HUBSPOT };

/** A contact of the CRM by the columns of the people sheet. */
export interface DemoPerson {
  readonly id: string;
  readonly values: Readonly<Record<PersonField, string>>;
}

/** Every contact as the CRM has it now. */
export function readContacts(crm: DemoCrm, sandbox: CrmSandbox): readonly DemoPerson[] {
  return sandbox.records(crm.objectType).map(({ id, properties }) => {
    const values = Object.fromEntries(PERSON_FIELDS.map((field) => [field, properties[crm.fields[field]] ?? ""]));
    return { id, values: values as Record<PersonField, string> };
  });
}
