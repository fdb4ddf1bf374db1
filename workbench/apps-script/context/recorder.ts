import { type Json, TYPE_TAG } from "../json";
import { serviceError } from "./bridge";
import { type Encodable, encode } from "./service-object";

/** One recorded builder call. */
export interface RecordedCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface RecorderOptions {
  readonly type: string;
  /** Setter names that are recorded and give the builder back. */
  readonly setters: ReadonlySet<string>;
  /** Calls that end the chain: they see what was recorded so far. */
  readonly finishers: Readonly<Record<string, (calls: readonly RecordedCall[], args: readonly unknown[]) => unknown>>;
  readonly start?: readonly RecordedCall[];
}

/** A fluent builder that records its calls until a finisher turns them into something. */
export function createRecorder(options: RecorderOptions): object {
  const calls: RecordedCall[] = [...(options.start ?? [])];
  const proxy: object = new Proxy(
    {},
    {
      get(_target, property) {
        if (typeof property === "symbol" || property === "then" || property === "toJSON" || property === "toWire") {
          return undefined;
        }
        const finish = options.finishers[property];
        if (finish !== undefined) {
          return (...args: readonly unknown[]) => finish(calls, args);
        }
        if (!options.setters.has(property)) {
          return () => {
            throw serviceError("Error", `not emulated: ${options.type}.${property}`);
          };
        }
        return (...args: readonly unknown[]) => {
          calls.push({ name: property, args });
          return proxy;
        };
      },
    },
  );
  return proxy;
}

/** Recorded calls in wire form. */
export const encodeCalls = (calls: readonly RecordedCall[]): Json =>
  calls.map((call) => ({ name: call.name, args: call.args.map(encode) }));

/** The last recorded call that the test accepts. */
export function lastCall(
  calls: readonly RecordedCall[],
  accepts: (call: RecordedCall) => boolean,
): RecordedCall | undefined {
  const accepted = calls.filter(accepts);
  return accepted[accepted.length - 1];
}

/** A finished, immutable object that is known by its recorded calls. */
export abstract class Recorded implements Encodable {
  protected abstract readonly wireType: string;

  constructor(protected readonly calls: readonly RecordedCall[]) {}

  /** Arguments of the last call of that name, or undefined. */
  protected last(name: string): readonly unknown[] | undefined {
    return lastCall(this.calls, (call) => call.name === name)?.args;
  }

  toWire(): Json {
    return { [TYPE_TAG]: this.wireType, calls: encodeCalls(this.calls) };
  }

  toString(): string {
    return this.wireType;
  }
}
