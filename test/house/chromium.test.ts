import { findChromium } from "../support/chromium";

describe("the search for Chromium", () => {
  const before = process.env.CHROMIUM_PATH;
  afterEach(() => {
    if (before === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = before;
  });

  it("takes the file that CHROMIUM_PATH names", () => {
    process.env.CHROMIUM_PATH = __filename;
    expect(findChromium()).toEqual({ kind: "found", path: __filename });
  });

  it("fails when CHROMIUM_PATH names no file, so that a slip of the pen is not a skipped test", () => {
    process.env.CHROMIUM_PATH = "/no/such/browser";
    expect(() => findChromium()).toThrow("CHROMIUM_PATH names no file: /no/such/browser");
  });
});
