import type { CrmName } from "../../src/contract/views";
import type { TrialField } from "./sync-values";

/** The CRM of a trial: names that differ between CRMs. */
export interface TrialCrm {
  readonly name: CrmName;
  readonly objectType: string;
  /** Field of the CRM behind each column of a trial. */
  readonly fields: Readonly<Record<TrialField, string>>;
  /** Without these the CRM takes no record: people fill them in every new row and record. */
  readonly required: readonly TrialField[];
}

export const HUBSPOT_TRIAL: TrialCrm = {
  name: "hubspot",
  objectType: "contacts",
  fields: { email: "email", firstname: "firstname", lastname: "lastname", jobtitle: "jobtitle", city: "city" },
  required: [],
};

type Values = Readonly<Record<string, string>>;

/** Values by the CRM's names, from values by the trial's. */
export function toCrmNames(crm: TrialCrm, values: Values): Values {
  const pairs = Object.entries(values).map(([field, value]) => [crm.fields[field as TrialField], value]);
  return Object.fromEntries(pairs);
}

/** Values by the trial's names; what a trial has no column for is left out. */
export function toTrialNames(crm: TrialCrm, values: Values): Values {
  const pairs = Object.entries(crm.fields).map(([field, name]) => [field, values[name] ?? ""]);
  return Object.fromEntries(pairs);
}
