/** Types of values, as the API names them. */
export type PropertyType =
  | "string"
  | "number"
  | "date"
  | "datetime"
  | "bool"
  | "enumeration"
  | "phone_number"
  | "object_coordinates"
  | "json";

/** One option of an enumeration. */
export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

/** A property definition, shaped like the API's answer. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly description: string;
  readonly groupName: string;
  readonly options: readonly PropertyOption[];
  readonly displayOrder: number;
  readonly calculated: boolean;
  readonly externalOptions: boolean;
  readonly hasUniqueValue: boolean;
  readonly hidden: boolean;
  readonly formField: boolean;
  readonly dataSensitivity: "non_sensitive" | "sensitive" | "highly_sensitive";
  /** Absent for custom properties. */
  readonly hubspotDefined?: boolean;
  readonly referencedObjectType?: string;
  readonly archived?: boolean;
  readonly archivedAt?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly createdUserId?: string;
  readonly updatedUserId?: string;
  readonly modificationMetadata: {
    readonly archivable: boolean;
    readonly readOnlyDefinition: boolean;
    readonly readOnlyValue: boolean;
    readonly readOnlyOptions?: boolean;
  };
}

/** A group of properties. */
export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
  readonly archived: boolean;
}

/**
 * Properties that share everything but the name: group, type, fieldType, flags, names with blanks between.
 * Flags: A archivable, C calculated, D definition read-only, F form field, H hidden, R value read-only, X external options,
 * U unique, o options may be changed, O options may not.
 */
export type PropertyRow = readonly [group: string, type: PropertyType, fieldType: string, flags: string, names: string];

/**
 * Rows from text: a line with group, type, fieldType and flags ("-" for none), then indented lines with names. Throws
 * RangeError for a line that is neither.
 */
export function parseRows(text: string): PropertyRow[] {
  const rows: { readonly head: readonly string[]; names: string }[] = [];
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const last = rows.at(-1);
    if (!line.startsWith(" ")) rows.push({ head: line.split(" "), names: "" });
    else if (last !== undefined) last.names = `${last.names} ${line.trim()}`.trim();
  }
  return rows.map(({ head: [group, type, fieldType, flags], names }) => {
    if (group === undefined || fieldType === undefined || flags === undefined || !isPropertyType(type)) {
      throw new RangeError(`not a row of properties: ${names}`);
    }
    return [group, type, fieldType, flags, names];
  });
}

const propertyTypes: readonly string[] =
  "string number date datetime bool enumeration phone_number object_coordinates json".split(" ");

function isPropertyType(text: string | undefined): text is PropertyType {
  return text !== undefined && propertyTypes.includes(text);
}

/** What a person would call a property whose label is not written down: "hs_email_optout" becomes "Email Optout". */
export function labelOf(name: string): string {
  return name
    .replace(/^hs_/, "")
    .split("_")
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Options with values that are their own labels, unless a label is given after "=". */
export function toOptions(values: readonly string[]): PropertyOption[] {
  return values.map((text, at) => {
    const [value = "", label] = text.split("=");
    return { label: label ?? labelOf(value.toLowerCase()), value, displayOrder: at, hidden: false };
  });
}

const yesNo = toOptions(["true=Yes", "false=No"]);

/** What the rows do not say: texts and options by property name. */
export interface PropertyTexts {
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, readonly PropertyOption[]>>;
  readonly references: Readonly<Record<string, string>>;
}

/** Definitions of the vendor's own properties from their condensed rows. */
export function expandRows(rows: readonly PropertyRow[], texts: PropertyTexts): PropertyDefinition[] {
  return rows.flatMap(([groupName, type, fieldType, flags, names]) =>
    names.split(" ").map((name): PropertyDefinition => {
      const has = (flag: string): boolean => flags.includes(flag);
      const isYesNo = type === "bool" || fieldType === "booleancheckbox";
      const reference = texts.references[name];
      return {
        name,
        label: texts.labels[name] ?? labelOf(name),
        type,
        fieldType,
        description: "",
        groupName,
        options: isYesNo ? yesNo : (texts.options[name] ?? []),
        displayOrder: -1,
        calculated: has("C"),
        externalOptions: has("X"),
        hasUniqueValue: has("U"),
        hidden: has("H"),
        formField: has("F"),
        dataSensitivity: "non_sensitive",
        hubspotDefined: true,
        createdAt: "2021-03-02T08:15:40.112Z",
        updatedAt: "2025-06-17T07:05:13Z",
        ...(reference === undefined ? {} : { referencedObjectType: reference }),
        modificationMetadata: {
          archivable: has("A"),
          readOnlyDefinition: has("D"),
          ...(has("o") || has("O") ? { readOnlyOptions: has("O") } : {}),
          readOnlyValue: has("R"),
        },
      };
    }),
  );
}
