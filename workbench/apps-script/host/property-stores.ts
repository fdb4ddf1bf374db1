import type { Json } from "../json";

type Store = Map<string, string>;

/** Property stores by key: "script", "user:e-mail", "document:file id". */
export class PropertyStores {
  private readonly stores = new Map<string, Store>();

  store(key: string): Store {
    const known = this.stores.get(key);
    if (known !== undefined) {
      return known;
    }
    const created: Store = new Map();
    this.stores.set(key, created);
    return created;
  }

  clear(): void {
    this.stores.clear();
  }

  save(): Json {
    return Object.fromEntries([...this.stores].map(([key, store]) => [key, Object.fromEntries(store)]));
  }

  load(saved: Json): void {
    for (const [key, values] of Object.entries(saved as Record<string, Record<string, string>>)) {
      this.stores.set(key, new Map(Object.entries(values)));
    }
  }
}
