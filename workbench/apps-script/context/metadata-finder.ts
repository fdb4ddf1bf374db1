import type { JsonObject } from "../json";
import { callWire } from "./bridge";
import { createRecorder, encodeCalls } from "./recorder";
import { defineReviver } from "./service-object";

const SETTERS: ReadonlySet<string> = new Set([
  "onIntersectingLocations",
  "withId",
  "withKey",
  "withLocationType",
  "withValue",
  "withVisibility",
]);

/** Finders change in place: a condition counts whether or not the calls are chained. */
export function installMetadataFinder(): void {
  defineReviver("DeveloperMetadataFinder", (wire: JsonObject) =>
    createRecorder({
      type: "DeveloperMetadataFinder",
      setters: SETTERS,
      finishers: { find: (calls) => callWire("DeveloperMetadataFinder.find", [wire, encodeCalls(calls)]) },
    }),
  );
}
