import type { Context } from "hono";
import type { z } from "zod";

/** A call that asks for something wrong; its message is for the caller. */
export class BadRequest extends Error {}

/**
 * Reads a JSON body of a shape; an empty body counts as `{}`.
 *
 * @throws BadRequest for text that is not JSON; ZodError for another shape
 */
export async function readBody<Shape extends z.ZodType>(context: Context, shape: Shape): Promise<z.output<Shape>> {
  const text = await context.req.text();
  return shape.parse(toJson(text === "" ? "{}" : text));
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest("The body is not JSON.");
  }
}
