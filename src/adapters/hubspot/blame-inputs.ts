import { toRefusedValues } from "./refusal";
import type { ErrorWire } from "./wire";
import type { PreparedWrite } from "./write-request";

/** Codes that concern every input with the property, whatever its value. */
const ANY_VALUE: ReadonlySet<string> = new Set(["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE"]);

/** What a refusal says about one field of one input. */
interface Detail {
  readonly message: string;
  readonly code: string;
  readonly context: { readonly propertyName: string[] };
}

/**
 * Inputs of a batch that was refused as a whole and that the refusal points at, each with the part that concerns it.
 * Empty: it cannot be told. An input is blamed only for a value that the message quotes.
 */
export function blameInputs(writes: readonly PreparedWrite[], error: ErrorWire): ReadonlyMap<PreparedWrite, ErrorWire> {
  const details = new Map<PreparedWrite, readonly Detail[]>();
  for (const value of toRefusedValues(error)) {
    const { field, code, message } = value;
    if (field === null) continue;
    for (const write of writes) {
      const sent = write.values[field];
      if (sent === undefined) continue;
      if (!ANY_VALUE.has(code) && !quotes(message, sent)) continue;
      const detail = { message, code, context: { propertyName: [field] } };
      const known = details.get(write) ?? [];
      if (known.some(({ context }) => context.propertyName.includes(field))) continue;
      details.set(write, [...known, detail]);
    }
  }
  return new Map([...details].map(([write, errors]) => [write, { category: "VALIDATION_ERROR", errors: [...errors] }]));
}

/** Whether the message holds the value as a word of its own: "40" is not quoted by "340 was not…". */
function quotes(message: string, value: string): boolean {
  const parts = value.split(";").filter((part) => part !== "");
  return parts.some((part) => {
    const at = message.indexOf(part);
    if (at < 0) return false;
    const before = message[at - 1] ?? " ";
    const after = message[at + part.length] ?? " ";
    return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
  });
}
