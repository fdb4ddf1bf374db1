import { callService, createNamespace } from "./bridge";
import { enumObject } from "./enum-value";
import { createRecorder, encodeCalls, type RecordedCall } from "./recorder";

const CLOCK_SETTERS: ReadonlySet<string> = new Set([
  "after",
  "at",
  "atDate",
  "atHour",
  "nearMinute",
  "everyMinutes",
  "everyHours",
  "everyDays",
  "everyWeeks",
  "onWeekDay",
  "onMonthDay",
  "inTimezone",
]);

const SPREADSHEET_SETTERS: ReadonlySet<string> = new Set(["onOpen", "onEdit", "onChange", "onFormSubmit"]);

function triggerBuilder(functionName: string): object {
  const clock = (): object =>
    createRecorder({
      type: "ClockTriggerBuilder",
      setters: CLOCK_SETTERS,
      finishers: { create: (calls) => callService("ClockTriggerBuilder.create", functionName, plain(calls)) },
    });
  const spreadsheet = (_calls: readonly RecordedCall[], [key]: readonly unknown[]): object =>
    createRecorder({
      type: "SpreadsheetTriggerBuilder",
      setters: SPREADSHEET_SETTERS,
      finishers: {
        create: (calls) => callService("SpreadsheetTriggerBuilder.create", functionName, plain(calls), key),
      },
    });
  return createRecorder({
    type: "TriggerBuilder",
    setters: new Set(),
    finishers: { timeBased: clock, forSpreadsheet: spreadsheet },
  });
}

/** Builder calls as plain data with wire-ready arguments. */
const plain = (calls: readonly RecordedCall[]): { toWire(): ReturnType<typeof encodeCalls> } => ({
  toWire: () => encodeCalls(calls),
});

const STATE_SETTERS: ReadonlySet<string> = new Set(["withMethod", "withArgument", "withTimeout"]);

function stateTokenBuilder(): object {
  return createRecorder({
    type: "StateTokenBuilder",
    setters: STATE_SETTERS,
    finishers: { createToken: (calls) => callService("StateTokenBuilder.createToken", plain(calls)) },
  });
}

/** The global `ScriptApp`. */
export function createScriptApp(): object {
  return createNamespace("ScriptApp", {
    AuthMode: enumObject("AuthMode"),
    AuthorizationStatus: enumObject("AuthorizationStatus"),
    EventType: enumObject("EventType"),
    InstallationSource: enumObject("InstallationSource"),
    TriggerSource: enumObject("TriggerSource"),
    WeekDay: enumObject("WeekDay"),
    newTrigger: triggerBuilder,
    newStateToken: stateTokenBuilder,
  });
}
