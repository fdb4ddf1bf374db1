/** One entry of the `errors` list of an error answer. */
export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Body of an error answer without `status` and `correlationId`, which every error gets. */
interface ErrorBody {
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly errorType?: string;
  readonly policyName?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly ErrorDetail[];
  readonly links?: Readonly<Record<string, string>>;
}

/** An answer of the API that is not a success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.message);
    this.name = "ApiError";
  }
}

/** One entry of the `errors` list of a 207 answer. */
export interface BatchErrorEntry {
  readonly status: "error";
  readonly category: string;
  readonly subCategory?: string;
  readonly message: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly ErrorDetail[];
}

/** 400 VALIDATION_ERROR with a plain message. */
export function validationError(message: string, context?: Readonly<Record<string, readonly string[]>>): ApiError {
  return new ApiError(400, { message, category: "VALIDATION_ERROR", ...(context === undefined ? {} : { context }) });
}

/** 404 of a record that is not there: the plain form carries no category. */
export function recordNotFound(id: string): ApiError {
  if (!/^-?\d+$/.test(id)) {
    return new ApiError(404, {
      message: "Object not found. objectId is usually numeric.",
      category: "OBJECT_NOT_FOUND",
      context: { objectId: [id] },
    });
  }
  if (Number(id) <= 0) {
    return new ApiError(404, {
      message: "Object not found. objectId is usually positive.",
      category: "OBJECT_NOT_FOUND",
      context: { objectId: [id] },
    });
  }
  return new ApiError(404, { message: "resource not found" });
}

/** 409 of a contact whose e-mail address is taken; some batches do not name the other record. */
export function contactConflict(existingId: string | null): ApiError {
  const message = existingId === null ? "Contact already exists" : `Contact already exists. Existing ID: ${existingId}`;
  return new ApiError(409, { message, category: "CONFLICT" });
}

/** 400 of a key that is not unique: only e-mail (contacts) and hasUniqueValue properties are keys. */
export function nonUniqueKey(objectTypeId: string, property: string): ApiError {
  return validationError(`Unable to perform update/upsert by non-unique ${objectTypeId} property ${property}`);
}
