/**
 * Everything about HubSpot that this sandbox guesses. No source shows these; a person with a developer test account can
 * settle each of them, and docs/fidelity-hubspot.md lists them.
 */
export const assumed = {
  /** Text of the 400 when a search would pass 10,000 results. */
  searchDepthMessage: "Search results are limited to 10000: after plus limit must not be greater than 10000.",
  searchBodyMessage: (characters: number) =>
    `The request body must be at most 3000 characters long, but has ${characters}.`,
  searchLimitMessage: (limit: string) => `Invalid limit: ${limit}. The limit must be between 1 and 200.`,
  searchAfterMessage: (after: string) => `Invalid after: ${after}. The value must be an integer.`,
  searchGroupsMessage: "A maximum of 5 filterGroups is allowed.",
  searchFiltersMessage: "A maximum of 6 filters per filterGroup and 18 filters in total is allowed.",
  searchSortsMessage: "Only one sort is allowed.",
  searchOperatorMessage: (operator: string) => `Invalid operator: ${operator}.`,
  listLimitMessage: (limit: string) => `Invalid limit: ${limit}. The limit must be between 1 and 100.`,
  listCursorMessage: "The paging cursor (after) is not valid.",
  batchSizeMessage: (limit: number) => `The batch may have at most ${limit} inputs.`,
  /** Text and code of a value that a hasUniqueValue property of another record holds already. */
  uniqueValueMessage: (property: string, value: string) =>
    `Cannot set PropertyValueCoordinates{propertyName=${property}, value=${value}}: the value is taken by another record.`,
  uniqueValueCode: "CONFLICTING_UNIQUE_VALUE",
  /**
   * Whether numbers, choices and dates with outer blanks are refused, as HubSpot announced for April 2025 (developer
   * changelog, with code and text); else they are trimmed, as before.
   */
  refusesOuterBlanks: true as boolean,
  /** Characters that count as blanks at the ends of such a value: which invisible ones is not said. */
  outerBlanks: /^[\s\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF]+|[\s\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFEFF]+$/g,
  tooLongCode: "INVALID_STRING_LENGTH",
  tooLongMessage: (property: string) => `${property} is longer than 65536 characters`,
  notADateMessage: (value: string) => `${value} is not a valid date`,
  notADatetimeMessage: (value: string) => `${value} is not a valid date and time`,
  unknownOwnerMessage: (value: string) => `${value} was not one of the allowed options: []`,
  missingIdentityMessage: (names: readonly string[]) => `At least one of ${names.join(", ")} is required.`,
  requiredPropertyCode: "REQUIRED_FIELD_MISSING",
  requiredPropertyMessage: (property: string) => `${property} is required`,
  jsonMessage: (detail: string) => `Invalid input JSON on line 1, column 1: ${detail}`,
  propertyMissingMessage: (name: string) => `Property with the name '${name}' does not exist.`,
  groupMissingMessage: (name: string) => `Property group with the name '${name}' does not exist.`,
  propertyLimitMessage: (limit: number) => `The limit of ${limit} custom properties has been reached.`,
  uniquePropertyLimitMessage: "The limit of 10 unique properties for this object has been reached.",
  propertyFlagMessage: (name: string) => `The property '${name}' is defined by HubSpot and cannot be changed.`,
  revokedTokenMessage: "The token used to make this call was revoked or deactivated.",
  associationPairMessage: (from: string, to: string) => `${from} cannot be associated with ${to}.`,
  associationTypesMessage: "At least one association type is required.",
  mergeSelfMessage: "A record cannot be merged with itself.",
  tooManyMergesMessage: "Cannot have more than 250 identities on a profile",
  /** Custom properties of a free portal, all objects together (reported by one source only). */
  freeCustomProperties: 10,
} as const;
