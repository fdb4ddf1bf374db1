import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { isJsonObject, type Json, type JsonObject, tagOf } from "../json";

const NAMESPACE_TYPES = /^(?:Range|Sheet|Spreadsheet|Protection|DeveloperMetadata|RangeList|Filter)/;

/** Name of a value's type in Google's "parameters don't match" text. */
function typeName(value: Json): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return `${typeName(value[0] ?? null)}[]`;
  }
  switch (typeof value) {
    case "string":
      return "String";
    case "boolean":
      return "Boolean";
    case "number":
      return "number";
    default:
      return tagOf(value) ?? "(class)";
  }
}

/** Arguments of a service call, read with Google's type error; positions are 0-based. */
export class ArgumentList {
  constructor(
    private readonly op: string,
    readonly values: readonly Json[],
  ) {}

  get length(): number {
    let length = this.values.length;
    while (length > 0 && this.values[length - 1] === null) {
      length--;
    }
    return length;
  }

  /** The error for arguments that no signature takes. */
  mismatch(): ServiceError {
    const method =
      NAMESPACE_TYPES.test(this.op) && !this.op.startsWith("SpreadsheetApp") ? `SpreadsheetApp.${this.op}` : this.op;
    return new ServiceError(ERROR_TEXTS.signatureMismatch(this.values.map(typeName).join(","), method));
  }

  at(position: number): Json {
    return this.values[position] ?? null;
  }

  has(position: number): boolean {
    return this.at(position) !== null;
  }

  string(position: number): string {
    const value = this.at(position);
    if (typeof value === "number" || typeof value === "boolean") {
      return String(value);
    }
    if (typeof value !== "string") {
      throw this.mismatch();
    }
    return value;
  }

  optionalString(position: number): string | null {
    return this.has(position) ? this.string(position) : null;
  }

  number(position: number): number {
    const value = this.at(position);
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) {
      throw this.mismatch();
    }
    return number;
  }

  /** A whole number, cut as Java cuts it. */
  integer(position: number): number {
    return Math.trunc(this.number(position));
  }

  optionalInteger(position: number): number | null {
    return this.has(position) ? this.integer(position) : null;
  }

  boolean(position: number): boolean {
    const value = this.at(position);
    if (typeof value !== "boolean") {
      throw this.mismatch();
    }
    return value;
  }

  array(position: number): readonly Json[] {
    const value = this.at(position);
    if (!Array.isArray(value)) {
      throw this.mismatch();
    }
    return value;
  }

  /** A rectangle of values: an array of arrays. */
  rows(position: number): readonly (readonly Json[])[] {
    const rows = this.array(position);
    if (!rows.every(Array.isArray)) {
      throw this.mismatch();
    }
    return rows as readonly (readonly Json[])[];
  }

  object(position: number): JsonObject {
    const value = this.at(position);
    if (!isJsonObject(value)) {
      throw this.mismatch();
    }
    return value;
  }

  /** A service object or special value of the given tag. */
  tagged(position: number, tag: string): JsonObject {
    const value = this.object(position);
    if (tagOf(value) !== tag) {
      throw this.mismatch();
    }
    return value;
  }

  /** Name of an enum value of that type. */
  enumName(position: number, type: string): string {
    const value = this.tagged(position, "Enum");
    if (value.type !== type) {
      throw this.mismatch();
    }
    return String(value.name);
  }
}
