import fc from "fast-check";
import { canonicalDecimal, numberToDecimal, shiftDecimal } from "../../src/domain/decimal";

describe("exact decimals", () => {
  it.each<[text: string, scale: number | null, decimal: string | null]>([
    ["0", null, "0"],
    ["-0", null, "0"],
    ["-0.00", 2, "0"],
    ["+7", null, "7"],
    ["007.50", null, "7.5"],
    ["1.", null, "1"],
    [".5", null, "0.5"],
    [" 12 ", null, "12"],
    ["12345678901234567890", null, "12345678901234567890"],
    ["0.12345678901234567890", null, "0.1234567890123456789"],
    ["1.005", 2, "1.01"],
    ["-1.005", 2, "-1.01"],
    ["1.0049999999999999999", 2, "1"],
    ["9.995", 2, "10"],
    ["99.5", 0, "100"],
    ["-0.4", 0, "0"],
    ["0.5", 0, "1"],
    ["1234.5", 2, "1234.5"],
    ["1e3", null, "1000"],
    ["1.25E+2", null, "125"],
    ["-2.5e-3", null, "-0.0025"],
    ["12.5e1", null, "125"],
    ["120e-1", null, "12"],
    ["1e40", null, `1${"0".repeat(40)}`],
    ["1e41", null, null],
    ["1e-41", null, null],
    ["", null, null],
    [".", null, null],
    ["-", null, null],
    ["1,000", null, null],
    ["1 000", null, null],
    ["0x10", null, null],
    ["NaN", null, null],
    ["Infinity", null, null],
    ["1e", null, null],
    ["x1e3", null, null],
    ["1e3x", null, null],
    ["1e3.5", null, null],
    ["x1.5", null, null],
    ["1.5x", null, null],
    ["1.5.2", null, null],
    ["١٢", null, null],
    ["--1", null, null],
  ])("reads %j at scale %j as %j", (text, scale, decimal) => {
    expect(canonicalDecimal(text, scale)).toBe(decimal);
  });

  it("is idempotent at every scale", () => {
    const text = fc.oneof(fc.string(), fc.double().map(String), fc.stringMatching(/^[+-]?\d{0,25}(\.\d{0,25})?$/));
    fc.assert(
      fc.property(text, fc.option(fc.nat(10)), (given, scale) => {
        const once = canonicalDecimal(given, scale);
        if (once !== null) expect(canonicalDecimal(once, scale)).toBe(once);
      }),
    );
  });

  it("says the same of every number that a double holds exactly in 15 digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), fc.nat(6), (whole, places) => {
        const number = whole / 10 ** places;
        const decimal = numberToDecimal(number);
        expect(decimal).not.toBeNull();
        expect(Number(decimal)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it("knows no decimal for what is no finite number", () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(numberToDecimal)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("writes small and large cell numbers without an exponent", () => {
    expect(numberToDecimal(1e-7)).toBe("0.0000001");
    expect(numberToDecimal(1.5e21)).toBe("1500000000000000000000");
    expect(numberToDecimal(-0)).toBe("0");
  });

  it("leaves the noise of binary fractions out", () => {
    expect(numberToDecimal(0.1 + 0.2)).toBe("0.3");
    expect(numberToDecimal(1_234_567.891)).toBe("1234567.891");
    expect(numberToDecimal(9_007_199_254_740_991)).toBe("9007199254740991");
  });

  it.each<[decimal: string, places: number, shifted: string]>([
    ["0.125", 2, "12.5"],
    ["12.5", -2, "0.125"],
    ["-0.5", 2, "-50"],
    ["+5", 1, "50"],
    ["7", 0, "7"],
    ["1234", -2, "12.34"],
    ["12", -5, "0.00012"],
    [".5", 3, "500"],
    ["0", 2, "0"],
    ["abc", 2, "abc"],
  ])("moves the point of %s by %i places", (decimal, places, shifted) => {
    expect(shiftDecimal(decimal, places)).toBe(shifted);
  });
});
