/** Deterministic random numbers: the same seed gives the same sandbox on every machine. */
export interface Random {
  /** Next number in [0, 1). */
  next(): number;
  /** Integer in [0, limit). */
  int(limit: number): number;
  /** One of the items. Throws RangeError for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** True with the given probability (0..1). */
  chance(probability: number): boolean;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Internal state, to save and to go on from. */
  state(): number;
}

/** Creates a generator (mulberry32: 32 bits of state, enough for test data, useless for secrets). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  const random: Random = {
    next,
    int,
    pick: (items) => {
      const item = items[int(items.length)];
      if (item === undefined) throw new RangeError("cannot pick from an empty list");
      return item;
    },
    chance: (probability) => next() < probability,
    shuffle: (items) => {
      const copy = [...items];
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = int(at + 1);
        const [a, b] = [copy[at], copy[other]];
        if (a === undefined || b === undefined) continue;
        copy[at] = b;
        copy[other] = a;
      }
      return copy;
    },
    hex: (length) => Array.from({ length }, () => int(16).toString(16)).join(""),
    state: () => state,
  };
  return random;
}

/** A UUID-shaped string, as vendors use for correlation ids. */
export function toUuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.hex(length)).join("-");
}
