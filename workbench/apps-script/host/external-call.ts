import { ERROR_TEXTS, ServiceError } from "../error-texts";
import type { Fault } from "../host-api";
import { KillSignal } from "./execution";
import type { ServiceCall } from "./service-method";

/** What a fault does to one external call; null: nothing. */
export type FaultOf<T> = (fault: Fault, perform: () => Promise<T> | T) => Promise<T> | T;

/**
 * Performs one external call: gives it the next number of its execution, and carries out what the run was told
 * to do at that number (kill before or after, fault). External calls are each UrlFetch request, spreadsheet write,
 * flush, property write, trigger and mail call, and each lock call.
 */
export async function performExternal<T>(
  call: ServiceCall,
  perform: () => Promise<T> | T,
  onFault: FaultOf<T> = defaultFault,
): Promise<T> {
  const { execution } = call;
  const number = ++execution.externalCalls;
  const { killAt, faults, beforeCall } = execution.start.options;
  await beforeCall?.({ number, method: call.op });
  if (killAt?.call === number && killAt.when === "before") {
    throw new KillSignal("killed");
  }
  const fault = faults?.[number];
  const result = fault === undefined ? await perform() : await onFault(fault, perform);
  if (killAt?.call === number && killAt.when === "after") {
    throw new KillSignal("killed");
  }
  return result;
}

/** Faults of services other than UrlFetchApp: the call fails, after its effect only for a timeout that says so. */
async function defaultFault<T>(fault: Fault, perform: () => Promise<T> | T): Promise<T> {
  switch (fault.kind) {
    case "service-error":
      throw new ServiceError(fault.message);
    case "timeout":
      if (fault.effectApplied) {
        await perform();
      }
      throw new ServiceError("Service timed out");
    case "http-status":
      throw new ServiceError(ERROR_TEXTS.tooManyTimesInAShortTime("spreadsheets"));
  }
}
