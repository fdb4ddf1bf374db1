import type { StoredValue } from "../host-api";
import { isJsonObject, type Json } from "../json";

interface RuleCall {
  readonly name: string;
  readonly args: readonly Json[];
}

const callsOf = (rule: Json): readonly RuleCall[] =>
  isJsonObject(rule) && Array.isArray(rule.calls) ? (rule.calls as unknown as readonly RuleCall[]) : [];

/**
 * Whether a written value passes a rule that rejects input. Emulated: lists and check boxes;
 * other criteria accept everything.
 */
export function isValid(rule: Json, value: StoredValue): boolean {
  const calls = callsOf(rule);
  const rejects = calls.some((call) => call.name === "setAllowInvalid" && call.args[0] === false);
  if (!rejects || value === null || value === "") {
    return true;
  }
  return calls.every((call) => {
    if (call.name === "requireValueInList") {
      const allowed = Array.isArray(call.args[0]) ? (call.args[0] as readonly Json[]) : [];
      return allowed.some((item) => String(item) === String(value));
    }
    return call.name !== "requireCheckbox" || typeof value === "boolean";
  });
}
