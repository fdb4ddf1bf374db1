import { type EchoState, NO_ECHOES } from "../domain/echo";
import type { Store } from "../ports/store";
import { loadUndamaged } from "./load-undamaged";
import { readVersion } from "./read-version";

const keyOf = (mappingId: string): string => `echoes/${mappingId}`;

/** What rule F12 remembers of a mapping; nothing after damage: it only takes longer until a fight is seen. */
export function loadEchoes(store: Store, mappingId: string): EchoState {
  return readVersion<EchoState>(loadUndamaged(store, keyOf(mappingId))) ?? NO_ECHOES;
}

/** Keeps it from the moment in which intent n is committed. */
export function saveEchoes(store: Store, mappingId: string, state: EchoState, n: number): void {
  store.save(keyOf(mappingId), state, n);
}

/** Forgets it with the mapping. */
export function removeEchoes(store: Store, mappingId: string): void {
  store.remove(keyOf(mappingId));
}
