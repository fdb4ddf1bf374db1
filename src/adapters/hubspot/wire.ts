import * as z from "zod/mini";
import { badAnswer } from "../rest/rest-client";

/** Shapes of HubSpot's answers: only what the adapter uses; everything else is dropped, nothing else is required. */

const recordWire = z.object({
  id: z.union([z.string(), z.number()]),
  properties: z.record(z.string(), z.unknown()),
  updatedAt: z.optional(z.nullable(z.string())),
  archived: z.optional(z.boolean()),
  objectWriteTraceId: z.optional(z.nullable(z.string())),
});

const pagingWire = z.optional(
  z.nullable(z.object({ next: z.optional(z.nullable(z.object({ after: z.coerce.string() }))) })),
);

const detailWire = z.object({
  message: z.optional(z.string()),
  code: z.optional(z.nullable(z.string())),
  context: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});

/** Body of a refusal, and one entry of the `errors` of a batch. Every member may be missing. */
export const errorWire = z.object({
  message: z.optional(z.string()),
  category: z.optional(z.nullable(z.string())),
  subCategory: z.optional(z.unknown()),
  policyName: z.optional(z.nullable(z.string())),
  context: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  errors: z.optional(z.nullable(z.array(detailWire))),
});

export const pageWire = z.object({ results: z.array(recordWire), paging: pagingWire });

export const searchWire = z.object({ total: z.coerce.number(), results: z.array(recordWire), paging: pagingWire });

export const batchWire = z.object({
  results: z.array(recordWire),
  errors: z.optional(z.nullable(z.array(errorWire))),
});

export const singleWire = recordWire;

const optionWire = z.object({
  label: z.optional(z.nullable(z.string())),
  value: z.string(),
  hidden: z.optional(z.nullable(z.boolean())),
});

const propertyWire = z.object({
  name: z.string(),
  label: z.optional(z.nullable(z.string())),
  type: z.string(),
  fieldType: z.optional(z.nullable(z.string())),
  description: z.optional(z.nullable(z.string())),
  groupName: z.optional(z.nullable(z.string())),
  options: z.optional(z.nullable(z.array(optionWire))),
  calculated: z.optional(z.nullable(z.boolean())),
  externalOptions: z.optional(z.nullable(z.boolean())),
  hasUniqueValue: z.optional(z.nullable(z.boolean())),
  hidden: z.optional(z.nullable(z.boolean())),
  hubspotDefined: z.optional(z.nullable(z.boolean())),
  showCurrencySymbol: z.optional(z.nullable(z.boolean())),
  referencedObjectType: z.optional(z.nullable(z.string())),
  modificationMetadata: z.optional(z.nullable(z.object({ readOnlyValue: z.optional(z.nullable(z.boolean())) }))),
});

export const propertiesWire = z.object({ results: z.array(propertyWire) });

export const accountWire = z.object({
  portalId: z.union([z.string(), z.number()]),
  accountType: z.optional(z.nullable(z.string())),
  timeZone: z.optional(z.nullable(z.string())),
  companyCurrency: z.optional(z.nullable(z.string())),
  uiDomain: z.optional(z.nullable(z.string())),
  dataHostingLocation: z.optional(z.nullable(z.string())),
});

export type RecordWire = z.infer<typeof recordWire>;
export type ErrorWire = z.infer<typeof errorWire>;
export type BatchWire = z.infer<typeof batchWire>;
export type PropertyWire = z.infer<typeof propertyWire>;
export type AccountWire = z.infer<typeof accountWire>;

/** The value in that shape; throws `SyncError` retryable `bad-answer` when it has another. */
export function parseWire<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw badAnswer();
  return parsed.data;
}

/** The body of a refusal; an empty one where there is no JSON. */
export function parseError(json: unknown): ErrorWire {
  const parsed = errorWire.safeParse(json);
  return parsed.success ? parsed.data : {};
}

/** Texts of one entry of an error's context: HubSpot gives lists, now and then a single text. */
export function contextTexts(context: ErrorWire["context"], name: string): readonly string[] {
  const held = context?.[name];
  const list = Array.isArray(held) ? held : held === undefined || held === null ? [] : [held];
  return list.map(String);
}
