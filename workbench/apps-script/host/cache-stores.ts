import { CACHE_ITEMS_AFTER_EVICTION, MAX_CACHE_ITEMS } from "../limits";

interface Item {
  readonly value: string;
  readonly expiresMs: number;
}

/** Caches by key ("script", "user:e-mail", "document:file id"); items expire on the emulated clock. */
export class CacheStores {
  private readonly caches = new Map<string, Map<string, Item>>();
  private puts = 0;

  constructor(private readonly earlyEviction: boolean) {}

  get(cacheKey: string, key: string, nowMs: number): string | null {
    const item = this.caches.get(cacheKey)?.get(key);
    return item === undefined || item.expiresMs <= nowMs ? null : item.value;
  }

  put(cacheKey: string, key: string, value: string, expiresMs: number): void {
    const cache = this.caches.get(cacheKey) ?? new Map<string, Item>();
    this.caches.set(cacheKey, cache);
    this.puts++;
    if (this.earlyEviction && this.puts % 2 === 0) {
      cache.delete(key);
      return;
    }
    cache.set(key, { value, expiresMs });
    if (cache.size > MAX_CACHE_ITEMS) {
      const farthest = [...cache].sort(([, one], [, other]) => other.expiresMs - one.expiresMs);
      this.caches.set(cacheKey, new Map(farthest.slice(0, CACHE_ITEMS_AFTER_EVICTION)));
    }
  }

  remove(cacheKey: string, key: string): void {
    this.caches.get(cacheKey)?.delete(key);
  }
}
