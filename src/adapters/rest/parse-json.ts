/** JSON of an answer, or the fact that it is none (HTML page, truncated text). An empty body is null. */
export type ParsedBody = { readonly kind: "json"; readonly json: unknown } | { readonly kind: "not-json" };

/** Parses an answer's body without throwing. */
export function parseJson(body: string): ParsedBody {
  if (body.trim() === "") return { kind: "json", json: null };
  try {
    return { kind: "json", json: JSON.parse(body) as unknown };
  } catch {
    return { kind: "not-json" };
  }
}
