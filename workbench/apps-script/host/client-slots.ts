import { MAX_CLIENT_CALLS } from "../limits";

/** The browser's rule for google.script.run: ten calls at once, the next ones wait in order. */
export class ClientSlots {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  async hold<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.taken >= MAX_CLIENT_CALLS) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.taken++;
    }
    try {
      return await act();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) {
        this.taken--;
      } else {
        next();
      }
    }
  }
}
