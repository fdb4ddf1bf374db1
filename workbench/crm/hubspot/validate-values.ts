import { ApiError, type ErrorDetail } from "./api-error";
import { assumed } from "./assumptions";
import { toApiTime } from "./format-time";
import { limits } from "./limits";
import type { PropertyCatalog } from "./property-catalog";
import type { PropertyDefinition } from "./property-definition";
import type { Properties } from "./sandbox-types";

/** One value the portal refuses. */
export interface ValueProblem {
  readonly message: string;
  readonly error: string;
  readonly name: string;
}

/** Values ready to store, or the reasons why not. */
interface CheckedValues {
  readonly values: Properties;
  readonly problems: readonly ValueProblem[];
}

/** What checking needs to know beside the definitions. */
export interface CheckContext {
  readonly catalog: PropertyCatalog;
  readonly ownerIds: ReadonlySet<string>;
  /** Users and background jobs of the portal may write what the API may not. */
  readonly trusted: boolean;
}

/** Checks and normalises the values of one write. null and undefined values are left out (assumed: null changes nothing). */
export function checkValues(input: Readonly<Record<string, unknown>>, context: CheckContext): CheckedValues {
  const values: Record<string, string> = {};
  const problems: ValueProblem[] = [];
  for (const [name, raw] of Object.entries(input)) {
    if (raw === null || raw === undefined) continue;
    const definition = context.catalog.get(name);
    if (definition === undefined) {
      problems.push({ message: `Property "${name}" does not exist`, error: "PROPERTY_DOESNT_EXIST", name });
      continue;
    }
    if (definition.modificationMetadata.readOnlyValue && !context.trusted) {
      const message = `"${name}" is a read only property; its value cannot be set.`;
      problems.push({ message, error: "READ_ONLY_VALUE", name });
      continue;
    }
    const checked = checkValue(definition, String(raw), context);
    if (typeof checked === "string") values[name] = checked;
    else problems.push({ ...checked, name });
  }
  return { values, problems };
}

/** Types whose values hold no outer blanks. */
const trimmedTypes: ReadonlySet<string> = new Set(["number", "bool", "enumeration", "date", "datetime"]);

type Refusal = Omit<ValueProblem, "name">;

function checkValue(definition: PropertyDefinition, text: string, context: CheckContext): string | Refusal {
  if (text === "") return "";
  if (definition.name === "email") return checkEmail(text);
  if (!trimmedTypes.has(definition.type) || !hasOuterBlanks(definition, text)) {
    return checkTyped(definition, text, context);
  }
  // A person in the portal cannot enter outer blanks (assumed).
  if (context.trusted || !assumed.refusesOuterBlanks) return checkTyped(definition, withoutOuterBlanks(text), context);
  return { message: `"${text}" includes leading or trailing whitespace.`, error: "LEADING_TRAILING_WHITESPACE" };
}

/** Of a list, each choice counts (assumed). */
function hasOuterBlanks(definition: PropertyDefinition, text: string): boolean {
  const parts = definition.fieldType === "checkbox" ? text.split(";") : [text];
  return parts.some((part) => withoutOuterBlanks(part) !== part);
}

function withoutOuterBlanks(text: string): string {
  return text.replace(assumed.outerBlanks, "");
}

function checkTyped(definition: PropertyDefinition, text: string, context: CheckContext): string | Refusal {
  switch (definition.type) {
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text)
        ? text
        : { message: `${definition.name} was not a valid number`, error: "INVALID_INTEGER" };
    case "bool":
    case "enumeration":
      return checkOptions(definition, text, context);
    case "date":
      return checkDate(text);
    case "datetime":
      return checkDatetime(text);
    default:
      return text.length <= limits.propertyCharacters
        ? text
        : { message: assumed.tooLongMessage(definition.name), error: assumed.tooLongCode };
  }
}

/** E-mail addresses are trimmed and stored in lower case; some plausible ones are refused (seen: ".con"). */
function checkEmail(text: string): string | Refusal {
  const address = text.trim().toLowerCase();
  const isPlausible = /^[^\s@,;<>()"]+@[^\s@,;<>()"]+\.[^\s@.,;<>()"\d][^\s@.,;<>()"]+$/.test(address);
  const isTypo = address.endsWith(".con") || address.includes("..");
  return isPlausible && !isTypo ? address : { message: `Email address ${text} is invalid`, error: "INVALID_EMAIL" };
}

function checkOptions(definition: PropertyDefinition, text: string, context: CheckContext): string | Refusal {
  if (definition.name === "hubspot_owner_id") {
    return context.ownerIds.has(text) ? text : { message: assumed.unknownOwnerMessage(text), error: "INVALID_OPTION" };
  }
  if (definition.externalOptions || (definition.options.length === 0 && context.trusted)) return text;
  const isList = definition.fieldType === "checkbox";
  const parts = isList ? text.split(";").filter((part) => part !== "") : [text];
  const allowed = definition.options.map((option) => option.value);
  const wrong = parts.find((part) => !allowed.includes(part));
  if (wrong === undefined) return text;
  return { message: `${wrong} was not one of the allowed options: [${allowed.join(", ")}]`, error: "INVALID_OPTION" };
}

function checkDate(text: string): string | Refusal {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const ms = Date.parse(`${text}T00:00:00Z`);
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return text;
    return { message: assumed.notADateMessage(text), error: "INVALID_DATE" };
  }
  const ms = parseMoment(text);
  if (ms === null) return { message: assumed.notADateMessage(text), error: "INVALID_DATE" };
  if (ms % 86_400_000 === 0) return new Date(ms).toISOString().slice(0, 10);
  const at = new Date(ms);
  const time = `${at.getUTCHours()}:${at.getUTCMinutes()}:${at.getUTCSeconds()}.${at.getUTCMilliseconds()}`;
  return { message: `${ms} is at ${time} UTC, not midnight!`, error: "INVALID_DATE" };
}

function checkDatetime(text: string): string | Refusal {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : parseMoment(text);
  return ms === null || Number.isNaN(ms)
    ? { message: assumed.notADatetimeMessage(text), error: "INVALID_DATE" }
    : toApiTime(ms);
}

/** Epoch ms, or ISO with zone; null for anything else and for moments no calendar holds. */
export function parseMoment(text: string): number | null {
  if (/^-?\d+$/.test(text)) return Math.abs(Number(text)) <= 8.64e15 ? Number(text) : null;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** The 400 for refused values: the list is JSON inside the message, and `errors` repeats each distinct problem once. */
export function toValuesError(problems: readonly ValueProblem[], portalId: number): ApiError {
  return new ApiError(400, {
    message: toValuesMessage(problems, portalId),
    category: "VALIDATION_ERROR",
    errors: toErrorDetails(problems),
  });
}

/** Text of refused values: the list of problems as JSON. */
export function toValuesMessage(problems: readonly ValueProblem[], portalId: number): string {
  const list = problems.map(({ message, error, name }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return `Property values were not valid: ${JSON.stringify(list)}`;
}

/** The `errors` entries of refused values; equal ones appear once. */
export function toErrorDetails(problems: readonly ValueProblem[]): ErrorDetail[] {
  const details = problems.map(({ message, error, name }) => ({
    message,
    code: error,
    context: { propertyName: [name] },
  }));
  const seen = new Set<string>();
  return details.filter((detail) => {
    const key = JSON.stringify(detail);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
