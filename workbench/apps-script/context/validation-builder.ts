import type { JsonObject } from "../json";
import { type EnumValue, enumByName } from "./enum-value";
import { createRecorder, lastCall, Recorded, type RecordedCall } from "./recorder";
import { defineReviver, revive } from "./service-object";

/** `requireX` of the builder -> criteria name of DataValidationCriteria. */
const CRITERIA: Readonly<Record<string, string>> = {
  requireCheckbox: "CHECKBOX",
  requireDate: "DATE_IS_VALID_DATE",
  requireDateAfter: "DATE_AFTER",
  requireDateBefore: "DATE_BEFORE",
  requireDateBetween: "DATE_BETWEEN",
  requireDateEqualTo: "DATE_EQUAL_TO",
  requireDateOnOrAfter: "DATE_ON_OR_AFTER",
  requireDateOnOrBefore: "DATE_ON_OR_BEFORE",
  requireFormulaSatisfied: "CUSTOM_FORMULA",
  requireNumberBetween: "NUMBER_BETWEEN",
  requireNumberEqualTo: "NUMBER_EQUAL_TO",
  requireNumberGreaterThan: "NUMBER_GREATER_THAN",
  requireNumberGreaterThanOrEqualTo: "NUMBER_GREATER_THAN_OR_EQUAL_TO",
  requireNumberLessThan: "NUMBER_LESS_THAN",
  requireNumberLessThanOrEqualTo: "NUMBER_LESS_THAN_OR_EQUAL_TO",
  requireNumberNotBetween: "NUMBER_NOT_BETWEEN",
  requireNumberNotEqualTo: "NUMBER_NOT_EQUAL_TO",
  requireTextContains: "TEXT_CONTAINS",
  requireTextDoesNotContain: "TEXT_DOES_NOT_CONTAIN",
  requireTextEqualTo: "TEXT_EQUAL_TO",
  requireTextIsEmail: "TEXT_IS_VALID_EMAIL",
  requireTextIsUrl: "TEXT_IS_VALID_URL",
  requireValueInList: "VALUE_IN_LIST",
  requireValueInRange: "VALUE_IN_RANGE",
};

const SETTERS: ReadonlySet<string> = new Set([...Object.keys(CRITERIA), "setAllowInvalid", "setHelpText"]);

class DataValidation extends Recorded {
  protected readonly wireType = "DataValidation";

  getAllowInvalid(): boolean {
    return this.last("setAllowInvalid")?.[0] !== false;
  }

  getHelpText(): string | null {
    return (this.last("setHelpText")?.[0] as string | undefined) ?? null;
  }

  getCriteriaType(): EnumValue | null {
    const call = this.criteria();
    return call === undefined ? null : enumByName("DataValidationCriteria", CRITERIA[call.name] ?? "");
  }

  getCriteriaValues(): readonly unknown[] {
    return this.criteria()?.args ?? [];
  }

  copy(): object {
    return newDataValidation(this.calls);
  }

  private criteria(): RecordedCall | undefined {
    return lastCall(this.calls, (call) => call.name in CRITERIA);
  }
}

/** `SpreadsheetApp.newDataValidation()`. */
export function newDataValidation(start: readonly RecordedCall[] = []): object {
  return createRecorder({
    type: "DataValidationBuilder",
    setters: SETTERS,
    start,
    finishers: { build: (calls) => new DataValidation([...calls]) },
  });
}

/** Lets rules that the host sends back become validation objects. */
export function installDataValidation(): void {
  defineReviver("DataValidation", (wire: JsonObject) => new DataValidation(revive(wire.calls ?? []) as RecordedCall[]));
}
