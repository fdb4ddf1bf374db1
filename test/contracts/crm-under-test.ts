import type { RecordId } from "../../src/domain/record";
import type { FieldName, ObjectType } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";
import type { Crm } from "../../src/ports/crm";

export type Values = Readonly<Record<FieldName, CrmValue>>;

/** Names that differ between CRMs; every one of them must exist. */
export interface ContractNames {
  readonly people: ObjectType;
  readonly email: FieldName;
  readonly firstName: FieldName;
  readonly lastName: FieldName;
  readonly phone: FieldName;
  readonly number: FieldName;
  readonly date: FieldName;
  readonly datetime: FieldName;
  readonly boolean: FieldName;
  readonly choice: FieldName;
  readonly choiceValues: readonly [string, string];
  readonly multiChoice: FieldName;
  readonly multiChoiceValues: readonly [string, string, string];
  /** A unique text field. */
  readonly unique: FieldName;
  readonly readOnly: FieldName;
  readonly companies: ObjectType;
  readonly companyName: FieldName;
  readonly companyDomain: FieldName;
}

/** What somebody else does in the CRM, and time. */
export interface OutsideWorld {
  create(type: ObjectType, values: Values): RecordId;
  update(type: ObjectType, id: RecordId, values: Values): void;
  archive(type: ObjectType, id: RecordId): void;
  /** Id of the survivor. */
  merge(type: ObjectType, keptId: RecordId, otherId: RecordId): RecordId;
  /** Values of a live record, null when there is none. */
  get(type: ObjectType, id: RecordId): Values | null;
  liveIds(type: ObjectType): readonly RecordId[];
  /** Lets time pass. */
  pass(ms: number): void;
}

/** One CRM, empty, for one test. */
export interface CrmUnderTest {
  readonly crm: Crm;
  readonly world: OutsideWorld;
  readonly names: ContractNames;
  /** Must not appear in any error; null: the CRM has none. */
  readonly secret: string | null;
}

/** Names of the portal that the fake and the HubSpot sandbox share. */
export const HUBSPOT_NAMES: ContractNames = {
  people: "contacts",
  email: "email",
  firstName: "firstname",
  lastName: "lastname",
  phone: "phone",
  number: "score",
  date: "renewal_date",
  datetime: "last_seen_at",
  boolean: "newsletter",
  choice: "favourite_colour",
  choiceValues: ["red", "hot_pink"],
  multiChoice: "interests",
  multiChoiceValues: ["art", "food", "music"],
  unique: "external_ref",
  readOnly: "createdate",
  companies: "companies",
  companyName: "name",
  companyDomain: "domain",
};
