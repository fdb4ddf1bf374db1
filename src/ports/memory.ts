/** Small settings of the user over all files (user properties): schedule index, heartbeat. Values up to 8 kB. */
export interface Memory {
  read(key: string): string | null;
  save(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): readonly string[];
}
