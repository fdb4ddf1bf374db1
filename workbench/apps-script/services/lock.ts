import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { type MethodTable, outside, plain, type ServiceCall, type ServiceMethod } from "../host/service-method";
import { TYPE_TAG } from "../json";
import { type StoreKind, storeKeyOf } from "./properties";

const open = (kind: StoreKind): ServiceMethod =>
  plain((call) => {
    const key = storeKeyOf(call, kind);
    return key === null ? null : { [TYPE_TAG]: "Lock", key };
  });

const acquire = (call: ServiceCall): Promise<boolean> =>
  call.state.locks.acquire(String(call.self.key), call.execution, call.args.number(0));

/** LockService: script, user and document locks, held until released or until the execution ends. */
export const lockMethods: MethodTable = {
  "LockService.getScriptLock": open("script"),
  "LockService.getUserLock": open("user"),
  "LockService.getDocumentLock": open("document"),
  "Lock.tryLock": outside(acquire),
  "Lock.waitLock": outside(async (call) => {
    if (!(await acquire(call))) {
      throw new ServiceError(ERROR_TEXTS.lockTimeout);
    }
    return null;
  }),
  "Lock.hasLock": plain((call) => call.state.locks.isHeldBy(String(call.self.key), call.execution)),
  "Lock.releaseLock": outside((call) => {
    call.state.locks.release(String(call.self.key), call.execution);
    return null;
  }),
};
