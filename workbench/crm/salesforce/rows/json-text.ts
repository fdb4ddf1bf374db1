/** A number that answers show with a decimal point: `3.0`. */
export class Decimal {
  constructor(readonly value: number) {}
}

/** JSON as the org writes it: as usual, but whole numbers of `Decimal` keep a `.0`. */
export function toJsonText(value: unknown): string {
  if (value instanceof Decimal) return decimalText(value.value);
  if (Array.isArray(value)) return `[${value.map((item) => toJsonText(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${toJsonText(item)}`).join(",")}}`;
}

function decimalText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
