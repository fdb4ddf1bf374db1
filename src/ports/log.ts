/** For developers. Never tokens, never record contents. */
export interface Log {
  info(message: string): void;
  error(message: string): void;
}
