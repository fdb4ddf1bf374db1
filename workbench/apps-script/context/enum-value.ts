/** One value of a Google enum: compared by identity, prints its name. */
export interface EnumValue {
  readonly enumType: string;
  readonly enumName: string;
  name(): string;
  toString(): string;
  ordinal(): number;
  compareTo(other: EnumValue): number;
}

const ENUM_MEMBERS = {
  AuthMode: ["NONE", "CUSTOM_FUNCTION", "LIMITED", "FULL"],
  AuthorizationStatus: ["REQUIRED", "NOT_REQUIRED"],
  WeekDay: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
  EventType: ["CLOCK", "ON_OPEN", "ON_EDIT", "ON_FORM_SUBMIT", "ON_CHANGE", "ON_EVENT_UPDATED"],
  TriggerSource: ["SPREADSHEETS", "CLOCK", "FORMS", "DOCUMENTS", "CALENDAR"],
  InstallationSource: ["APPS_MARKETPLACE_DOMAIN_ADD_ON", "NONE", "WEB_STORE_ADD_ON"],
  DeveloperMetadataVisibility: ["DOCUMENT", "PROJECT"],
  DeveloperMetadataLocationType: ["SPREADSHEET", "SHEET", "ROW", "COLUMN"],
  ProtectionType: ["RANGE", "SHEET"],
  Dimension: ["COLUMNS", "ROWS"],
  WrapStrategy: ["WRAP", "OVERFLOW", "CLIP"],
  SheetType: ["GRID", "OBJECT", "DATASOURCE"],
  CopyPasteType: [
    "PASTE_NORMAL",
    "PASTE_NO_BORDERS",
    "PASTE_FORMAT",
    "PASTE_FORMULA",
    "PASTE_DATA_VALIDATION",
    "PASTE_VALUES",
    "PASTE_CONDITIONAL_FORMATTING",
    "PASTE_COLUMN_WIDTHS",
  ],
  BorderStyle: ["DOTTED", "DASHED", "SOLID", "SOLID_MEDIUM", "SOLID_THICK", "DOUBLE"],
  BandingTheme: ["LIGHT_GREY", "CYAN", "GREEN", "YELLOW", "ORANGE", "BLUE", "TEAL", "GREY", "BROWN", "PINK", "INDIGO"],
  Direction: ["UP", "DOWN", "PREVIOUS", "NEXT"],
  BooleanCriteria: [
    "CELL_EMPTY",
    "CELL_NOT_EMPTY",
    "DATE_AFTER",
    "DATE_BEFORE",
    "DATE_EQUAL_TO",
    "NUMBER_BETWEEN",
    "NUMBER_EQUAL_TO",
    "NUMBER_GREATER_THAN",
    "NUMBER_GREATER_THAN_OR_EQUAL_TO",
    "NUMBER_LESS_THAN",
    "NUMBER_LESS_THAN_OR_EQUAL_TO",
    "NUMBER_NOT_BETWEEN",
    "NUMBER_NOT_EQUAL_TO",
    "TEXT_CONTAINS",
    "TEXT_DOES_NOT_CONTAIN",
    "TEXT_EQUAL_TO",
    "TEXT_STARTS_WITH",
    "TEXT_ENDS_WITH",
    "CUSTOM_FORMULA",
  ],
  DataValidationCriteria: [
    "DATE_AFTER",
    "DATE_BEFORE",
    "DATE_BETWEEN",
    "DATE_EQUAL_TO",
    "DATE_IS_VALID_DATE",
    "DATE_ON_OR_AFTER",
    "DATE_ON_OR_BEFORE",
    "NUMBER_BETWEEN",
    "NUMBER_EQUAL_TO",
    "NUMBER_GREATER_THAN",
    "NUMBER_GREATER_THAN_OR_EQUAL_TO",
    "NUMBER_LESS_THAN",
    "NUMBER_LESS_THAN_OR_EQUAL_TO",
    "NUMBER_NOT_BETWEEN",
    "NUMBER_NOT_EQUAL_TO",
    "TEXT_CONTAINS",
    "TEXT_DOES_NOT_CONTAIN",
    "TEXT_EQUAL_TO",
    "TEXT_IS_VALID_EMAIL",
    "TEXT_IS_VALID_URL",
    "VALUE_IN_LIST",
    "VALUE_IN_RANGE",
    "CUSTOM_FORMULA",
    "CHECKBOX",
  ],
  Charset: ["US_ASCII", "UTF_8"],
  DigestAlgorithm: ["MD2", "MD5", "SHA_1", "SHA_256", "SHA_384", "SHA_512"],
  MacAlgorithm: ["HMAC_MD5", "HMAC_SHA_1", "HMAC_SHA_256", "HMAC_SHA_384", "HMAC_SHA_512"],
  SandboxMode: ["EMULATED", "IFRAME", "NATIVE"],
  XFrameOptionsMode: ["ALLOWALL", "DEFAULT"],
  Button: ["CLOSE", "OK", "CANCEL", "YES", "NO"],
  ButtonSet: ["OK", "OK_CANCEL", "YES_NO", "YES_NO_CANCEL"],
} as const;

export type EnumType = keyof typeof ENUM_MEMBERS;

class Member implements EnumValue {
  constructor(
    readonly enumType: string,
    readonly enumName: string,
    private readonly position: number,
  ) {}

  name(): string {
    return this.enumName;
  }

  toString(): string {
    return this.enumName;
  }

  toJSON(): string {
    return this.enumName;
  }

  ordinal(): number {
    return this.position;
  }

  compareTo(other: EnumValue): number {
    return this.position - other.ordinal();
  }
}

const enums = new Map<string, Readonly<Record<string, EnumValue>>>();

/** The enum as an object of its values, e.g. `SpreadsheetApp.ProtectionType`. */
export function enumObject(type: EnumType): Readonly<Record<string, EnumValue>> {
  const known = enums.get(type);
  if (known !== undefined) {
    return known;
  }
  const members: Record<string, EnumValue> = {};
  ENUM_MEMBERS[type].forEach((name, position) => {
    members[name] = Object.freeze(new Member(type, name, position));
  });
  enums.set(type, Object.freeze(members));
  return members;
}

/** The value of an enum that the host named; throws a TypeError for a name this emulator lacks. */
export function enumByName(type: string, name: string): EnumValue {
  const value = type in ENUM_MEMBERS ? enumObject(type as EnumType)[name] : undefined;
  if (value === undefined) {
    throw new TypeError(`not emulated: enum ${type}.${name}`);
  }
  return value;
}

export const isEnumValue = (value: object): value is EnumValue => value instanceof Member;
