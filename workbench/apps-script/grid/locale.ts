/** What typing and display depend on. */
export interface SheetLocale {
  readonly name: string;
  readonly decimal: string;
  readonly group: string;
  readonly dateOrder: "mdy" | "dmy" | "ymd";
  readonly dateSeparator: string;
  readonly trueText: string;
  readonly falseText: string;
  readonly currency: string;
}

const EN_US: SheetLocale = {
  name: "en_US",
  decimal: ".",
  group: ",",
  dateOrder: "mdy",
  dateSeparator: "/",
  trueText: "TRUE",
  falseText: "FALSE",
  currency: "$",
};

/** assumed: the details of every locale but en_US. */
const LOCALES: Readonly<Record<string, SheetLocale>> = {
  en_US: EN_US,
  en_GB: { ...EN_US, name: "en_GB", dateOrder: "dmy", currency: "£" },
  de_DE: {
    name: "de_DE",
    decimal: ",",
    group: ".",
    dateOrder: "dmy",
    dateSeparator: ".",
    trueText: "WAHR",
    falseText: "FALSCH",
    currency: "€",
  },
  fr_FR: {
    name: "fr_FR",
    decimal: ",",
    group: "\u202f",
    dateOrder: "dmy",
    dateSeparator: "/",
    trueText: "VRAI",
    falseText: "FAUX",
    currency: "€",
  },
};

/** The locale of that name; unknown names behave as en_US. */
export const localeOf = (name: string): SheetLocale => LOCALES[name] ?? EN_US;

/** The locale's pattern of a date without time. */
export function datePattern(locale: SheetLocale): string {
  switch (locale.dateOrder) {
    case "mdy":
      return "M/d/yyyy";
    case "dmy":
      return ["dd", "MM", "yyyy"].join(locale.dateSeparator);
    case "ymd":
      return ["yyyy", "MM", "dd"].join(locale.dateSeparator);
  }
}

export const dateTimePattern = (locale: SheetLocale): string => `${datePattern(locale)} H:mm:ss`;
