import type { PicklistValue, SField, SFieldType, SObjectDef } from "../sobject-def";

/** An object as a condensed table: one line a field, `name|label|type|size|flags|more`. */
export interface ObjectTable {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly mergeable?: boolean;
  readonly createable?: boolean;
  /**
   * size: a length ("80"), precision and scale ("18.2") or digits ("d8"). flags: letters of `FLAGS`. more, by `; `:
   * "in MailingAddress" (compound), "to Group+User as Owner" (reference), "as X" (a relationship without one), "is personname" (extra type), "default x".
   */
  readonly fields: string;
  /** Values by field, `|` between them; `*` marks the default, `value=label` where they differ. */
  readonly picklists?: Readonly<Record<string, string>>;
}

type Flag = { [K in keyof SField]: SField[K] extends boolean ? K : never }[keyof SField];

const FLAGS: Readonly<Record<string, Flag>> = {
  n: "nillable",
  c: "createable",
  u: "updateable",
  d: "defaultedOnCreate",
  f: "filterable",
  s: "sortable",
  g: "groupable",
  a: "aggregatable",
  i: "idLookup",
  N: "nameField",
  P: "namePointing",
  r: "restrictedPicklist",
  p: "permissionable",
  m: "polymorphicForeignKey",
  D: "queryByDistance",
  S: "searchPrefilterable",
  k: "calculated",
  A: "autoNumber",
  x: "externalId",
  q: "unique",
  C: "caseSensitive",
};

/** The object of a table, its custom fields included. Throws RangeError for a line that cannot be read. */
export function toObjectDef(table: ObjectTable): SObjectDef {
  const { name, label, labelPlural, keyPrefix, mergeable = false, createable = true, picklists = {} } = table;
  const lines = table.fields.split("\n").filter((line) => line !== "");
  const custom = name.endsWith("__c");
  const common = { name, label, labelPlural, keyPrefix, mergeable, custom, queryable: true };
  const fields = lines.map((line) => toField(line, picklists));
  return { ...common, createable, updateable: createable, deletable: createable, fields, childRelationships: [] };
}

function toField(line: string, picklists: Readonly<Record<string, string>>): SField {
  const [name = "", label = "", type = "", size = "", flags = "", more = ""] = line.split("|");
  if (name === "" || type === "") throw new RangeError(`not a line of a field: ${line}`);
  const values = parsePicklist(picklists[name] ?? "");
  const notes = more.split("; ");
  const note = (word: string) => notes.find((one) => one.startsWith(`${word} `))?.slice(word.length + 1) ?? null;
  const [targets = "", relationshipName = note("as")] = (note("to") ?? "").split(" as ");
  return {
    name,
    label,
    type: type as SFieldType,
    ...toSize(size),
    ...toFlags(flags, line),
    custom: name.endsWith("__c"),
    compoundFieldName: note("in"),
    extraTypeInfo: note("is"),
    defaultValue: type === "boolean" ? false : note("default"),
    picklistValues: values,
    referenceTo: targets === "" ? [] : targets.split("+"),
    relationshipName,
  };
}

function toFlags(letters: string, line: string): Readonly<Record<Flag, boolean>> {
  const flags = Object.fromEntries(Object.values(FLAGS).map((flag) => [flag, false]));
  for (const letter of letters) {
    const flag = FLAGS[letter];
    if (flag === undefined) throw new RangeError(`unknown flag ${letter}: ${line}`);
    flags[flag] = true;
  }
  return flags as Readonly<Record<Flag, boolean>>;
}

function toSize(text: string): Pick<SField, "length" | "precision" | "scale" | "digits"> {
  const none = { length: 0, precision: 0, scale: 0, digits: 0 };
  if (text === "") return none;
  if (text.startsWith("d")) return { ...none, digits: Number(text.slice(1)) };
  const [first = 0, second] = text.split(".").map(Number);
  return second === undefined ? { ...none, length: first } : { ...none, precision: first, scale: second };
}

function parsePicklist(text: string): readonly PicklistValue[] {
  if (text === "") return [];
  return text.split("|").map((entry) => {
    const [marked = "", label] = entry.split("=");
    const value = marked.replace(/\*$/, "");
    return { active: true, defaultValue: marked.endsWith("*"), label: label ?? value, validFor: null, value };
  });
}
