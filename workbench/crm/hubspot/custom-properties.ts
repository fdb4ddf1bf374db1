import { type PropertyDefinition, type PropertyOption, type PropertyType, toOptions } from "./property-definition";

/** What a caller says about a new custom property; everything else has a default. */
export interface PropertyInput {
  readonly name: string;
  readonly label?: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly groupName?: string;
  readonly description?: string;
  readonly options?: readonly Partial<PropertyOption>[];
  readonly displayOrder?: number;
  readonly hasUniqueValue?: boolean;
  readonly hidden?: boolean;
  readonly formField?: boolean;
  readonly externalOptions?: boolean;
  readonly dataSensitivity?: "non_sensitive" | "sensitive" | "highly_sensitive";
  /** For tests: a custom property whose values or definition cannot be written. */
  readonly readOnlyValue?: boolean;
}

/** Definition of a custom property as the API shows it. `at` is an ISO time. */
export function toCustomDefinition(input: PropertyInput, defaultGroup: string, at: string): PropertyDefinition {
  const isYesNo = input.type === "bool" || input.fieldType === "booleancheckbox";
  const given = (input.options ?? []).map((option, displayOrder) => ({
    label: option.label ?? option.value ?? "",
    value: option.value ?? option.label ?? "",
    ...(option.description === undefined ? {} : { description: option.description }),
    displayOrder: option.displayOrder ?? displayOrder,
    hidden: option.hidden ?? false,
  }));
  return {
    name: input.name,
    label: input.label ?? input.name,
    type: input.type,
    fieldType: input.fieldType,
    description: input.description ?? "",
    groupName: input.groupName ?? defaultGroup,
    options: isYesNo && given.length === 0 ? toOptions(["true=Yes", "false=No"]) : given,
    displayOrder: input.displayOrder ?? -1,
    calculated: input.fieldType.startsWith("calculation"),
    externalOptions: input.externalOptions ?? false,
    archived: false,
    hasUniqueValue: input.hasUniqueValue ?? false,
    hidden: input.hidden ?? false,
    formField: input.formField ?? true,
    dataSensitivity: input.dataSensitivity ?? "non_sensitive",
    createdAt: at,
    updatedAt: at,
    createdUserId: "61203377",
    updatedUserId: "61203377",
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: false,
      readOnlyValue: input.readOnlyValue ?? input.fieldType.startsWith("calculation"),
    },
  };
}

/** Custom contact properties of the seeded portal: one of every kind a sync has to map. */
export const seededContactProperties: readonly PropertyInput[] = [
  {
    name: "favourite_colour",
    label: "Favourite colour",
    type: "enumeration",
    fieldType: "select",
    options: toOptions(["red=Red", "green=Green", "blue=Blue", "hot_pink=Hot pink"]),
  },
  { name: "score", label: "Score", type: "number", fieldType: "number" },
  { name: "renewal_date", label: "Renewal date", type: "date", fieldType: "date" },
  { name: "newsletter", label: "Newsletter", type: "bool", fieldType: "booleancheckbox" },
  {
    name: "interests",
    label: "Interests",
    type: "enumeration",
    fieldType: "checkbox",
    options: toOptions(["art=Art", "cycling=Cycling", "food=Food & wine", "music=Music", "travel=Travel"]),
  },
  { name: "external_ref", label: "External reference", type: "string", fieldType: "text", hasUniqueValue: true },
  { name: "notes_long", label: "Long notes", type: "string", fieldType: "textarea" },
  { name: "last_seen_at", label: "Last seen at", type: "datetime", fieldType: "date" },
];

/** Custom company properties of the seeded portal. */
export const seededCompanyProperties: readonly PropertyInput[] = [
  { name: "customer_number", label: "Customer number", type: "string", fieldType: "text", hasUniqueValue: true },
  { name: "contract_end", label: "Contract end", type: "date", fieldType: "date" },
];
