import type { JsonObject } from "../json";
import { type EnumValue, enumByName } from "./enum-value";
import { createRecorder, lastCall, Recorded, type RecordedCall } from "./recorder";
import { defineReviver, revive } from "./service-object";

/** `whenX` of the builder -> criteria name of BooleanCriteria. */
const CRITERIA: Readonly<Record<string, string>> = {
  whenCellEmpty: "CELL_EMPTY",
  whenCellNotEmpty: "CELL_NOT_EMPTY",
  whenDateAfter: "DATE_AFTER",
  whenDateBefore: "DATE_BEFORE",
  whenDateEqualTo: "DATE_EQUAL_TO",
  whenFormulaSatisfied: "CUSTOM_FORMULA",
  whenNumberBetween: "NUMBER_BETWEEN",
  whenNumberEqualTo: "NUMBER_EQUAL_TO",
  whenNumberGreaterThan: "NUMBER_GREATER_THAN",
  whenNumberGreaterThanOrEqualTo: "NUMBER_GREATER_THAN_OR_EQUAL_TO",
  whenNumberLessThan: "NUMBER_LESS_THAN",
  whenNumberLessThanOrEqualTo: "NUMBER_LESS_THAN_OR_EQUAL_TO",
  whenNumberNotBetween: "NUMBER_NOT_BETWEEN",
  whenNumberNotEqualTo: "NUMBER_NOT_EQUAL_TO",
  whenTextContains: "TEXT_CONTAINS",
  whenTextDoesNotContain: "TEXT_DOES_NOT_CONTAIN",
  whenTextEndsWith: "TEXT_ENDS_WITH",
  whenTextEqualTo: "TEXT_EQUAL_TO",
  whenTextStartsWith: "TEXT_STARTS_WITH",
};

const SETTERS: ReadonlySet<string> = new Set([
  ...Object.keys(CRITERIA),
  "setRanges",
  "setBackground",
  "setFontColor",
  "setBold",
  "setItalic",
  "setStrikethrough",
  "setUnderline",
]);

class BooleanCondition {
  constructor(
    private readonly criteria: RecordedCall,
    private readonly style: (name: string) => unknown,
  ) {}

  getCriteriaType(): EnumValue {
    return enumByName("BooleanCriteria", CRITERIA[this.criteria.name] ?? "");
  }

  getCriteriaValues(): readonly unknown[] {
    return this.criteria.args;
  }

  getBackground(): unknown {
    return this.style("setBackground");
  }

  getFontColor(): unknown {
    return this.style("setFontColor");
  }

  getBold(): unknown {
    return this.style("setBold");
  }
}

class ConditionalFormatRule extends Recorded {
  protected readonly wireType = "ConditionalFormatRule";

  getRanges(): readonly unknown[] {
    return (this.last("setRanges")?.[0] as readonly unknown[] | undefined) ?? [];
  }

  getBooleanCondition(): BooleanCondition | null {
    const criteria = lastCall(this.calls, (call) => call.name in CRITERIA);
    return criteria === undefined ? null : new BooleanCondition(criteria, (name) => this.last(name)?.[0] ?? null);
  }

  getGradientCondition(): null {
    return null;
  }

  copy(): object {
    return newConditionalFormatRule(this.calls);
  }
}

/** `SpreadsheetApp.newConditionalFormatRule()`; colour scales are not emulated. */
export function newConditionalFormatRule(start: readonly RecordedCall[] = []): object {
  return createRecorder({
    type: "ConditionalFormatRuleBuilder",
    setters: SETTERS,
    start,
    finishers: { build: (calls) => new ConditionalFormatRule([...calls]) },
  });
}

/** Lets rules that the host sends back become rule objects. */
export function installConditionalFormat(): void {
  defineReviver(
    "ConditionalFormatRule",
    (wire: JsonObject) => new ConditionalFormatRule(revive(wire.calls ?? []) as RecordedCall[]),
  );
}
